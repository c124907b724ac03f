#include "ui/widgets/finetune_panel.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "schema/render.h"
#include "spec/reading.h"
#include "ui/background.h"
#include "ui/forms/data_preview.h"
#include "ui/message_text.h"
#include "ui/metric_text.h"
#include "ui/models/compare_models.h"
#include "ui/page.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/unit_text.h"
#include "workspace/run_name.h"

namespace gw::ui {

namespace {

QTreeWidget* layerTree() {
    auto* tree = new QTreeWidget;
    tree->setColumnCount(2);
    tree->setHeaderLabels({FinetunePanel::tr("Layer (what is ticked is trained)"), FinetunePanel::tr("Parameters")});
    tree->setAccessibleName(FinetunePanel::tr("Layers to train"));
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setStretchLastSection(false);
    tree->headerItem()->setTextAlignment(1, Qt::AlignRight);
    constexpr int height = 190;
    tree->setFixedHeight(height);
    return tree;
}

QTableWidget* planTable() {
    auto* table = new QTableWidget(0, 3);
    table->setHorizontalHeaderLabels(
        {FinetunePanel::tr("Setting"), FinetunePanel::tr("Parent"), FinetunePanel::tr("This run")});
    table->setAccessibleName(FinetunePanel::tr("Differences to the parent"));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    constexpr int height = 240;
    table->setMinimumHeight(height);
    return table;
}

/// As start.frozen takes it.
std::string nameOf(const QTreeWidgetItem* layer) {
    return ss(layer->data(0, Qt::UserRole).toString());
}

QString shown(const Json& value) {
    return value.is_null() ? QString() : qs(schema::value_text(value));
}

}  // namespace

FinetunePanel::FinetunePanel(Workbench& workbench, QWidget* parent) : QScrollArea(parent), workbench_(workbench) {
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 8, 8, 8);
    card_ = label({});
    card_->setWordWrap(true);
    card_->setTextFormat(Qt::RichText);
    card_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(card_);
    verdict_ = label({});
    verdict_->setWordWrap(true);
    verdict_->setTextFormat(Qt::RichText);
    verdict_->hide();
    column->addWidget(verdict_);
    hint_ = label({}, "muted");
    hint_->setWordWrap(true);
    column->addWidget(hint_);
    problem_ = label({}, "problem");
    problem_->setWordWrap(true);
    column->addWidget(problem_);
    data_ = new SectionForm(*find_family("dataset"));
    data_->setSection(files_like(Json::object(), /*labelled=*/true));
    column->addWidget(data_);
    column->addWidget(preview_ = new DataPreview);
    start_ = new SectionForm(*find_family("start"));
    column->addWidget(start_);
    layers_ = layerTree();
    column->addWidget(layers_);
    column->addWidget(label(tr("Training"), "section"));
    for (const char* path : {"optimizer.lr", "training.budget", "training.budget_unit", "training.micro_batch"})
        addSetting(path, *column);
    column->addWidget(label(tr("Differences to the parent"), "section"));
    plan_ = planTable();
    column->addWidget(plan_);
    column->addStretch(1);
    setWidget(inner);

    auto button = [&](const QString& text, const QString& tip, auto act) {
        auto* made = new QPushButton(text);
        made->setToolTip(tip);
        connect(made, &QPushButton::clicked, this, act);
        return made;
    };
    probe_ = button(tr("Does it help?"),
                    tr("Check in seconds what the frozen features say of these labels, before anything is trained"),
                    [this] { checkTransfer(); });
    probe_->setObjectName(QStringLiteral("models.probe"));
    all_ = button(tr("All settings…"), tr("Open all settings on the page New run"), [this] {
        if (spec_) workbench_.newRun(*spec_);
    });
    queue_ = button(tr("Add to queue"), tr("Train it when its turn comes"), [this] {
        if (!spec_) return;
        LaunchRequest request;
        request.spec = *spec_;
        request.name = name();
        if (workbench_.enqueue({request})) workbench_.showPage(QStringLiteral("queue"));
    });
    launch_ = button(tr("Launch"), tr("Start training (Ctrl+Enter)"), [this] { launch(); });
    launch_->setProperty("primary", true);
    launch_->setObjectName(QStringLiteral("models.launch"));
    connect(data_, &SectionForm::edited, this, &FinetunePanel::suggest);
    connect(start_, &SectionForm::edited, this, [this] {
        showLayers();
        suggest();
    });
    connect(layers_, &QTreeWidget::itemChanged, this, &FinetunePanel::takeLayers);
    connect(&workbench_.session(), &RunSession::stateChanged, this, &FinetunePanel::suggest);
    suggest();
}

