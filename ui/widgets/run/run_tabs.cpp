#include "ui/widgets/run/run_tabs.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHeaderView>
#include <QImageReader>
#include <QMenu>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTimer>
#include <QUrl>
#include <algorithm>

#include "schema/render.h"
#include "spec/run_spec.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/setting_names.h"
#include "ui/texts/text.h"
#include "ui/widgets/type_ahead.h"
#include "workspace/record/alerts.h"

namespace gw::ui {

namespace {

QPlainTextEdit* textView() {
    auto* view = new QPlainTextEdit;
    view->setReadOnly(true);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    constexpr int longest = 5000;
    view->setMaximumBlockCount(longest);
    return view;
}

}  // namespace

RunTabs::RunTabs(Workbench& workbench, QWidget* parent) : FlowTabs(parent), workbench_(workbench) {
    samples_ = new QTextBrowser;
    samples_->setFrameShape(QFrame::NoFrame);
    log_ = textView();
    spec_ = textView();
    checkpoints_ = new QTableWidget(0, 5);
    checkpoints_->setHorizontalHeaderLabels({tr("Step"), tr("Validation"), tr("Kept as"), tr("Size"), tr("Saved")});
    checkpoints_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    checkpoints_->horizontalHeader()->setStretchLastSection(true);
    checkpoints_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    typeAhead(checkpoints_);
    checkpoints_->verticalHeader()->hide();
    checkpoints_->verticalHeader()->setDefaultSectionSize(32);
    checkpoints_->setShowGrid(false);
    checkpoints_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    checkpoints_->setSelectionBehavior(QAbstractItemView::SelectRows);
    checkpoints_->setAccessibleName(tr("Checkpoints"));
    checkpoints_->setTabKeyNavigation(false);
    checkpoints_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(checkpoints_, &QTableWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const QTableWidgetItem* item = checkpoints_->itemAt(at);
        if (!item) return;
        QMenu menu(this);
        menu.addAction(tr("Fine-tune or continue from here…"), this,
                       [this, path = item->toolTip()] { workbench_.beginFrom(path); });
        menu.addAction(tr("Fork from here…"), this, [this, path = item->toolTip()] { Q_EMIT forkWanted(path); });
        menu.addAction(tr("Copy its path"), this,
                       [path = item->toolTip()] { QApplication::clipboard()->setText(path); });
        menu.exec(checkpoints_->viewport()->mapToGlobal(at));
    });
    samples_->setAccessibleName(tr("Samples"));
    log_->setAccessibleName(tr("Log"));
    spec_->setAccessibleName(tr("Settings"));
    findings_ = new FindingsPanel;
    connect(findings_, &FindingsPanel::seenWanted, this, &RunTabs::markAlertsSeen);
    connect(findings_, &FindingsPanel::replayWanted, this, &RunTabs::replayStep);
    connect(findings_, &FindingsPanel::changed, this, [this] { setBadge(findings_, findings_->newAlerts()); });
    batch_ = new StepPanel(workbench);
    layers_ = new LayersPanel(workbench);
    knobs_ = new KnobsPanel(workbench);
    judgement_ = new JudgementPanel(&workbench);
    embedding_ = new EmbeddingPanel(workbench);
    looks_ = new LooksPanel(workbench);
    trial_ = new TryPanel(workbench);
    addTab(samples_, tr("Samples"));
    addTab(findings_, tr("Findings"));
    addTab(judgement_, tr("Evaluation"));
    addTab(trial_, tr("Try it"));
    addTab(batch_, tr("Batch"));
    addTab(layers_, tr("Layers"));
    addTab(embedding_, tr("Embedding"));
    addTab(looks_, tr("Looks"));
    addTab(knobs_, tr("Live settings"));
    addTab(checkpoints_, tr("Checkpoints"));
    addTab(spec_, tr("Settings"));
    addTab(log_, tr("Log"));
    connect(this, &FlowTabs::currentChanged, this, [this] {
        if (currentWidget() == layers_) layers_->refresh();
        if (currentWidget() == judgement_) judgement_->read();
        if (currentWidget() == embedding_) embedding_->read();
        if (currentWidget() == looks_) looks_->read();
    });
    connect(&Theme::instance(), &Theme::changed, this, &RunTabs::renderSamples);
}

void RunTabs::show(const RunDetails& details) {
    run_ = details.record.id;
    ofAPart_ = scoresOfAPart(details.record);
    sampleList_ = details.samples;
    samples_->setPlaceholderText(unit_of(details.record) == "images"
                                     ? tr("What the model draws appears here; of one that draws nothing, see the tab "
                                          "Looks.")
                                     : tr("What the model writes appears here, newest first."));
    renderSamples();
    log_->setPlainText(withSettingNames(QString::fromStdString(details.log).trimmed()));
    log_->verticalScrollBar()->setValue(log_->verticalScrollBar()->maximum());
    showSpec(details.record.spec);
    findings_->show(details);
    batch_->setRun(details.record.id, details.record.steps);
    layers_->setRun(details.record.id);
    judgement_->setRun(details.record);
    embedding_->setRun(details.record);
    looks_->setRun(details.record);
    if (currentWidget() == judgement_) judgement_->read();
    if (currentWidget() == embedding_) embedding_->read();
    if (currentWidget() == looks_) looks_->read();
    if (currentWidget() == layers_) layers_->refresh();
    knobs_->setJournal(details.events);
    trial_->show(details);
    setCheckpoints(details.checkpoints);
}

