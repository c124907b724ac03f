#include "ui/forms/column_charts.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "data/tables/cell_texts.h"
#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/widgets/flow_layout.h"

namespace gw::ui {

namespace {

constexpr int mostCharts = 24, chartWidth = 212, curveWidth = 436, chartHeight = 92, mostWords = 6;
constexpr double percent = 100;

QString columnValue(const ColumnSurvey::Column& column, double value) {
    return column.type == ColumnSurvey::Type::dates ? qs(date_text(value)) : valueText(value, 3);
}

/// "mean 0.25, deviation 1.2, −3 to 4"; of words how many there are.
QString spreadText(const ColumnSurvey::Column& column) {
    if (column.filled == 0) return ColumnCharts::tr("no value");
    if (column.type == ColumnSurvey::Type::words)
        return plural(column.different, ColumnCharts::tr("1 category"), ColumnCharts::tr("%1 categories"));
    if (column.type == ColumnSurvey::Type::dates)
        return ColumnCharts::tr("%1 to %2").arg(columnValue(column, column.least), columnValue(column, column.most));
    return ColumnCharts::tr("mean %1, deviation %2, %3 to %4")
        .arg(valueText(column.mean, 3), valueText(column.deviation, 3), valueText(column.least, 3),
             valueText(column.most, 3));
}

QString countsText(const ColumnSurvey::Column& column) {
    const QString values = plural(column.filled, ColumnCharts::tr("1 value"), ColumnCharts::tr("%1 values"));
    return column.missing == 0
               ? values
               : ColumnCharts::tr("%1, %2 % missing").arg(values, valueText(percent * column.missing_share(), 2));
}

QString wholeText(const ColumnSurvey::Column& column) {
    QString text = qs(column.name) + QLatin1Char('\n') + spreadText(column) + QLatin1Char('\n') + countsText(column);
    for (const auto& [word, count] : column.categories)
        text += QStringLiteral("\n%1 (%2)").arg(qs(word), countText(count));
    if (const auto left = column.different - static_cast<std::int64_t>(column.categories.size()); left > 0)
        text += QLatin1Char('\n') + ColumnCharts::tr("and %1 more").arg(left);
    return text;
}

void bare(QCPAxisRect& rect, QCPAxis::AxisType left, QCPAxis::AxisType bottom) {
    rect.setAutoMargins(QCP::msNone);
    rect.setMargins(QMargins(2, 2, 2, 2));
    for (const QCPAxis::AxisType type : {left, bottom}) {
        rect.axis(type)->setTicks(false);
        rect.axis(type)->grid()->setVisible(false);
    }
}

void drawHistogram(QCPAxisRect& rect, const ColumnSurvey::Column& column) {
    bare(rect, QCPAxis::atLeft, QCPAxis::atBottom);
    auto* bars = new QCPBars(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    bars->setPen(Qt::NoPen);
    bars->setBrush(tokens().accent);
    constexpr double broad = 0.9;
    bars->setWidth(broad);
    double most = 1;
    for (std::size_t i = 0; i < column.bins.size(); ++i) {
        bars->addData(static_cast<double>(i), static_cast<double>(column.bins[i]));
        most = std::max(most, static_cast<double>(column.bins[i]));
    }
    const double edge = column.bins.size() < 3 ? 1.5 : 0.5;  // a single bar is no wall
    rect.axis(QCPAxis::atBottom)->setRange(-edge, static_cast<double>(column.bins.size()) - 1 + edge);
    rect.axis(QCPAxis::atLeft)->setRange(0, most);
}

void drawCurve(QCPAxisRect& rect, const ColumnSurvey::Column& column) {
    bare(rect, QCPAxis::atLeft, QCPAxis::atBottom);
    auto* line = new QCPGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    line->setPen(QPen(tokens().accent, 1.2));
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (std::size_t i = 0; i < column.curve.size(); ++i) {
        line->addData(static_cast<double>(i), column.curve[i]);  // NaN leaves a gap
        if (std::isnan(column.curve[i])) continue;
        low = std::min(low, column.curve[i]), high = std::max(high, column.curve[i]);
    }
    rect.axis(QCPAxis::atBottom)->setRange(0, std::max<double>(1, static_cast<double>(column.curve.size()) - 1));
    if (low <= high) {
        const double room = high > low ? 0.06 * (high - low) : 1;
        rect.axis(QCPAxis::atLeft)->setRange(low - room, high + room);
    }
}

/// The commonest words as bars that lie, each with its name in it.
void drawWords(QCustomPlot& plot, const ColumnSurvey::Column& column) {
    bare(*plot.axisRect(), QCPAxis::atLeft, QCPAxis::atBottom);
    auto* bars = new QCPBars(plot.yAxis, plot.xAxis);
    bars->setPen(Qt::NoPen);
    bars->setBrush(tokens().accentSoft);
    constexpr double broad = 0.88;
    bars->setWidth(broad);
    const auto shown = std::min<std::size_t>(mostWords, column.categories.size());
    double most = 1;
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [word, count] = column.categories[i];
        bars->addData(static_cast<double>(i), static_cast<double>(count));
        most = std::max(most, static_cast<double>(count));
        auto* name = new QCPItemText(&plot);
        name->setClipToAxisRect(true);
        name->setFont(Theme::smallFont());
        name->setColor(tokens().text);
        name->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        name->setPadding(QMargins(4, 0, 0, 0));
        name->position->setCoords(0, static_cast<double>(i));
        constexpr int nameWidth = 128;
        name->setText(QFontMetrics(Theme::smallFont()).elidedText(qs(word).simplified(), Qt::ElideRight, nameWidth) +
                      QStringLiteral("  ") + countText(count));
    }
    plot.xAxis->setRange(0, most);
    plot.yAxis->setRange(-0.5, static_cast<double>(std::max<std::size_t>(shown, 3)) - 0.5);
    plot.yAxis->setRangeReversed(true);
}

}  // namespace

ColumnCharts::ColumnCharts(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("data.columns"));
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(0, 6, 0, 0);
    column_->setSpacing(6);
    heading_ = label({}, "muted");
    heading_->setWordWrap(true);
    column_->addWidget(heading_);
    setVisible(false);
}