void FinetunePanel::setCheckpoint(const std::string& path, std::optional<CheckpointRecord> record) {
    if (parent_ && parent_->checkpoint == path) return;
    stop_.request_stop();
    verdict_->hide();
    if (path.empty()) {
        parent_.reset();
        card_->setText(tr("No checkpoint is chosen."));
        showLayers();
        return suggest();
    }
    auto card = parent_card(workbench_.workspace(), path);
    if (!card) {
        parent_.reset();
        card_->setText(errorText(card.error()).toHtmlEscaped());
        return suggest();
    }
    parent_ = std::move(card).value();
    scored_ = std::move(record);
    Json start = start_->section();
    if (!start.is_object() || start.value("kind", "") != "checkpoint")
        start = find_sheet("start", "checkpoint")->complete(Json::object());
    start["path"] = path;
    start["frozen"] = Json::array();
    start_->setSection(start);
    followData();
    showCard();
    showLayers();
    suggest();
}

void FinetunePanel::followData() {
    const Json own = parent_->spec.value("dataset", Json::object());
    const bool pictures = isOfPictures(own);
    if (pictures == isOfPictures(data_->section())) return;  // what somebody has named may do
    if (!pictures) return data_->setSection(files_like(own, /*labelled=*/true));
    if (const Sheet* sheet = find_sheet("dataset", own.value("kind", "")))
        data_->setSection(sheet->complete(Json::object()));
}

void FinetunePanel::addSetting(const std::string& path, QVBoxLayout& column) {
    const std::string section = path.substr(0, path.find('.')), key = path.substr(section.size() + 1);
    for (const Sheet* sheet : find_family(section)->kinds)
        for (const schema::Row& row : sheet->rows) {
            if (row.info.key != key) continue;
            auto* editor = FieldEditor::make(row, qs(path), this);
            connect(editor, &FieldEditor::edited, this, [this, editor, path] {
                editor->isDefault() ? void(touched_.erase(path)) : void(touched_.insert(path));
                suggest();
            });
            column.addWidget(editor);
            settings_.emplace_back(path, editor);
            return;
        }
}

void FinetunePanel::showSettings() {
    for (const auto& [path, editor] : settings_) {
        const std::string section = path.substr(0, path.find('.')), key = path.substr(section.size() + 1);
        editor->setEnabled(suggested_.has_value());
        if (!suggested_) continue;
        editor->setDefault(suggested_->at(section).value(key, Json()));
        if (!touched_.contains(path)) editor->setValue(editor->row().default_value);
    }
}

void FinetunePanel::showCard() {
    const RunRecord* run = parent_->run ? &*parent_->run : nullptr;
    const Json backbone = parent_->spec.at("backbone");
    QString text = QStringLiteral("<b>%1</b>")
                       .arg((run ? qs(run->name) : qs(parent_->checkpoint.filename().string())).toHtmlEscaped());
    text += QStringLiteral("<span style='color:%1'>").arg(tokens().muted.name());
    const bool images = parent_->run ? countsImages(*parent_->run) : specCountsImages(parent_->spec);
    text += tr(" · step %1 · trained on %2")
                .arg(countText(parent_->step), amountText(static_cast<double>(parent_->tokens), images));
    QString size;  // kinds without layers and width say what they are by their parameters alone
    if (backbone.contains("layers") && backbone.contains("width"))
        size = QStringLiteral(" %1×%2").arg(backbone.value("layers", 0)).arg(backbone.value("width", 0));
    text += QStringLiteral("<br>%1 · %2")
                .arg(qs(backbone.value("kind", "")) + size, qs(parent_->spec.at("objective").value("kind", "")));
    if (!images)
        text += QStringLiteral(" · ") + tr("tokenizer %1").arg(qs(parent_->spec.at("tokenizer").value("kind", "")));
    if (run && run->facts.contains("parameters"))
        text += tr(" · %1 parameters").arg(shortCount(run->facts.value("parameters", 0.0)));
    // Of these weights, as the row of the table says; the run's own last figure may be of others.
    if (scored_) text += tr(" · validation %1").arg(scoreText(*scored_, run && scoresOfAPart(*run)));
    for (const RunRecord& ancestor : parent_->lineage)
        text += QStringLiteral("<br>") + tr("began from “%1”").arg(qs(ancestor.name).toHtmlEscaped());
    card_->setText(text + QStringLiteral("</span>"));
}