void RunTabs::renderSamples() {
    QString html;
    const Tokens& t = tokens();
    constexpr std::size_t shown = 100;
    constexpr int margins = 12;  // pixels: the document's own, on both sides
    std::size_t count = 0;
    for (auto it = sampleList_.rbegin(); it != sampleList_.rend() && count < shown; ++it, ++count) {
        if (const QString picture = qs(it->picture); !picture.isEmpty() && QFileInfo::exists(picture)) {
            const int room = std::max(1, samples_->viewport()->width() - margins),
                      width = std::min(room, QImageReader(picture).size().width());
            html +=
                QStringLiteral(
                    "<p style='margin:8px 0 2px 0; color:%1; font-size:12px'>%2 · %3</p><p "
                    "style='margin:0 0 8px 0'><img src='%4' alt='%3' width='%5'></p>")
                    .arg(t.muted.name(), tr("Step %1").arg(countText(it->step)), messageText(it->text).toHtmlEscaped(),
                         QUrl::fromLocalFile(picture).toString(QUrl::FullyEncoded).toHtmlEscaped(),
                         QString::number(width));
            continue;
        }
        QString text = qs(it->text), prompt = qs(it->prompt);
        const bool continues = !prompt.isEmpty() && text.startsWith(prompt);
        if (continues)
            text.remove(0, prompt.size());
        else if (!prompt.isEmpty())
            text.prepend(QStringLiteral("\n→ "));  // an answer to the prompt
        html +=
            QStringLiteral(
                "<p style='margin:8px 0 2px 0; color:%1; font-size:12px'>%2</p><p style='margin:0 0 8px 0; "
                "white-space:pre-wrap'>%3%4</p>")
                .arg(t.muted.name(), tr("Step %1").arg(countText(it->step)),
                     QStringLiteral("<span style='color:%1'>%2</span>").arg(t.accent.name(), prompt.toHtmlEscaped()),
                     text.toHtmlEscaped());
    }
    samples_->setHtml(html);
}

void RunTabs::resizeEvent(QResizeEvent* event) {
    FlowTabs::resizeEvent(event);
    // Sheets are no wider than there is room.
    const auto drawn = [](const SampleRecord& one) { return !one.picture.empty(); };
    if (event->size().width() != event->oldSize().width() && std::any_of(sampleList_.begin(), sampleList_.end(), drawn))
        renderSamples();
}

void RunTabs::addSample(const SampleRecord& sample) {
    sampleList_.push_back(sample);
    renderSamples();
    // Whoever keeps the record may still be writing the picture.
    constexpr int soon = 1500;
    if (!sample.picture.empty()) QTimer::singleShot(soon, this, &RunTabs::renderSamples);
}

void RunTabs::setState(const RunRecord& run, bool live, bool active) {
    knobs_->setRun(run, live, active);
    trial_->setRun(run);
}

void RunTabs::showStep(std::int64_t step) {
    setCurrentWidget(batch_);
    batch_->showStep(step);
}

void RunTabs::replayStep(std::int64_t step) {
    setCurrentWidget(batch_);
    batch_->replayStep(step);
}

void RunTabs::addEvent(const EventRecord& event) {
    knobs_->addEvent(event);
    findings_->addEvent(event);
    log_->appendPlainText(QStringLiteral("%1 %2 %3").arg(qs(event.created), qs(event.kind), messageText(event.text)));
}

void RunTabs::markAlertsSeen() {
    auto store = workbench_.workspace().store();
    const Status marked = store ? mark_alerts_seen(store.value(), run_) : Status(store.error());
    if (!marked) return workbench_.showError(marked.error());
    findings_->setAllSeen();
}

void RunTabs::showSpec(const Json& spec) {
    QString text = tr("Changed from the defaults") + QStringLiteral("\n");
    Json defaults = default_spec();
    for (const Family& family : families()) {
        if (family.single || !spec.contains(family.id)) continue;
        if (const Sheet* sheet = find_sheet(family.id, spec[family.id].value("kind", "")))
            defaults[family.id] = sheet->complete(Json::object());
    }
    for (const Family& family : families())
        if (!family.single && spec.contains(family.id))
            text += QStringLiteral("  %1: %2\n").arg(qs(family.id), qs(spec[family.id].value("kind", "")));
    for (const SpecDifference& difference : diff_specs(defaults, spec))
        text += QStringLiteral("  %1 = %2\n").arg(qs(difference.path), qs(schema::value_text(difference.right)));
    text += QStringLiteral("\n") + tr("All settings") + QStringLiteral("\n") + qs(spec.dump(2));
    spec_->setPlainText(text);
}

void RunTabs::setCheckpoints(const std::vector<CheckpointRecord>& checkpoints) {
    trial_->setCheckpoints(checkpoints);
    checkpoints_->setRowCount(static_cast<int>(checkpoints.size()));
    int row = 0;
    for (const CheckpointRecord& checkpoint : checkpoints) {
        const QString cells[] = {countText(checkpoint.step), scoreText(checkpoint, ofAPart_),
                                 checkpoint.best ? tr("best") : tr("recent"),
                                 bytesText(static_cast<double>(checkpoint.bytes)), timeText(checkpoint.created)};
        for (int column = 0; column < 5; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(qs(checkpoint.path));
            if (column != 2) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            checkpoints_->setItem(row, column, item);
        }
        ++row;
    }
}

}  // namespace gw::ui
