#include "ui/widgets/run/judgement_panel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "schema/metric.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

namespace {

enum View { confusion, roc, precisionRecall, calibrated, sliced, classic };

}  // namespace

JudgementPanel::JudgementPanel(const Workbench* workbench, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    auto choice = [&](const QString& name) {
        auto* box = new QComboBox;
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setProperty("look", QStringLiteral("small"));
        row->addWidget(box);
        return box;
    };
    part_ = choice(tr("Part of the data"));
    part_->addItem(tr("Validation"), QStringLiteral("validation"));
    part_->addItem(tr("Test"), QStringLiteral("test"));
    view_ = choice(tr("What is drawn"));
    for (const auto& [view, text] : classViews()) view_->addItem(text, view);
    view_->addItem(tr("Slices"), sliced);
    class_ = choice(tr("Class"));
    cutBy_ = choice(tr("What the rows are cut by"));
    words_ = new QLineEdit;
    words_->setPlaceholderText(tr("Words, separated by commas"));
    words_->setAccessibleName(tr("Words, each of which makes a slice of the texts that hold it"));
    words_->setToolTip(words_->accessibleName());
    row->addWidget(words_, 2);
    row->addStretch(1);
    column->addLayout(row);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    column->addWidget(state_);
    metrics_ = label({});
    metrics_->setTextFormat(Qt::RichText);
    metrics_->setWordWrap(true);
    metrics_->setFont(Theme::numberFont());
    metrics_->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::LinksAccessibleByKeyboard);
    connect(metrics_, &QLabel::linkActivated, this, [this] {
        allFigures_ = !allFigures_;
        showMetrics();
    });
    column->addWidget(metrics_);
    matrix_ = new HeatTable(tr("Confusion matrix: true classes down, guesses across"));
    gallery_ = new RowGallery;
    tables_ = new QSplitter(Qt::Vertical);
    tables_->setChildrenCollapsible(false);
    tables_->addWidget(matrix_);
    tables_->addWidget(gallery_);
    tables_->setStretchFactor(0, 1);
    tables_->setStretchFactor(1, 1);
    column->addWidget(tables_, 1);
    plot_ = new QCustomPlot;
    constexpr int leastHeight = 160;
    plot_->setMinimumHeight(leastHeight);
    gallery_->setMinimumHeight(leastHeight);
    column->addWidget(plot_, 1);
    if (workbench) {
        baselines_ = new BaselinesPanel(*workbench);
        column->addWidget(baselines_, 1);
    }
    connect(part_, &QComboBox::currentIndexChanged, this, &JudgementPanel::read);
    connect(view_, &QComboBox::currentIndexChanged, this, &JudgementPanel::showAll);
    connect(class_, &QComboBox::currentIndexChanged, this, &JudgementPanel::draw);
    connect(cutBy_, &QComboBox::currentIndexChanged, this, &JudgementPanel::showAll);
    connect(words_, &QLineEdit::editingFinished, this, &JudgementPanel::cut);
    connect(matrix_, &QTableWidget::cellClicked, this, &JudgementPanel::showCell);
    connect(matrix_, &QTableWidget::cellActivated, this, &JudgementPanel::showCell);  // by the keyboard
    connect(&Theme::instance(), &Theme::changed, this, &JudgementPanel::draw);
    showAll();
}

void JudgementPanel::setRun(const RunRecord& run) {
    datasetHash_ = run.facts.value("dataset_hash", std::string());  // known once the data has been read
    if (folder_ == run.path) return;
    folder_ = run.path;
    spec_ = run.spec;
    predictions_.reset();
    // Of pictures nothing may be known beside their label: what they can be cut by is seen when their columns are read.
    offerSlices(!specCountsImages(spec_));
    if (baselines_) baselines_->setRun(run);
    readColumns();
    showAll();
}

void JudgementPanel::read() {
    if (folder_.empty()) return;
    const fs::path file = fs::path(folder_) / ("predictions-" + ss(part_->currentData().toString()) + ".jsonl");
    std::error_code ignored;
    const fs::file_time_type time = fs::last_write_time(file, ignored);
    if (predictions_ && read_ == file && readOf_ == time) return;  // the rows that somebody looks at stay
    inBackground(
        this, [file] { return read_predictions(file); },
        [this, file, time, folder = folder_](Result<Predictions> found) {
            if (folder != folder_) return;
            std::error_code ignored;
            read_ = file;
            readOf_ = time;
            predictions_ = found ? std::make_shared<const Predictions>(std::move(found).value()) : nullptr;
            showAll();
            if (!predictions_ && fs::exists(file, ignored)) state_->setText(errorText(found.error()));
        });
}

