#include "ui/widgets/studies/pilot_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/try/labelled_like.h"
#include "util/named_file.h"
#include "workspace/studies/pilot.h"

namespace gw::ui {

namespace {

QString wayText(const std::string& way) {
    static const std::pair<const char*, const char*> texts[] = {
        {"scratch", QT_TRANSLATE_NOOP("PilotPanel", "From scratch")},
        {"head", QT_TRANSLATE_NOOP("PilotPanel", "Head alone")},
        {"full", QT_TRANSLATE_NOOP("PilotPanel", "All weights")},
        {"lora", QT_TRANSLATE_NOOP("PilotPanel", "LoRA")},
        {"lp_ft", QT_TRANSLATE_NOOP("PilotPanel", "Head first")}};
    for (const auto& [id, text] : texts)
        if (way == id) return QCoreApplication::translate("PilotPanel", text);
    return qs(way);
}

QString spreadText(const Spread& s, int digits = 3) {
    if (s.count == 0) return QStringLiteral("–");
    return s.count > 1 ? QStringLiteral("%1 ± %2").arg(valueText(s.mean, digits), valueText(s.deviation, 2))
                       : valueText(s.mean, digits);
}

QString triedText(const TriedSettings& tried) {
    QStringList parts;
    if (tried.rate > 0) parts << PilotPanel::tr("rate %1").arg(valueText(tried.rate, 3));
    if (tried.rank > 0)
        parts << PilotPanel::tr("rank %1, alpha %2").arg(countText(tried.rank), valueText(tried.alpha, 3));
    QStringList named;
    for (const std::string& name : tried.projections) named << qs(name);
    if (!named.isEmpty()) parts << PilotPanel::tr("of %1").arg(named.join(QLatin1Char(' ')));
    if (tried.passes > 0) parts << PilotPanel::tr("%1 passes").arg(valueText(tried.passes, 3));
    return parts.join(QStringLiteral(" · "));
}

/// What there is to choose from, and the chosen one of it.
struct Found {
    std::vector<std::string> names;
    std::optional<Pilot> pilot;
};

}  // namespace

PilotPanel::PilotPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(makeForm());
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    column->addWidget(state_);
    results_ = new QWidget;
    auto* below = new QVBoxLayout(results_);
    below->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(label(tr("Result"), "section"));
    pilots_ = new QComboBox;
    pilots_->setAccessibleName(tr("Pilots"));
    pilots_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(pilots_, 1);
    report_ = new QPushButton(tr("Report…"));
    report_->setToolTip(tr("Write a page that needs nothing else: the curve, what is best, what it costs"));
    connect(report_, &QPushButton::clicked, this, &PilotPanel::writeReport);
    row->addWidget(report_);
    below->addLayout(row);
    plot_ = new QCustomPlot;
    placeLegendBeside(*plot_);
    constexpr int leastHeight = 170;
    plot_->setMinimumHeight(leastHeight);
    below->addWidget(plot_, 3);
    below->addWidget(makeCosts());
    table_ = new QTableWidget(0, 8);
    table_->setHorizontalHeaderLabels({tr("Way"), tr("Labels"), tr("Quality"), tr("Trained"), tr("Seconds"),
                                       tr("ms an item"), tr("Cost a day"), tr("Tried with")});
    table_->setAccessibleName(tr("Results of the pilot"));
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setStretchLastSection(true);
    for (int i = 0; i < table_->columnCount(); ++i)
        table_->horizontalHeaderItem(i)->setTextAlignment((i ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    table_->verticalHeader()->hide();
    table_->setShowGrid(false);
    table_->setFont(Theme::numberFont());
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    below->addWidget(table_, 3);
    column->addWidget(results_, 1);
    column->addStretch(0);
    connect(pilots_, &QComboBox::activated, this, &PilotPanel::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &PilotPanel::draw);
    results_->hide();
    state_->setText(
        tr("A pilot tells what labels are worth before many are paid for: several ways of training from the chosen "
           "checkpoint, with few "
           "and many labels and several seeds."));
}

void PilotPanel::setCheckpoint(const std::string& path) {
    if (path == checkpoint_) return;
    checkpoint_ = path;
    own_ = datasetOfCheckpoint(workbench_.workspace(), path);
    data_->setPlaceholderText(isOfPictures(own_)
                                  ? tr("A file or folder of pictures with labels; empty: the checkpoint's own data")
                                  : tr("A file of texts with labels"));
}

QWidget* PilotPanel::makeForm() {
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(label(tr("Labelled data")));
    data_ = new QLineEdit;
    data_->setPlaceholderText(tr("A file of texts with labels"));
    data_->setAccessibleName(tr("Labelled data of the pilot"));
    row->addWidget(data_, 1);
    auto* browse = new QPushButton(tr("Choose…"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Labelled data"));
        if (!file.isEmpty()) data_->setText(file);
    });
    row->addWidget(browse);
    column->addLayout(row);
    auto* ways = new QHBoxLayout;
    ways->addWidget(label(tr("Ways")));
    for (const std::string& way : pilot_ways()) {
        auto* box = new QCheckBox(wayText(way));
        box->setChecked(way != "lp_ft");
        ways->addWidget(box);
        ways_.emplace_back(way, box);
    }
    ways->addStretch(1);
    column->addLayout(ways);
    auto* last = new QHBoxLayout;
    last->addWidget(label(tr("Labels")));
    counts_ = new QLineEdit(QStringLiteral("100, 500, all"));
    counts_->setAccessibleName(tr("Counts of labels, with “all” for all of them"));
    counts_->setToolTip(counts_->accessibleName());
    last->addWidget(counts_);
    over_ = new QComboBox;
    over_->addItem(tr("Seeds"), false);
    over_->addItem(tr("Folds"), true);
    over_->setAccessibleName(tr("What each way is repeated over"));
    over_->setToolTip(
        tr("Seeds: other examples and other first weights each time. Folds: a cross-validation, in which every text is "
           "evaluated once."));
    last->addWidget(over_);
    repeats_ = new QSpinBox;
    repeats_->setRange(1, 100);
    repeats_->setValue(3);
    repeats_->setAccessibleName(tr("How often each way is repeated"));
    connect(over_, &QComboBox::currentIndexChanged, this,
            [this] { repeats_->setMinimum(over_->currentData().toBool() ? 2 : 1); });
    last->addWidget(repeats_);
    last->addWidget(label(tr("Name")));
    name_ = new QLineEdit(tr("pilot"));
    name_->setAccessibleName(tr("Name of the pilot"));
    name_->setObjectName(QStringLiteral("pilot.name"));
    constexpr int letters = 10;  // of a name that can still be told; the row is full where the window is narrow
    name_->setMinimumWidth(letters * name_->fontMetrics().averageCharWidth() + 2 * letters);
    last->addWidget(name_, 1);
    go_ = new QPushButton(tr("Add to queue"));
    go_->setObjectName(QStringLiteral("pilot.go"));
    connect(go_, &QPushButton::clicked, this, &PilotPanel::queue);
    last->addWidget(go_);
    column->addLayout(last);
    return form;
}

QWidget* PilotPanel::makeCosts() {
    auto* costs = new QWidget;
    auto* row = new QHBoxLayout(costs);
    row->setContentsMargins(0, 0, 0, 0);
    auto amount = [&](const QString& name, double most, double step) {
        row->addWidget(label(name, "muted"));
        auto* box = new QDoubleSpinBox;
        box->setRange(0, most);
        box->setDecimals(step < 1 ? 3 : 0);
        box->setSingleStep(step);
        box->setAccessibleName(name);
        connect(box, &QDoubleSpinBox::valueChanged, this, &PilotPanel::fillTable);
        row->addWidget(box);
        return box;
    };
    price_ = amount(tr("Price an hour"), 1e6, 0.1);
    items_ = amount(tr("Items a day"), 1e9, 100);
    error_ = amount(tr("Value of an error"), 1e6, 0.1);
    row->addStretch(1);
    return costs;
}

void PilotPanel::repeatOver(bool folds, int times) {
    over_->setCurrentIndex(over_->findData(folds));
    repeats_->setValue(times);
}

CostModel PilotPanel::costs() const {
    return {price_->value(), items_->value(), error_->value(), {}};
}

void PilotPanel::queue() {
    PilotPlan plan;
    plan.name = ss(name_->text().trimmed());
    (over_->currentData().toBool() ? plan.folds : plan.seeds) = repeats_->value();
    for (const auto& [way, box] : ways_)
        if (box->isChecked()) plan.ways.push_back(way);
    for (const QString& text : counts_->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString one = text.trimmed();
        bool number = false;
        const std::int64_t count = one.toLongLong(&number);
        const bool all = one.compare(QStringLiteral("all"), Qt::CaseInsensitive) == 0;
        if (!all && (!number || count <= 0))
            return state_->setText(tr("“%1” is no count of labels: write numbers, or all").arg(one));
        plan.counts.push_back(all ? 0 : count);
    }
    if (plan.name.empty() || plan.ways.empty() || plan.counts.empty())
        return state_->setText(tr("A pilot needs a name, a way of training and a count of labels"));
    if (checkpoint_.empty()) return state_->setText(tr("No checkpoint is chosen."));
    const auto parent = parent_card(workbench_.workspace(), checkpoint_);
    if (!parent) return state_->setText(errorText(parent.error()));
    std::vector<std::string> files;
    if (const QString file = data_->text().trimmed(); !file.isEmpty() || !isOfPictures(own_)) files.push_back(ss(file));
    const auto runs = pilot_runs(parent.value(), {{"dataset", labelledLike(own_, files)}}, plan);
    if (!runs) return state_->setText(errorText(runs.error()));
    go_->setEnabled(false);
    state_->setText(tr("Reading the checkpoint…"));
    inBackground(
        this,
        [workspace = workbench_.workspace(), runs = runs.value(), plan] {
            return enqueue_pilot(workspace, runs, plan);
        },
        [this, plan, count = runs.value().size()](const Status& queued) {
            go_->setEnabled(true);
            if (!queued) return state_->setText(errorText(queued.error()));
            workbench_.setQueueWorks(true);
            state_->setText(tr("%1 runs wait in the queue. What they reach appears here.").arg(count));
            pilots_->addItem(qs(plan.name));
            pilots_->setCurrentIndex(pilots_->count() - 1);
            refresh();
        });
}

void PilotPanel::refresh() {
    if (reading_) return;
    reading_ = true;
    inBackground(
        this,
        [workspace = workbench_.workspace(), wanted = ss(pilots_->currentText())]() -> Found {
            Found found;
            const auto store = workspace.store(Store::Mode::read_only);
            const auto records = store ? store.value().saved("pilot") : Result<std::vector<SavedRecord>>(store.error());
            if (!records) return found;
            for (const SavedRecord& record : records.value()) found.names.push_back(record.name);
            if (found.names.empty()) return found;
            const bool known = std::find(found.names.begin(), found.names.end(), wanted) != found.names.end();
            if (auto pilot = read_pilot(store.value(), known ? wanted : found.names.front()))
                found.pilot = std::move(pilot).value();
            return found;
        },
        [this](const Found& found) {
            reading_ = false;
            results_->setVisible(found.pilot.has_value());
            if (!found.pilot) return;
            const QSignalBlocker quiet(pilots_);
            pilots_->clear();
            for (const std::string& name : found.names) pilots_->addItem(qs(name));
            pilots_->setCurrentText(qs(found.pilot->name));
            showPilot(*found.pilot);
        });
}

void PilotPanel::showPilot(const Pilot& pilot) {
    pilot_ = pilot;
    std::int64_t waiting = 0;
    for (const PilotCell& cell : pilot.cells) waiting += cell.waiting;
    state_->setText(waiting > 0 ? tr("Without a result yet: %1 runs").arg(countText(waiting)) : QString());
    fillTable();
    draw();
}

void PilotPanel::fillTable() {
    table_->setRowCount(static_cast<int>(pilot_.cells.size()));
    for (int i = 0; i < table_->rowCount(); ++i) {
        const PilotCell& c = pilot_.cells[static_cast<std::size_t>(i)];
        const double day = c.answers_a_day(costs()) + c.errors_a_day(costs());
        const QString cells[] = {wayText(c.way),
                                 c.count > 0 ? countText(c.count) : tr("all"),
                                 spreadText(c.quality),
                                 QStringLiteral("%1 %").arg(valueText(100 * c.trainable_share, 3)),
                                 spreadText(c.seconds),
                                 spreadText(c.milliseconds, 2),
                                 items_->value() > 0 && c.quality.count > 0 ? valueText(day, 4) : QStringLiteral("–"),
                                 triedText(c.tried)};
        for (int column = 0; column < 8; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment((column ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            table_->setItem(i, column, item);
        }
    }
}

void PilotPanel::draw() {
    plot_->clearPlottables();
    stylePlot(*plot_);
    std::vector<std::int64_t> counts;
    for (const PilotCell& cell : pilot_.cells)
        if (std::find(counts.begin(), counts.end(), cell.count) == counts.end()) counts.push_back(cell.count);
    std::sort(counts.begin(), counts.end(),
              [](std::int64_t a, std::int64_t b) { return (a > 0 ? a : INT64_MAX) < (b > 0 ? b : INT64_MAX); });
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t i = 0; i < counts.size(); ++i)
        ticker->addTick(static_cast<double>(i + 1), counts[i] > 0 ? countText(counts[i]) : tr("all"));
    plot_->xAxis->setTicker(ticker);
    int color = 0;
    for (const auto& [way, box] : ways_) {
        QVector<double> x, y, spread, low, high;
        for (std::size_t i = 0; i < counts.size(); ++i)
            for (const PilotCell& cell : pilot_.cells)
                if (cell.way == way && cell.count == counts[i] && cell.quality.count > 0) {
                    x << static_cast<double>(i + 1);
                    y << cell.quality.mean;
                    low << cell.quality.mean - cell.quality.deviation;
                    high << cell.quality.mean + cell.quality.deviation;
                }
        const QColor its = tokens().curve(color++);
        if (x.isEmpty()) continue;
        QColor soft = its;
        soft.setAlphaF(0.15F);
        auto* floor = plot_->addGraph();
        auto* ceiling = plot_->addGraph();
        for (QCPGraph* edge : {floor, ceiling}) {
            edge->setPen(Qt::NoPen);
            edge->removeFromLegend();
        }
        floor->setData(x, low, true);
        ceiling->setData(x, high, true);
        ceiling->setBrush(soft);
        ceiling->setChannelFillGraph(floor);
        QCPGraph* graph = plot_->addGraph();
        graph->setName(wayText(way));
        graph->setPen(QPen(its, 2));
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 7));
        graph->setData(x, y, true);
    }
    plot_->xAxis->setLabel(tr("Labels"));
    plot_->yAxis->setLabel(tr("Quality on unseen data"));
    plot_->yAxis->rescale();
    plot_->yAxis->scaleRange(1.1);
    plot_->xAxis->setRange(0.8, static_cast<double>(std::max<std::size_t>(counts.size(), 1)) + 0.2);
    styleLegend(*plot_);
    plot_->replot();
}

void PilotPanel::writeReport() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Write the report"), QStringLiteral("pilot.html"),
                                                      tr("HTML page (*.html)"));
    if (file.isEmpty()) return;
    if (Status written = write_named_file(ss(file), pilot_report(pilot_, costs()), Existing::replace); !written)
        return workbench_.showError(written.error());
    workbench_.say(tr("Written to %1").arg(file));
}

}  // namespace gw::ui