void ColumnCharts::show(const std::optional<ColumnSurvey>& survey, bool whole) {
    delete shown_;
    shown_ = nullptr;
    correlations_ = nullptr;
    charts_ = 0;
    setVisible(survey.has_value());
    if (!survey) return;
    const auto many = static_cast<std::int64_t>(survey->columns.size());
    const QString rows = whole ? tr("Columns, by all %1 rows").arg(countText(survey->rows))
                               : tr("Columns, by the first %1 rows").arg(countText(survey->rows));
    const std::int64_t all = survey->all_columns + (many > 0 && survey->columns.front().target ? 1 : 0);
    heading_->setText(all > mostCharts
                          ? tr("%1; the first %2 of %3 columns")
                                .arg(rows, countText(std::min<std::int64_t>(mostCharts, many)), countText(all))
                          : rows);
    shown_ = new QWidget;
    auto* below = new QVBoxLayout(shown_);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(10);
    column_->addWidget(shown_);
    auto* grid = new QWidget;
    constexpr int between = 14;
    new FlowLayout(grid, between);
    below->addWidget(grid);
    for (std::size_t i = 0; i < std::min<std::size_t>(mostCharts, survey->columns.size()); ++i)
        addChart(*survey, survey->columns[i]);
    addCorrelations(*survey);
    addGaps(*survey);
}

void ColumnCharts::addChart(const ColumnSurvey& survey, const ColumnSurvey::Column& column) {
    const bool curve = survey.series && !column.curve.empty();
    auto* card = new QWidget;
    card->setFixedWidth(curve ? curveWidth : chartWidth);
    auto* lines = new QVBoxLayout(card);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    const QFontMetrics letters(font());
    auto* name =
        label(letters.elidedText(column.target ? tr("%1 (to be learnt)").arg(qs(column.name)) : qs(column.name),
                                 Qt::ElideMiddle, card->width()));
    name->setTextFormat(Qt::PlainText);
    lines->addWidget(name);
    auto* plot = new QCustomPlot;
    plot->setFixedHeight(chartHeight);
    plot->setAccessibleName(qs(column.name));
    plot->setAccessibleDescription(wholeText(column));
    stylePlot(*plot);
    plot->plotLayout()->setMargins(QMargins());
    if (column.type == ColumnSurvey::Type::words) {
        drawWords(*plot, column);
    } else if (curve) {
        drawCurve(*plot->axisRect(), column);
        auto* beside = new QCPAxisRect(plot);
        plot->plotLayout()->addElement(0, 1, beside);
        constexpr double share = 0.45;
        plot->plotLayout()->setColumnStretchFactor(1, share);
        drawHistogram(*beside, column);
    } else {
        drawHistogram(*plot->axisRect(), column);
    }
    plot->setToolTip(plainTip(wholeText(column)));
    lines->addWidget(plot);
    for (const QString& text : {spreadText(column), countsText(column)}) {
        auto* fact = label(text, "muted");
        fact->setFont(Theme::smallFont());
        fact->setWordWrap(true);
        lines->addWidget(fact);
    }
    lines->addStretch(1);
    shown_->layout()->itemAt(0)->widget()->layout()->addWidget(card);
    ++charts_;
}