void FinetunePanel::showLayers() {
    const Json start = start_->section();
    const std::string train = start.value("train", "all");
    const bool choosable = parent_ && start.value("kind", "") == "checkpoint" && (train == "all" || train == "last");
    layers_->setVisible(choosable);
    if (!choosable) return;
    const auto rows = layers_of(parent_->checkpoint);
    if (!rows) return;
    const auto frozen = start.value("frozen", std::vector<std::string>());
    auto isFrozen = [&](const std::string& name) {
        return std::any_of(frozen.begin(), frozen.end(),
                           [&](const std::string& f) { return name == f || name.starts_with(f + "."); });
    };
    filling_ = true;
    layers_->clear();
    QTreeWidgetItem* layer = nullptr;
    for (const LayerRow& row : rows.value()) {
        auto* item = new QTreeWidgetItem({phraseText(row.title), countText(row.parameters)});
        item->setData(0, Qt::UserRole, qs(row.name));
        item->setToolTip(0, qs(row.name));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setCheckState(0, isFrozen(row.name) ? Qt::Unchecked : Qt::Checked);
        if (row.depth == 0 || !layer)
            layers_->addTopLevelItem(layer = item);
        else
            layer->addChild(item);
    }
    filling_ = false;
}

void FinetunePanel::takeLayers() {
    if (filling_) return;
    Json frozen = Json::array();
    for (int i = 0; i < layers_->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* layer = layers_->topLevelItem(i);
        if (layer->checkState(0) == Qt::Unchecked) {
            frozen.push_back(nameOf(layer));
            continue;
        }
        for (int part = 0; part < layer->childCount(); ++part)
            if (layer->child(part)->checkState(0) == Qt::Unchecked) frozen.push_back(nameOf(layer->child(part)));
    }
    Json start = start_->section();
    start["frozen"] = frozen;
    start_->setSection(start);
    suggest();
}

bool FinetunePanel::dataIsNamed() const {
    const Json section = data_->section();
    const Json paths = section.value("paths", Json());
    return !paths.is_array() || !paths.empty();  // data that is made has no files
}

void FinetunePanel::suggest() {
    spec_.reset();
    QString hint;
    problem_->clear();
    plan_->setRowCount(0);
    if (parent_) {
        Json changes{{"dataset", data_->section()}, {"start", start_->section()}};
        const auto usual = finetune_spec(*parent_, changes);
        suggested_ = usual ? std::optional(usual.value()) : std::nullopt;
        showSettings();
        for (const auto& [path, editor] : settings_)
            if (touched_.contains(path))
                changes[path.substr(0, path.find('.'))][path.substr(path.find('.') + 1)] = editor->value();
        const auto made = usual ? finetune_spec(*parent_, changes) : usual;
        if (made)
            spec_ = made.value();
        else if (!dataIsNamed())
            hint = specCountsImages(parent_->spec)
                       ? tr("Name the new data below: labelled pictures to fine-tune on.")
                       : tr("Name the new data below: labelled texts to fine-tune on, or text to train on further.");
        else
            problem_->setText(errorText(made.error()));
    }
    hint_->setText(hint);
    hint_->setVisible(!hint.isEmpty());
    preview_->setSection(dataIsNamed() ? data_->section() : Json());
    problem_->setVisible(!problem_->text().isEmpty());
    const bool closed = workbench_.readOnly(), busy = workbench_.session().active();
    probe_->setEnabled(probing_ || (spec_ && isLabelled(data_->section())));
    all_->setEnabled(spec_.has_value());
    queue_->setEnabled(spec_ && !closed);
    launch_->setEnabled(spec_ && !busy && !closed);
    launch_->setToolTip(busy    ? tr("A run is being trained already: %1").arg(workbench_.session().name())
                        : spec_ ? tr("Start training (Ctrl+Enter)")
                                : tr("Mend what is marked first"));
    if (!spec_) return;
    const auto plan = plan_of(*parent_, *spec_);
    plan_->setRowCount(static_cast<int>(plan.size()));
    for (int row = 0; row < plan_->rowCount(); ++row) {
        const SpecDifference& d = plan[static_cast<std::size_t>(row)];
        const QString cells[] = {qs(d.path), shown(d.left), shown(d.right)};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            plan_->setItem(row, column, item);
        }
    }
}

