#include "ui/widgets/studies/sequence_results.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/models/run_table_model.h"
#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

/// Accuracies and their differences: a thousandth is as fine as a few hundred examples can tell.
QString accuracyText(const Spread& s) {
    const QString mean = QString::number(s.mean, 'f', 3);
    return s.count > 1 ? QStringLiteral("%1 ± %2").arg(mean, QString::number(s.deviation, 'f', 3)) : mean;
}

void put(QTableWidget* table, int row, int column, const QString& text, Qt::Alignment side, const QString& data) {
    QTableWidgetItem* item = table->item(row, column);
    if (!item) table->setItem(row, column, item = new QTableWidgetItem);
    item->setText(text);
    item->setData(Qt::UserRole, data);
    item->setTextAlignment(side | Qt::AlignVCenter);
}

/// Over the seeds that have come so far.
std::optional<Spread> spreadAt(const std::vector<SequenceResult>& seeds, std::size_t row, std::size_t task) {
    std::vector<double> values;
    for (const SequenceResult& r : seeds)
        if (row < r.by_head.size() && task < r.by_head[row].size() && r.by_head[row][task])
            values.push_back(*r.by_head[row][task]);
    return values.empty() ? std::nullopt : std::optional(spread_of(values));
}

}  // namespace

QString strategyText(const std::string& strategy) {
    static const std::pair<const char*, const char*> texts[] = {
        {"sequential", QT_TRANSLATE_NOOP("SequencePanel", "One after another")},
        {"lp_ft", QT_TRANSLATE_NOOP("SequencePanel", "Head first (LP-FT)")},
        {"ewc", QT_TRANSLATE_NOOP("SequencePanel", "Elastic weights (EWC)")},
        {"si", QT_TRANSLATE_NOOP("SequencePanel", "Synaptic intelligence")},
        {"replay", QT_TRANSLATE_NOOP("SequencePanel", "Replay")},
        {"joint", QT_TRANSLATE_NOOP("SequencePanel", "All at once (bound)")}};
    for (const auto& [id, text] : texts)
        if (strategy == id) return QCoreApplication::translate("SequencePanel", text);
    return qs(strategy);
}

SequenceResults::SequenceResults(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    strategies_ = makeTable(
        {tr("Strategy"), tr("Accuracy"), tr("k-NN"), tr("Forgetting"), tr("Backward"), tr("Forward"), tr("Seeds")},
        tr("Strategies"));
    const QString tips[] = {{},
                            tr("By head, over all tasks at the end"),
                            tr("k-NN of the features, over all tasks at the end"),
                            tr("Best accuracy that a task ever had less that at the end: lower is better"),
                            tr("Accuracy at the end less that just after the task was learnt"),
                            tr("k-NN of a task before it was learnt less that before the first task"),
                            tr("Seeds that have gone through all tasks, of all")};
    for (int i = 0; i < strategies_->columnCount(); ++i) strategies_->horizontalHeaderItem(i)->setToolTip(tips[i]);
    column->addWidget(strategies_, 3);

    tabs_ = new FlowTabs;
    auto* accuracies = new QWidget;
    auto* beside = new QHBoxLayout(accuracies);
    beside->setContentsMargins(0, 0, 0, 0);
    matrix_ = new HeatTable(tr("Accuracy of each task (across) after each task (down)"));
    matrix_->setToolTip(tr("Accuracy of each task (across) after each task (down)"));
    beside->addWidget(matrix_, 1);
    plot_ = new QCustomPlot;
    plot_->legend->setVisible(true);
    beside->addWidget(plot_, 1);
    tabs_->addTab(accuracies, tr("Accuracy by task"));
    tabs_->addTab(makeRuns(), tr("Runs"));
    column->addWidget(tabs_, 4);

    connect(strategies_, &QTableWidget::currentCellChanged, this, [this] {
        if (showing_) return;
        hasChosen_ = true;
        showChosen();
    });
    connect(&Theme::instance(), &Theme::changed, this, &SequenceResults::drawCurves);
}

