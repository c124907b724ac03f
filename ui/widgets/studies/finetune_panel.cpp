#include "ui/widgets/studies/finetune_panel.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "spec/reading.h"
#include "ui/background.h"
#include "ui/forms/batch_link.h"
#include "ui/forms/data_preview.h"
#include "ui/models/compare_models.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/field_help.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/dialogs/checkpoint_dialog.h"
#include "ui/widgets/studies/probe_text.h"
#include "workspace/run_name.h"

namespace gw::ui {

namespace {

QTreeWidget* layerTree() {
    auto* tree = new QTreeWidget;
    tree->setColumnCount(2);
    tree->setHeaderLabels({FinetunePanel::tr("Layer (what is ticked is trained)"), FinetunePanel::tr("Parameters")});
    tree->setAccessibleName(FinetunePanel::tr("Layers to train"));
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
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
    connect(preview_, &DataPreview::looked, this, &FinetunePanel::suggest);
    start_ = new SectionForm(*find_family("start"));
    column->addWidget(start_);
    layers_ = layerTree();
    column->addWidget(layers_);
    column->addWidget(label(tr("Training"), "section"));
    for (const char* path :
         {"optimizer.lr", "training.budget", "training.budget_unit", "training.micro_batch", "training.accumulation"})
        addSetting(path, *column);
    link_ = new BatchLink(settings_[settings_.size() - 2].second, settings_.back().second, this);
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
        followStart();
        showLayers();
        suggest();
    });
    connect(start_, &SectionForm::checkpointWanted, this,
            [this](FieldEditor* editor) { CheckpointDialog::choose(workbench_, editor); });
    connect(layers_, &QTreeWidget::itemChanged, this, &FinetunePanel::takeLayers);
    // A run tells of its phases many times a second; what matters here is whether there is one.
    connect(&workbench_.session(), &RunSession::stateChanged, this, [this, before = false]() mutable {
        if (before != workbench_.session().active()) suggest();
        before = workbench_.session().active();
    });
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
        card_->setText(errorHtml(card.error()));
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

void FinetunePanel::followStart() {
    const Json start = start_->section();
    const Json path = start.is_object() ? start.value("path", Json()) : Json();
    const std::string named = path.is_string() ? path.get<std::string>() : std::string();
    if (named.empty() || (parent_ && fs::path(named) == parent_->checkpoint)) return;
    std::error_code ignored;
    if (fs::exists(fs::path(named) / "manifest.json", ignored)) setCheckpoint(named);  // not while it is being typed
}

void FinetunePanel::followData() {
    const Json own = parent_->spec.value("dataset", Json::object());
    const bool pictures = isOfPictures(own);
    if (pictures == isOfPictures(data_->section()) && isOfTables(own) == isOfTables(data_->section()) &&
        isOfSeries(own) == isOfSeries(data_->section()))
        return;  // what somebody has named may do
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
    if (!touched_.contains("training.micro_batch") && !touched_.contains("training.accumulation")) link_->keep();
}

void FinetunePanel::showFaults() {
    for (SectionForm* form : {data_, start_}) {
        const std::string& family = form->family().id;
        const Json section = form->section();
        if (!section.is_object()) continue;  // nothing has been shown in it yet
        const Sheet* sheet = find_sheet(family, section.value("kind", ""));
        form->setProblems(sheet ? sheet->check(section, family) : schema::Problems());
    }
}

void FinetunePanel::showCard() {
    const RunRecord* run = parent_->run ? &*parent_->run : nullptr;
    const Json backbone = parent_->spec.at("backbone");
    QString text = QStringLiteral("<b>%1</b>")
                       .arg((run ? qs(run->name) : qs(parent_->checkpoint.filename().string())).toHtmlEscaped());
    text += QStringLiteral("<span style='color:%1'>").arg(tokens().muted.name());
    const Unit unit = parent_->run ? unitOf(*parent_->run) : unitOfSpec(parent_->spec);
    text += tr(" · step %1 · trained on %2")
                .arg(countText(parent_->step), amountText(static_cast<double>(parent_->tokens), unit));
    QString size;  // kinds without layers and width say what they are by their parameters alone
    if (backbone.contains("layers") && backbone.contains("width"))
        size = QStringLiteral(" %1×%2").arg(backbone.value("layers", 0)).arg(backbone.value("width", 0));
    const auto kind = [&](const char* section) {
        return settingText(parent_->spec, std::string(section) + ".kind",
                           parent_->spec.at(section).value("kind", Json()))
            .toHtmlEscaped();
    };
    text += QStringLiteral("<br>%1 · %2").arg(kind("backbone") + size, kind("objective"));
    if (unit == Unit::tokens) text += QStringLiteral(" · ") + tr("tokenizer %1").arg(kind("tokenizer"));
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
        item->setToolTip(0, plainTip(qs(row.name)));
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
    showFaults();
    if (!parent_) hint = tr("Choose a checkpoint in the list: a run begins from it.");
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
    const QString& unreadable = preview_->problem();
    launch_->setEnabled(spec_ && !busy && !closed && unreadable.isEmpty());
    launch_->setToolTip(busy ? tr("A run is being trained already: %1").arg(workbench_.session().name())
                        : spec_ && !unreadable.isEmpty() ? tr("The data cannot be read: %1").arg(unreadable)
                        : spec_                          ? tr("Start training (Ctrl+Enter)")
                        : !hint.isEmpty()                ? hint
                                                         : tr("Mend what is marked first"));
    if (!spec_) return;
    const auto plan = plan_of(*parent_, *spec_);
    plan_->setRowCount(static_cast<int>(plan.size()));
    for (int row = 0; row < plan_->rowCount(); ++row) {
        const SpecDifference& d = plan[static_cast<std::size_t>(row)];
        const QString cells[] = {fieldText(*spec_, d.path, /*withSection=*/true),
                                 settingText(parent_->spec, d.path, d.left), settingText(*spec_, d.path, d.right)};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(column == 0 ? qs(d.path) : cells[column]);
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
            if (parent_ && parent_->checkpoint == path) verdict_->setText(verdictHtml(report));
        });
}

}  // namespace gw::ui
