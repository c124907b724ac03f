#include "ui/widgets/sequence_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/message_text.h"
#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/text.h"
#include "ui/unit_text.h"
#include "ui/widgets/labelled_like.h"

namespace gw::ui {

namespace {

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

/// Accuracies and their differences: a thousandth is as fine as a few hundred examples can tell.
QString spreadText(const Spread& s) {
    const QString mean = QString::number(s.mean, 'f', 3);
    return s.count > 1 ? QStringLiteral("%1 ± %2").arg(mean, QString::number(s.deviation, 'f', 3)) : mean;
}

}  // namespace

SequencePanel::SequencePanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(makeForm());
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    column->addWidget(state_);
    auto* row = new QHBoxLayout;
    heading_ = label(tr("Result"), "section");
    row->addWidget(heading_);
    studies_ = new QComboBox;
    studies_->setAccessibleName(tr("Sequences that were carried out"));
    studies_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(studies_, 1);
    column->addLayout(row);
    strategies_ = new QTableWidget(0, 6);
    strategies_->setHorizontalHeaderLabels(
        {tr("Strategy"), tr("Accuracy"), tr("k-NN"), tr("Forgetting"), tr("Backward"), tr("Forward")});
    const QString tips[] = {{},
                            tr("By head, over all tasks at the end"),
                            tr("kNN of the features, over all tasks at the end"),
                            tr("Best accuracy that a task ever had less that at the end: lower is better"),
                            tr("Accuracy at the end less that just after the task was learnt"),
                            tr("kNN of a task before it was learnt less that before the first task")};
    for (int i = 0; i < strategies_->columnCount(); ++i) strategies_->horizontalHeaderItem(i)->setToolTip(tips[i]);
    strategies_->setAccessibleName(tr("Strategies"));
    strategies_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    strategies_->horizontalHeader()->setStretchLastSection(true);
    strategies_->horizontalHeader()->setHighlightSections(false);
    for (int i = 0; i < strategies_->columnCount(); ++i)
        strategies_->horizontalHeaderItem(i)->setTextAlignment((i ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    strategies_->verticalHeader()->hide();
    strategies_->setShowGrid(false);
    strategies_->setFont(Theme::numberFont());
    strategies_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    strategies_->setSelectionBehavior(QAbstractItemView::SelectRows);
    strategies_->setSelectionMode(QAbstractItemView::SingleSelection);
    strategies_->setTabKeyNavigation(false);
    column->addWidget(strategies_, 3);
    auto* lower = new QHBoxLayout;
    matrix_ = new HeatTable(tr("Accuracy of each task (across) after each task (down)"));
    matrix_->setToolTip(tr("Accuracy of each task (across) after each task (down)"));
    lower->addWidget(matrix_, 1);
    plot_ = new QCustomPlot;
    plot_->legend->setVisible(true);
    lower->addWidget(plot_, 1);
    column->addLayout(lower, 4);
    connect(studies_, &QComboBox::activated, this,
            [this](int index) { showStudy(known_[static_cast<std::size_t>(index)]); });
    connect(strategies_, &QTableWidget::currentCellChanged, this, [this] {
        showMatrix();
        drawCurves();
    });
    connect(&Theme::instance(), &Theme::changed, this, &SequencePanel::drawCurves);
    showStudy({});
}

void SequencePanel::setCheckpoint(const std::string& path) {
    if (path == checkpoint_) return;
    checkpoint_ = path;
    own_ = datasetOfCheckpoint(workbench_.workspace(), path);
    const QString files = tr("Files, separated by semicolons; each is a task unless classes are cut into groups");
    data_->setPlaceholderText(isOfPictures(own_) ? files + QStringLiteral(". ") + tr("Empty: the checkpoint's own data")
                                                 : files);
}

QWidget* SequencePanel::makeForm() {
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(label(tr("Labelled data")));
    data_ = new QLineEdit;
    data_->setPlaceholderText(tr("Files, separated by semicolons; each is a task unless classes are cut into groups"));
    data_->setAccessibleName(tr("Labelled files of the tasks"));
    row->addWidget(data_, 1);
    auto* browse = new QPushButton(tr("Choose…"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QStringList files = QFileDialog::getOpenFileNames(this, tr("Labelled data"));
        if (!files.isEmpty()) data_->setText(files.join(QStringLiteral("; ")));
    });
    row->addWidget(browse);
    column->addLayout(row);
    auto* numbers = new QHBoxLayout;
    auto number = [&](const QString& name, int least, int most, int value, const QString& none) {
        numbers->addWidget(label(name));
        auto* box = new QSpinBox;
        box->setRange(least, most);
        box->setValue(value);
        box->setSpecialValueText(none);
        box->setAccessibleName(name);
        numbers->addWidget(box);
        return box;
    };
    constexpr int many = 1000;
    group_ = number(tr("Classes a task"), 1, many, 2, tr("a file a task"));
    seeds_ = number(tr("Seeds"), 1, 20, 3, {});
    passes_ = number(tr("Passes"), 1, many, 3, {});
    numbers->addStretch(1);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->hide();
    constexpr int width = 160;
    progress_->setFixedWidth(width);
    numbers->addWidget(progress_);
    go_ = new QPushButton(tr("Carry out"));
    go_->setToolTip(
        tr("Six strategies with each seed, from the chosen checkpoint. Each task is a run of the history; what is done "
           "stays when you cancel, and goes on when you carry it out again"));
    go_->setObjectName(QStringLiteral("sequence.go"));
    connect(go_, &QPushButton::clicked, this, &SequencePanel::carryOut);
    numbers->addWidget(go_);
    column->addLayout(numbers);
    return form;
}

void SequencePanel::carryOut() {
    if (running_) return (void)stop_.request_stop();
    if (workbench_.session().active())
        return state_->setText(tr("A run is being trained already: %1").arg(workbench_.session().name()));
    if (checkpoint_.empty()) return state_->setText(tr("No checkpoint is chosen."));
    SequenceStudy study;
    study.checkpoint = checkpoint_;
    study.strategies = sequence_strategies();
    study.seeds = seeds_->value();
    study.group = group_->value() > 1 ? group_->value() : 0;
    study.settings = sequence_sheet().complete({{"epochs", passes_->value()}});
    std::vector<std::string> all;
    for (const QString& file : data_->text().split(QLatin1Char(';'), Qt::SkipEmptyParts))
        if (const QString path = file.trimmed(); !path.isEmpty()) all.push_back(ss(path));
    std::vector<std::vector<std::string>> tasks;
    if (study.group > 0 && (!all.empty() || isOfPictures(own_))) tasks.push_back(all);
    if (study.group == 0)
        for (const std::string& file : all) tasks.push_back({file});
    for (const std::vector<std::string>& files : tasks) {
        Json dataset = labelledLike(own_, files);
        dataset.erase("only");  // of a checkpoint that was itself a task of some of its classes
        study.datasets.push_back(find_sheet("dataset", dataset.value("kind", ""))->complete(dataset));
    }
    running_ = true;
    stop_ = std::stop_source();
    go_->setText(tr("Cancel"));
    progress_->setValue(0);
    progress_->show();
    state_->setText(tr("Preparing…"));
    const ProgressFn progress = [panel = QPointer<SequencePanel>(this)](const std::string& phase, double done) {
        QMetaObject::invokeMethod(
            qApp,
            [panel, phase, done] {
                if (!panel || !panel->running_) return;
                panel->state_->setText(qs(phase));
                if (done >= 0) panel->progress_->setValue(static_cast<int>(1000 * done));
            },
            Qt::QueuedConnection);
    };
    inBackground(
        this,
        [workspace = workbench_.workspace(), study, progress, stop = stop_.get_token()] {
            return carry_out_study(workspace, study, progress, stop);
        },
        [this](const Result<SequenceStudy>& done) {
            running_ = false;
            go_->setText(tr("Carry out"));
            progress_->hide();
            state_->setText(done                                          ? QString()
                            : done.error().code == Error::Code::cancelled ? tr("Cancelled; what was done is kept")
                                                                          : errorText(done.error()));
            told_ = !done;
            refresh();
            if (done) showStudy(done.value());
        });
}

void SequencePanel::refresh() {
    if (reading_) return;
    reading_ = true;
    inBackground(
        this,
        [workspace = workbench_.workspace()]() -> std::vector<SequenceStudy> {
            std::vector<SequenceStudy> studies;
            const auto store = workspace.store(Store::Mode::read_only);
            const auto records =
                store ? store.value().saved("sequence") : Result<std::vector<SavedRecord>>(store.error());
            if (records)
                for (const SavedRecord& record : records.value()) studies.push_back(sequence_study_of(record.body));
            return studies;
        },
        [this](std::vector<SequenceStudy> studies) {
            reading_ = false;
            known_ = std::move(studies);
            const std::string before = study_.name;
            studies_->clear();
            int current = -1;
            for (const SequenceStudy& study : known_) {
                studies_->addItem(qs(study.name));
                if (study.name == before) current = studies_->count() - 1;
            }
            if (known_.empty()) return;
            studies_->setCurrentIndex(std::max(0, current));
            showStudy(known_[static_cast<std::size_t>(std::max(0, current))]);
        });
}

void SequencePanel::showStudy(const SequenceStudy& study) {
    study_ = study;
    const bool any = !study.results.empty();
    for (QWidget* part : std::initializer_list<QWidget*>{strategies_, matrix_, plot_}) part->setVisible(any);
    for (QWidget* part : std::initializer_list<QWidget*>{heading_, studies_}) part->setVisible(any || !known_.empty());
    if (told_) {
        // What the study that ended just now has to say stays until another one is chosen.
        told_ = false;
    } else if (!any && !running_)
        state_->setText(
            tr("A sequence of tasks shows what a backbone forgets while it goes on learning: plain training one task "
               "after another, four "
               "remedies, and all tasks at once as the bound."));
    else if (!running_)
        state_->clear();
    state_->setVisible(!state_->text().isEmpty());
    showStrategies();
}

void SequencePanel::showStrategies() {
    const auto rows = strategy_rows(study_);
    const int before = std::max(0, strategies_->currentRow());
    strategies_->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < strategies_->rowCount(); ++i) {
        const StrategyRow& row = rows[static_cast<std::size_t>(i)];
        const QString dash = QStringLiteral("–");
        const QString cells[] = {strategyText(row.strategy),
                                 spreadText(row.average),
                                 spreadText(row.neighbours),
                                 row.in_turn ? spreadText(row.forgetting) : dash,
                                 row.in_turn ? spreadText(row.backward) : dash,
                                 row.in_turn ? spreadText(row.forward) : dash};
        for (int column = 0; column < 6; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setData(Qt::UserRole, qs(row.strategy));
            item->setTextAlignment((column ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            strategies_->setItem(i, column, item);
        }
    }
    if (!rows.empty()) strategies_->setCurrentCell(std::min(before, strategies_->rowCount() - 1), 0);
    showMatrix();
    drawCurves();
}

std::string SequencePanel::strategy() const {
    const QTableWidgetItem* item = strategies_->item(strategies_->currentRow(), 0);
    return item ? ss(item->data(Qt::UserRole).toString()) : std::string();
}

void SequencePanel::showMatrix() {
    std::vector<const SequenceResult*> seeds;
    for (const SequenceResult& r : study_.results)
        if (r.strategy == strategy()) seeds.push_back(&r);
    if (seeds.empty()) return matrix_->show({}, {}, {});
    const SequenceResult& first = *seeds.front();
    QStringList rows, columns;
    for (std::size_t task = 0; task < first.tasks.size(); ++task) columns << tr("Task %1").arg(task + 1);
    std::vector<std::vector<std::optional<HeatTable::Cell>>> cells;
    for (std::size_t row = 0; row < first.by_head.size(); ++row) {
        rows << (first.by_head.size() == 1 ? tr("All tasks")
                                           : tr("After %1: %2").arg(row + 1).arg(qs(first.tasks[row])));
        auto& line = cells.emplace_back();
        for (std::size_t task = 0; task < first.tasks.size(); ++task) {
            std::vector<double> values;
            for (const SequenceResult* r : seeds)
                if (r->by_head[row][task]) values.push_back(*r->by_head[row][task]);
            if (values.empty()) {
                line.emplace_back();
                continue;
            }
            const Spread s = spread_of(values);
            line.push_back(HeatTable::Cell{QString::number(s.mean, 'f', 3),
                                           QStringLiteral("%1: %2").arg(qs(first.tasks[task]), spreadText(s)), s.mean});
        }
    }
    matrix_->show(rows, columns, std::move(cells));
}

void SequencePanel::drawCurves() {
    plot_->clearPlottables();
    stylePlot(*plot_);
    const std::string chosen = strategy();
    std::vector<const SequenceResult*> seeds;
    for (const SequenceResult& r : study_.results)
        if (r.strategy == chosen) seeds.push_back(&r);
    if (seeds.empty()) return plot_->replot();
    const SequenceResult& first = *seeds.front();
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t row = 0; row < first.by_head.size(); ++row)
        ticker->addTick(static_cast<double>(row + 1), QString::number(row + 1));
    plot_->xAxis->setTicker(ticker);
    for (std::size_t task = 0; task < first.tasks.size(); ++task) {
        QVector<double> x, y, spread;
        for (std::size_t row = 0; row < first.by_head.size(); ++row) {
            std::vector<double> values;
            for (const SequenceResult* r : seeds)
                if (r->by_head[row][task]) values.push_back(*r->by_head[row][task]);
            if (values.empty()) continue;
            const Spread s = spread_of(values);
            x << static_cast<double>(row + 1);
            y << s.mean;
            spread << s.deviation;
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
    plot_->xAxis->setRange(0.7, static_cast<double>(first.by_head.size()) + 0.3);
    plot_->yAxis->setRange(0, 1.02);
    styleLegend(*plot_);
    plot_->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignBottom);
    plot_->replot();
}

}  // namespace gw::ui