void ColumnCharts::addCorrelations(const ColumnSurvey& survey) {
    const auto many = static_cast<int>(survey.correlated.size());
    if (many < 2) return;
    const auto numbers = std::count_if(survey.columns.begin(), survey.columns.end(),
                                       [](const auto& column) { return column.type == ColumnSurvey::Type::numbers; });
    const bool all = numbers == many && survey.all_columns <= static_cast<std::int64_t>(survey.columns.size());
    auto* heading = label(all ? tr("Correlations of the columns of numbers")
                              : tr("Correlations of the first %1 columns of numbers").arg(many),
                          "muted");
    shown_->layout()->addWidget(heading);
    auto* plot = correlations_ = new QCustomPlot;
    plot->setAccessibleName(heading->text());
    stylePlot(*plot);
    auto* map = new QCPColorMap(plot->xAxis, plot->yAxis);
    map->data()->setSize(many, many);
    map->data()->setRange({0, many - 1.0}, {0, many - 1.0});
    map->setInterpolate(false);
    map->setTightBoundary(false);
    QCPColorGradient colours;
    colours.clearColorStops();
    colours.setColorStopAt(0, tokens().curve(1));
    colours.setColorStopAt(0.5, tokens().surface);
    colours.setColorStopAt(1, tokens().curve(0));
    colours.setNanHandling(QCPColorGradient::nhNanColor);
    colours.setNanColor(tokens().line);
    constexpr int few = 10, cell = 44, small = 22, nameWidth = 110;
    const QFontMetrics letters(Theme::smallFont());
    QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText), down(new QCPAxisTickerText);
    QString told;
    int widest = 0;
    for (int a = 0; a < many; ++a) {
        const QString name = qs(survey.columns[survey.correlated[static_cast<std::size_t>(a)]].name);
        const QString shown = letters.elidedText(name, Qt::ElideMiddle, nameWidth);
        widest = std::max(widest, letters.horizontalAdvance(shown));
        names->addTick(a, shown);
        down->addTick(a, shown);
        for (int b = 0; b < many; ++b) {
            const double value = survey.correlations[static_cast<std::size_t>(a * many + b)];
            map->data()->setCell(a, b, value);
            if (a < b && std::isfinite(value))
                told += QStringLiteral("%1, %2: %3\n")
                            .arg(name, qs(survey.columns[survey.correlated[static_cast<std::size_t>(b)]].name),
                                 valueText(value, 2));
            if (many > few || !std::isfinite(value)) continue;
            auto* text = new QCPItemText(plot);
            text->setFont(Theme::smallFont());
            text->setColor(tokens().text);
            text->setText(QString::number(value, 'f', 2));
            text->position->setCoords(a, b);
        }
    }
    plot->setAccessibleDescription(told);
    plot->xAxis->setTicker(names);
    plot->yAxis->setTicker(down);
    plot->yAxis->setRangeReversed(true);
    constexpr double upright = 90;
    if (widest > (many > few ? small : cell)) plot->xAxis->setTickLabelRotation(upright);
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
        axis->setRange(-0.5, many - 0.5);
        axis->grid()->setVisible(false);
    }
    auto* scale = new QCPColorScale(plot);
    plot->plotLayout()->addElement(0, 1, scale);
    scale->setType(QCPAxis::atRight);
    scale->setBarWidth(10);
    scale->axis()->setTickLabelFont(Theme::smallFont());
    scale->axis()->setTickLabelColor(tokens().muted);
    scale->axis()->setBasePen(Qt::NoPen);
    map->setColorScale(scale);
    map->setGradient(colours);
    map->setDataRange({-1, 1});
    const int side = many * (many > few ? small : cell), edges = widest + 80;
    plot->setFixedSize(side + edges, side + (plot->xAxis->tickLabelRotation() > 0 ? widest + 30 : 40));
    auto* margins = new QCPMarginGroup(plot);
    plot->axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    scale->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    connect(plot, &QCustomPlot::mouseMove, plot, [plot, map, names, many](QMouseEvent* event) {
        const int a = static_cast<int>(std::lround(plot->xAxis->pixelToCoord(event->pos().x()))),
                  b = static_cast<int>(std::lround(plot->yAxis->pixelToCoord(event->pos().y())));
        const bool inside = a >= 0 && b >= 0 && a < many && b < many;
        plot->setToolTip(inside ? plainTip(tr("%1 and %2: %3")
                                               .arg(names->ticks().value(a), names->ticks().value(b),
                                                    valueText(map->data()->cell(a, b), 3)))
                                : QString());
    });
    shown_->layout()->addWidget(plot);
}

void ColumnCharts::addGaps(const ColumnSurvey& survey) {
    if (survey.all_gaps == 0) return;
    QStringList lines{plural(survey.all_gaps, tr("1 gap in the times:"), tr("%1 gaps in the times:"))};
    for (const ColumnSurvey::Gap& gap : survey.gaps)
        lines << tr("%1 to %2, %3 rows, before %4")
                     .arg(qs(gap.from), qs(gap.to), valueText(gap.missing_rows, 4),
                          tr("row %1 of %2").arg(countText(gap.behind.row), qs(gap.behind.file)));
    if (const auto left = survey.all_gaps - static_cast<std::int64_t>(survey.gaps.size()); left > 0)
        lines << tr("and %1 more").arg(left);
    auto* text = label(lines.join(QLatin1Char('\n')));
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setWordWrap(true);
    shown_->layout()->addWidget(text);
}

}  // namespace gw::ui