std::string FinetunePanel::name() const {
    const std::string name =
        name_from_parent(parent_->run ? parent_->run->name : parent_->checkpoint.filename().string(), *spec_);
    const auto store = workbench_.workspace().store(Store::Mode::read_only);
    return store ? unused_name(store.value(), name) : name;
}

void FinetunePanel::launch() {
    if (!launch_->isEnabled() || !spec_) return;
    LaunchRequest request;
    request.spec = *spec_;
    request.name = name();
    workbench_.launch(request);
}

void FinetunePanel::checkTransfer() {
    if (probing_) return (void)stop_.request_stop();
    if (!spec_) return;
    probing_ = true;
    stop_ = std::stop_source();
    probe_->setText(tr("Cancel"));
    verdict_->setText(tr("Reading features…"));
    verdict_->show();
    verticalScrollBar()->setValue(0);  // the answer stands at the top
    ProbeRequest request;
    request.checkpoint = parent_->checkpoint;
    request.dataset = spec_->at("dataset");
    request.split = spec_->at("split");
    constexpr std::int64_t sample = 1000;
    request.examples = sample;
    request.cache = workbench_.workspace().cache();
    request.stop = stop_.get_token();
    inBackground(
        this, [request] { return probe_checkpoint(request); },
        [this, path = request.checkpoint](const Result<ProbeReport>& report) {
            probing_ = false;
            probe_->setText(tr("Does it help?"));
            suggest();
            if (parent_ && parent_->checkpoint == path) showVerdict(report);
        });
}

void FinetunePanel::showVerdict(const Result<ProbeReport>& found) {
    if (!found)
        return verdict_->setText(
            found.error().code == Error::Code::cancelled ? tr("Cancelled") : errorText(found.error()).toHtmlEscaped());
    const ProbeReport& r = found.value();
    const bool helps = r.verdict == ProbeReport::Verdict::helps, harms = r.verdict == ProbeReport::Verdict::harms;
    const QString head = helps   ? tr("Worth beginning from")
                         : harms ? tr("Negative transfer is likely: begin from scratch or from another checkpoint")
                                 : tr("No clear gain; training all weights may still help");
    const QColor color = helps ? tokens().good : harms ? tokens().bad : tokens().warn;
    QString text = QStringLiteral(
                       "<b style='color:%1'>%2</b><table cellpadding=3><tr><td></td><td align=right>%3</td><td "
                       "align=right>%4</td><td "
                       "align=right>LogME</td></tr>")
                       .arg(color.name(), head, tr("k-NN"), tr("Linear"));
    for (const auto& [name, s] :
         {std::pair{tr("Features of the checkpoint"), r.trained}, {tr("The same with random weights"), r.untrained}})
        text +=
            QStringLiteral("<tr><td>%1</td><td align=right>%2</td><td align=right>%3</td><td align=right>%4</td></tr>")
                .arg(name, valueText(s.knn, 3), valueText(s.linear, 3), valueText(s.log_evidence, 3));
    text += QStringLiteral("</table><span style='color:%1'>").arg(tokens().muted.name());
    text += tr("Guessing alone reaches %1. Learnt from %2 examples, judged on %3, noise ± %4, in %5.")
                .arg(valueText(r.baseline, 3), countText(r.train_examples), countText(r.judged_examples),
                     valueText(r.noise, 2), secondsText(r.seconds));
    verdict_->setText(text + QStringLiteral("</span>"));
}

}  // namespace gw::ui