void JudgementPanel::showAll() {
    const bool any = predictions_ && predictions_->rows() > 0;
    state_->setVisible(!any);
    state_->setText(tr("A run on labelled data shows here, when it has ended, what it said of every held-out row."));
    const bool numbers = any && predictions_->kind == LabelKind::number;
    offerBaselines(any && (numbers || predictions_->kind == LabelKind::one_class));
    // Numbers are neither confused nor ranked.
    for (const auto& [view, name] : classViews()) offerView(view, name, !numbers);
    if (numbers) offerSlices(true);
    view_->setVisible(any && view_->count() > 1);
    const int view = view_->currentData().toInt();
    if (baselines_) baselines_->setVisible(any && view == classic);
    metrics_->setVisible(any && view != classic);  // a small window has room for one table of figures
    matrix_->setVisible(any && ((!numbers && view == confusion) || view == sliced));
    // Numbers have no confusion: their rows stand below the slices.
    gallery_->setVisible(any && ((numbers && view != classic) || view == confusion));
    tables_->setVisible(any && (view == confusion || view == sliced));
    gallery_->setPredictions(predictions_, spec_, datasetHash_);
    plot_->setVisible(any && (view == roc || view == precisionRecall || view == calibrated));
    cutBy_->setVisible(any && view == sliced && cutBy_->count() > 1);
    words_->setVisible(any && view == sliced && cutBy_->currentData().toString().isEmpty());
    class_->setVisible(any && (view == roc || view == precisionRecall) && predictions_->classes.size() > 2);
    if (!any) return;
    const QSignalBlocker quiet(class_);
    class_->clear();
    class_->addItem(tr("All classes"), -1);
    for (std::size_t c = 0; c < predictions_->classes.size(); ++c)
        class_->addItem(qs(predictions_->classes[c]), static_cast<int>(c));
    showMetrics();
    if (view == classic) return baselines_->measure(ss(part_->currentData().toString()));
    if (view == sliced) return cut();
    if (!numbers) showConfusion();
    draw();
}

std::vector<std::pair<int, QString>> JudgementPanel::classViews() {
    return {{confusion, tr("Confusion")},
            {roc, tr("ROC curves")},
            {precisionRecall, tr("Precision and recall")},
            {calibrated, tr("Calibration")}};
}

void JudgementPanel::offerView(int view, const QString& name, bool offered) {
    const QSignalBlocker quiet(view_);
    const int at = view_->findData(view);
    if (!offered && at >= 0) view_->removeItem(at);
    if (!offered || at >= 0) return;
    int before = 0;  // in the order of their numbers
    while (before < view_->count() && view_->itemData(before).toInt() < view) ++before;
    view_->insertItem(before, name, view);
}

void JudgementPanel::offerSlices(bool offered) {
    offerView(sliced, tr("Slices"), offered);
}

void JudgementPanel::offerBaselines(bool offered) {
    offerView(classic, tr("Classic methods"), offered && baselines_);
}

void JudgementPanel::compareWithBaselines() {
    view_->setCurrentIndex(view_->findData(classic));
}

void JudgementPanel::readColumns() {
    const QSignalBlocker quiet(cutBy_);
    cutBy_->clear();
    cutBy_->addItem(tr("By words"), QString());
    inBackground(
        this, [dataset = spec_.value("dataset", Json::object())] { return slice_columns(dataset); },
        [this, folder = folder_](const Result<std::vector<std::string>>& columns) {
            if (folder != folder_ || !columns) return;  // data that is gone is told of when it is cut
            const QSignalBlocker quiet(cutBy_);
            for (const std::string& name : columns.value()) cutBy_->addItem(tr("By %1").arg(qs(name)), qs(name));
            if (!columns.value().empty()) offerSlices(true);
            showAll();
        });
}

void JudgementPanel::cutByColumn(const QString& column) {
    view_->setCurrentIndex(view_->findData(sliced));
    cutBy_->setCurrentIndex(cutBy_->findData(column));
}

void JudgementPanel::cutByWords(const QString& words) {
    words_->setText(words);
    cutBy_->setCurrentIndex(0);
    view_->setCurrentIndex(view_->findData(sliced));
    cut();
}

