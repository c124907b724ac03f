#include "ui/widgets/run/run_tabs.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>

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
    samples_ = new SamplesView;
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
    forecast_ = new ForecastPanel(workbench);
    trial_ = new TryPanel(workbench);
    addTab(samples_, tr("Samples"));
    addTab(findings_, tr("Findings"));
    addTab(judgement_, tr("Evaluation"));
    addTab(trial_, tr("Try it"));
    addTab(batch_, tr("Batch"));
    addTab(layers_, tr("Layers"));
    addTab(embedding_, tr("Embedding"));
    addTab(looks_, tr("Looks"));
    addTab(forecast_, tr("Forecast"));
    addTab(knobs_, tr("Live settings"));
    addTab(checkpoints_, tr("Checkpoints"));
    addTab(spec_, tr("Settings"));
    addTab(log_, tr("Log"));
    connect(this, &FlowTabs::currentChanged, this, [this] {
        if (currentWidget() == layers_) layers_->refresh();
        if (currentWidget() == judgement_) judgement_->read();
        if (currentWidget() == embedding_) embedding_->read();
        if (currentWidget() == looks_) looks_->read();
        if (currentWidget() == forecast_) forecast_->read();
    });
}

void RunTabs::show(const RunDetails& details) {
    run_ = details.record.id;
    ofAPart_ = scoresOfAPart(details.record);
    samples_->setRun(details.record, details.samples);
    log_->setPlainText(withSettingNames(QString::fromStdString(details.log).trimmed()));
    log_->verticalScrollBar()->setValue(log_->verticalScrollBar()->maximum());
    showSpec(details.record.spec);
    findings_->show(details);
    batch_->setRun(details.record.id, details.record.steps);
    layers_->setRun(details.record.id);
    judgement_->setRun(details.record);
    embedding_->setRun(details.record);
    looks_->setRun(details.record);
    forecast_->setRun(details.record);
    if (currentWidget() == judgement_) judgement_->read();
    if (currentWidget() == embedding_) embedding_->read();
    if (currentWidget() == looks_) looks_->read();
    if (currentWidget() == forecast_) forecast_->read();
    if (currentWidget() == layers_) layers_->refresh();
    knobs_->setJournal(details.events);
    trial_->show(details);
    setCheckpoints(details.checkpoints);
}

void RunTabs::addSample(const SampleRecord& sample) {
    samples_->add(sample);
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