QTableWidget* SequenceResults::makeTable(const QStringList& heads, const QString& accessibleName) {
    auto* table = new QTableWidget(0, static_cast<int>(heads.size()));
    table->setHorizontalHeaderLabels(heads);
    table->setAccessibleName(accessibleName);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    for (int i = 0; i < table->columnCount(); ++i)
        table->horizontalHeaderItem(i)->setTextAlignment((i ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setFont(Theme::numberFont());
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    return table;
}

QWidget* SequenceResults::makeRuns() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    runs_ =
        makeTable({tr("Task"), tr("Seed"), tr("Status"), tr("Steps"), tr("Training time")}, tr("Runs of the strategy"));
    runs_->setObjectName(QStringLiteral("sequence.runs"));
    column->addWidget(runs_, 1);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    open_ = new QPushButton(tr("Open run"));
    open_->setToolTip(tr("Show the chosen run with its curves (Enter)"));
    open_->setObjectName(QStringLiteral("sequence.open"));
    open_->setEnabled(false);
    row->addWidget(open_);
    column->addLayout(row);
    connect(open_, &QPushButton::clicked, this, &SequenceResults::openChosenRun);
    connect(runs_, &QTableWidget::cellActivated, this, &SequenceResults::openChosenRun);
    connect(runs_, &QTableWidget::currentCellChanged, this, [this](int current) { open_->setEnabled(current >= 0); });
    return page;
}

void SequenceResults::openChosenRun() {
    if (const QTableWidgetItem* item = runs_->item(runs_->currentRow(), 0))
        Q_EMIT runWanted(item->data(Qt::UserRole).toString());
}

void SequenceResults::showStudy(const SequenceStudy& study, const std::map<std::string, RunRecord>& runs) {
    if (study.name != study_.name) hasChosen_ = false;
    study_ = study;
    records_ = runs;
    showStrategies();
}

void SequenceResults::follow(const std::string& strategy) {
    if (hasChosen_) return;
    for (int row = 0; row < strategies_->rowCount(); ++row) {
        const QTableWidgetItem* item = strategies_->item(row, 0);
        if (!item || item->data(Qt::UserRole).toString() != qs(strategy) || row == strategies_->currentRow()) continue;
        showing_ = true;
        strategies_->setCurrentCell(row, 0);
        showing_ = false;
        showChosen();
    }
}

void SequenceResults::showStrategies() {
    const auto figures = strategy_rows(study_);
    const QString dash = QStringLiteral("–");
    const int before = std::max(0, strategies_->currentRow());
    showing_ = true;
    strategies_->setRowCount(static_cast<int>(study_.strategies.size()));
    for (int i = 0; i < strategies_->rowCount(); ++i) {
        const std::string& its = study_.strategies[static_cast<std::size_t>(i)];
        const auto row =
            std::find_if(figures.begin(), figures.end(), [&](const StrategyRow& one) { return one.strategy == its; });
        const bool known = row != figures.end(), inTurn = known && row->in_turn;
        const QString cells[] = {strategyText(its),
                                 known ? accuracyText(row->average) : dash,
                                 known ? accuracyText(row->neighbours) : dash,
                                 inTurn ? accuracyText(row->forgetting) : dash,
                                 inTurn ? accuracyText(row->backward) : dash,
                                 inTurn && row->forward.count > 0 ? accuracyText(row->forward) : dash,
                                 tr("%1 of %2").arg(known ? row->average.count : 0).arg(study_.seeds)};
        for (int column = 0; column < strategies_->columnCount(); ++column)
            put(strategies_, i, column, cells[column], column ? Qt::AlignRight : Qt::AlignLeft, qs(its));
    }
    if (strategies_->rowCount() > 0) strategies_->setCurrentCell(std::min(before, strategies_->rowCount() - 1), 0);
    showing_ = false;
    showChosen();
}

void SequenceResults::showChosen() {
    showMatrix();
    showRuns();
    drawCurves();
}

std::string SequenceResults::strategy() const {
    const QTableWidgetItem* item = strategies_->item(strategies_->currentRow(), 0);
    return item ? ss(item->data(Qt::UserRole).toString()) : std::string();
}

std::vector<SequenceResult> SequenceResults::chosenResults() const {
    std::vector<SequenceResult> seeds;
    const std::string its = strategy();
    for (SequenceResult& r : begun_results(study_))
        if (r.strategy == its) seeds.push_back(std::move(r));
    std::stable_sort(seeds.begin(), seeds.end(), [](const SequenceResult& a, const SequenceResult& b) {
        return a.by_head.size() > b.by_head.size();
    });
    return seeds;
}

void SequenceResults::showMatrix() {
    const std::vector<SequenceResult> seeds = chosenResults();
    if (seeds.empty()) return matrix_->show({}, {}, {});
    const SequenceResult& first = seeds.front();
    QStringList rows, columns;
    for (std::size_t task = 0; task < first.tasks.size(); ++task) columns << tr("Task %1").arg(task + 1);
    std::vector<std::vector<std::optional<HeatTable::Cell>>> cells;
    for (std::size_t row = 0; row < first.by_head.size(); ++row) {
        rows << (first.strategy == "joint" ? tr("All tasks")
                                           : tr("After %1: %2").arg(row + 1).arg(qs(first.tasks[row])));
        auto& line = cells.emplace_back();
        for (std::size_t task = 0; task < first.tasks.size(); ++task) {
            const auto s = spreadAt(seeds, row, task);
            line.push_back(s ? std::optional(HeatTable::Cell{
                                   QString::number(s->mean, 'f', 3),
                                   QStringLiteral("%1: %2").arg(qs(first.tasks[task]), accuracyText(*s)), s->mean})
                             : std::nullopt);
        }
    }
    matrix_->show(rows, columns, cells);
}

void SequenceResults::showRuns() {
    std::vector<SequenceStep> steps;
    const std::string its = strategy();
    for (const SequenceStep& step : study_.steps)
        if (step.strategy == its && records_.count(step.run) > 0) steps.push_back(step);
    std::stable_sort(steps.begin(), steps.end(), [](const SequenceStep& a, const SequenceStep& b) {
        return std::pair(a.seed, a.task) < std::pair(b.seed, b.task);
    });
    runs_->setRowCount(static_cast<int>(steps.size()));
    for (int i = 0; i < runs_->rowCount(); ++i) {
        const SequenceStep& step = steps[static_cast<std::size_t>(i)];
        const RunRecord& run = records_.at(step.run);
        const auto number = static_cast<std::size_t>(step.task);
        const QString task = its == "joint" ? tr("All tasks")
                             : number < study_.tasks.size()
                                 ? QStringLiteral("%1: %2").arg(number + 1).arg(qs(study_.tasks[number]))
                                 : QString::number(number + 1);
        const QString cells[] = {task, QString::number(step.seed), statusText(run.status),
                                 run.total_steps > 0
                                     ? tr("%1 of %2").arg(countText(run.steps), countText(run.total_steps))
                                     : countText(run.steps),
                                 secondsText(run.seconds)};
        for (int column = 0; column < runs_->columnCount(); ++column)
            put(runs_, i, column, cells[column], column == 0 || column == 2 ? Qt::AlignLeft : Qt::AlignRight,
                qs(step.run));
        runs_->item(i, 0)->setToolTip(plainTip(qs(run.name)));
    }
    open_->setEnabled(runs_->currentRow() >= 0);
}

void SequenceResults::drawCurves() {
    plot_->clearPlottables();
    stylePlot(*plot_);
    const std::vector<SequenceResult> seeds = chosenResults();
    if (seeds.empty()) return plot_->replot();
    const SequenceResult& first = seeds.front();
    const std::size_t learnt = first.strategy == "joint" ? 1 : first.tasks.size();
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t row = 0; row < learnt; ++row)
        ticker->addTick(static_cast<double>(row + 1), QString::number(row + 1));
    plot_->xAxis->setTicker(ticker);
    for (std::size_t task = 0; task < first.tasks.size(); ++task) {
        QVector<double> x, y, spread;
        for (std::size_t row = 0; row < first.by_head.size(); ++row) {
            const auto s = spreadAt(seeds, row, task);
            if (!s) continue;
            x << static_cast<double>(row + 1);
            y << s->mean;
            spread << s->deviation;
        }
        QCPGraph* graph = plot_->addGraph();
        graph->setName(QStringLiteral("%1: %2").arg(task + 1).arg(qs(first.tasks[task])));
        graph->setPen(QPen(tokens().curve(static_cast<int>(task)), 2));
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 7));
        graph->setData(x, y, true);
        auto* bars = new QCPErrorBars(plot_->xAxis, plot_->yAxis);
        bars->removeFromLegend();
        bars->setDataPlottable(graph);
        bars->setPen(QPen(tokens().curve(static_cast<int>(task)), 1));
        bars->setData(spread);
    }
    plot_->xAxis->setLabel(tr("Tasks learnt so far"));
    plot_->yAxis->setLabel(tr("Accuracy by head"));
    plot_->xAxis->setRange(0.7, static_cast<double>(learnt) + 0.3);
    plot_->yAxis->setRange(0, 1.02);
    styleLegend(*plot_);
    plot_->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignBottom);
    plot_->replot();
}

}  // namespace gw::ui