void JudgementPanel::cut() {
    if (!predictions_ || view_->currentData().toInt() != sliced) return;
    SliceWish wish;
    wish.column = ss(cutBy_->currentData().toString());
    if (wish.column.empty())
        for (const QString& word : words_->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
            if (!word.trimmed().isEmpty()) wish.words.push_back(ss(word.trimmed()));
    matrix_->setVisible(false);
    state_->setVisible(true);
    if (wish.column.empty() && wish.words.empty())
        return state_->setText(
            tr("Write words to see whether the texts that hold them are judged worse than the others."));
    state_->setText(tr("Reading the texts…"));
    stop_.request_stop();
    stop_ = std::stop_source();
    inBackground(
        this,
        [folder = fs::path(folder_), spec = spec_, hash = datasetHash_, part = ss(part_->currentData().toString()),
         wish, stop = stop_.get_token()] { return slices_of_run(folder, spec, hash, part, wish, {}, stop); },
        [this, asked = predictions_, stop = stop_.get_token()](const Result<SliceReport>& found) {
            if (asked == predictions_ && !stop.stop_requested()) showSlices(found);
        });
}

void JudgementPanel::showSlices(const Result<SliceReport>& found) {
    if (!found) return state_->setText(errorText(found.error()));
    const SliceReport& report = found.value();
    const QString metric = metricText(report.metric);
    double widest = 0;
    for (const Slice& slice : report.slices) widest = std::max(widest, slice.gap);
    QStringList rows{tr("All rows")};
    std::vector<std::vector<std::optional<HeatTable::Cell>>> cells;
    cells.push_back({HeatTable::Cell{countText(report.rows), {}, 0},
                     HeatTable::Cell{valueText(report.overall, 3), {}, 0}, std::nullopt});
    for (const Slice& slice : report.slices) {
        rows << qs(slice.name);
        cells.push_back(
            {HeatTable::Cell{countText(slice.rows), {}, 0}, HeatTable::Cell{valueText(slice.value, 3), {}, 0},
             HeatTable::Cell{valueText(slice.gap, 3), {}, widest > 0 ? std::max(0.0, slice.gap / widest) : 0}});
    }
    matrix_->show(rows, {tr("Rows"), metric, tr("Worse by")}, cells);
    matrix_->setVisible(true);
    state_->setVisible(false);
}

void JudgementPanel::showMetrics() {
    QString text = QStringLiteral("<table cellspacing=0 cellpadding=1 width='100%'>");
    int cell = 0;
    auto add = [&](const QString& name, const QString& value) {
        if (cell % 2 == 0) text += QStringLiteral("<tr>");
        text += QStringLiteral("<td style='color:%1'>%2</td><td align=right>%3&nbsp;&nbsp;&nbsp;</td>")
                    .arg(tokens().muted.name(), name, value);
        if (++cell % 2 == 0) text += QStringLiteral("</tr>");
    };
    add(tr("Rows"), countText(predictions_->rows()));
    // What a run is judged by comes first; who wants all kinds of averages asks for them.
    const auto metrics = task_metrics(*predictions_);
    const std::string main = main_metric(predictions_->kind);
    if (const auto it = metrics.find(main); it != metrics.end()) add(metricText(main), valueText(it->second, 3));
    constexpr int few = 7;
    const bool many = static_cast<int>(metrics.size()) > few;
    int shown = 1;
    QStringList explained;
    auto explain = [&](const std::string& name) {
        if (const Metric* known = find_metric(name))
            explained << metricText(name) + QStringLiteral(": ") + QCoreApplication::translate("Core", known->summary);
    };
    explain(main);
    for (const auto& [name, value] : metrics) {
        const Metric* declared = find_metric(name);
        const bool another = declared && declared->another_average;
        if (name == main || (many && !allFigures_ && (shown >= few || another))) continue;
        add(metricText(name), valueText(value, 3));
        explain(name);
        ++shown;
    }
    text += QStringLiteral("</table>");
    if (many) {
        const QString link = allFigures_ ? tr("Fewer figures") : tr("All figures");
        text += QStringLiteral("<a href='figures' style='color:%1'>%2</a>").arg(tokens().accent.name(), link);
    }
    metrics_->setText(text);
    metrics_->setToolTip(explained.join(QLatin1Char('\n')));
}

void JudgementPanel::showConfusion() {
    if (predictions_->kind == LabelKind::class_set) {
        const auto scores = class_scores(*predictions_);
        QStringList rows;
        std::vector<std::vector<std::optional<HeatTable::Cell>>> cells;
        for (const ClassScore& s : scores) {
            rows << qs(s.name);
            auto& line = cells.emplace_back();
            line.push_back(HeatTable::Cell{countText(s.support), {}, 0});
            for (const double v : {s.precision, s.recall, s.f1})
                line.push_back(HeatTable::Cell{valueText(v, 3), {}, v});
        }
        return matrix_->show(rows, {tr("Rows"), tr("Precision"), tr("Recall"), tr("F1")}, std::move(cells));
    }
    const Confusion counts = confusion_of(*predictions_);
    QStringList names;
    for (const std::string& name : predictions_->classes) names << qs(name);
    std::vector<std::vector<std::optional<HeatTable::Cell>>> cells;
    for (std::int64_t truth = 0; truth < counts.classes; ++truth) {
        std::int64_t all = 0;
        for (std::int64_t guess = 0; guess < counts.classes; ++guess) all += counts.at(truth, guess);
        auto& line = cells.emplace_back();
        for (std::int64_t guess = 0; guess < counts.classes; ++guess) {
            const double share = all > 0 ? static_cast<double>(counts.at(truth, guess)) / static_cast<double>(all) : 0;
            const auto t = static_cast<qsizetype>(truth), g = static_cast<qsizetype>(guess);
            line.push_back(HeatTable::Cell{
                countText(counts.at(truth, guess)),
                tr("%1 of the rows that are “%2” were taken for “%3”: %4 %. Click to see them")
                    .arg(countText(counts.at(truth, guess)), names[t], names[g], valueText(100 * share, 3)),
                share});
        }
    }
    matrix_->show(names, names, std::move(cells));
}

void JudgementPanel::showCell(int row, int column) {
    const bool ofClasses =
        predictions_ && (predictions_->kind == LabelKind::one_class || predictions_->kind == LabelKind::word_classes);
    if (ofClasses && view_->currentData().toInt() == confusion) gallery_->showCell(row, column);
}

void JudgementPanel::draw() {
    if (!predictions_ || predictions_->rows() == 0) return;
    const int view = view_->currentData().toInt();
    if (plot_->isHidden()) return;
    plot_->clearPlottables();
    stylePlot(*plot_);
    auto line = [&](const std::vector<double>& x, const std::vector<double>& y, const QColor& color, bool dashed) {
        auto* curve = new QCPCurve(plot_->xAxis, plot_->yAxis);
        curve->setData(QVector<double>(x.begin(), x.end()), QVector<double>(y.begin(), y.end()));
        curve->setPen(QPen(color, dashed ? 1 : 2, dashed ? Qt::DashLine : Qt::SolidLine));
        return curve;
    };
    if (view == calibrated) {
        line({0, 1}, {0, 1}, tokens().muted, true);
        std::vector<double> x, y;
        for (const CalibrationBin& bin : calibration(*predictions_))
            if (bin.rows > 0) {
                x.push_back(bin.confidence);
                y.push_back(bin.accuracy);
            }
        line(x, y, tokens().curve(0), false)->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
        plot_->xAxis->setLabel(tr("How sure the model says it is"));
        plot_->yAxis->setLabel(tr("How often it is right"));
    } else {
        const int only = class_->currentData().toInt();
        const bool two = predictions_->classes.size() == 2;
        constexpr int mostCurves = 12;
        for (int c = 0; c < static_cast<int>(predictions_->classes.size()) && c < mostCurves; ++c) {
            if (two ? c == 0 : only >= 0 && c != only) continue;
            std::vector<double> x, y;
            for (const ScorePoint& p :
                 view == roc ? roc_curve(*predictions_, c) : precision_recall_curve(*predictions_, c)) {
                x.push_back(p.x);
                y.push_back(p.y);
            }
            line(x, y, tokens().curve(c), false)->setName(qs(predictions_->classes[static_cast<std::size_t>(c)]));
        }
        if (view == roc) line({0, 1}, {0, 1}, tokens().muted, true)->removeFromLegend();
        plot_->xAxis->setLabel(view == roc ? tr("False alarms") : tr("Recall"));
        plot_->yAxis->setLabel(view == roc ? tr("Found") : tr("Precision"));
    }
    plot_->legend->setVisible(view != calibrated && predictions_->classes.size() > 2);
    styleLegend(*plot_);
    plot_->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignRight | Qt::AlignBottom);
    plot_->xAxis->setRange(-0.02, 1.02);
    plot_->yAxis->setRange(-0.02, 1.02);
    plot_->replot();
}

}  // namespace gw::ui
