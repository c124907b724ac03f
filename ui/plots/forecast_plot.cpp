#include "ui/plots/forecast_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/plots/plot_style.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

constexpr int truthColor = 0, saidColor = 1, naiveColor = 2;
constexpr int bandOpacity = 60;

QString keyOf(int color, const QString& text, const QString& sign) {
    return QStringLiteral("<span style='color:%1'>%2</span>&nbsp;%3")
        .arg(tokens().curve(color).name(), sign, text.toHtmlEscaped());
}

QString levelsText(const SeriesForecast& one) {
    return ForecastPlot::tr("%1 to %2").arg(qs(level_text(one.levels.front())), qs(level_text(one.levels.back())));
}

}  // namespace

ForecastPlot::ForecastPlot(QWidget* parent) : QCustomPlot(parent) {
    constexpr int leastHeight = 190, leastWidth = 300;
    setMinimumSize(leastWidth, leastHeight);
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    xAxis->setTicker(linearTicker(true));
    yAxis->setTicker(linearTicker(true));
}

QString ForecastPlot::titleOf(const SeriesForecast& one, std::size_t column) {
    const QString name = qs(one.columns[column]);
    return one.last_time.empty() ? tr("%1, behind row %2").arg(name, countText(one.last_row))
                                 : tr("%1, behind %2").arg(name, qs(one.last_time));
}

QString ForecastPlot::legendOf(const SeriesForecast& one) {
    QStringList keys{keyOf(truthColor, tr("past and what came"), QStringLiteral("━")),
                     keyOf(saidColor, tr("forecast"), QStringLiteral("━"))};
    if (one.levels.size() > 1) keys << keyOf(saidColor, tr("quantiles %1").arg(levelsText(one)), QStringLiteral("▒"));
    keys << keyOf(naiveColor, tr("the last value again"), QStringLiteral("╌"));
    return keys.join(QStringLiteral("&nbsp;&nbsp; "));
}

void ForecastPlot::setForecast(const SeriesForecast& one, std::size_t column) {
    clearPlottables();
    clearItems();
    stylePlot(*this);
    const std::size_t width = one.width(), horizon = one.horizon();
    constexpr std::size_t pastShares = 3, leastPast = 48;
    const std::size_t past = std::min(one.looked_back(), std::max(pastShares * horizon, leastPast));
    const auto first = static_cast<double>(one.last_row);
    const double last = one.past[(one.looked_back() - 1) * width + column];
    double low = last, high = last;
    const auto add = [&](QCPGraph* graph, double x, double y) {
        graph->addData(x, y);
        if (!std::isfinite(y)) return;
        low = std::min(low, y), high = std::max(high, y);
    };
    const auto line = [&](int color, double broad, Qt::PenStyle style) {
        QCPGraph* graph = addGraph();
        graph->setPen(QPen(tokens().curve(color), broad, style));
        return graph;
    };
    if (one.levels.size() > 1) {
        // Every pair from the outside in, so that the middle is the darkest.
        for (std::size_t q = 0; q < one.levels.size() / 2; ++q) {
            QCPGraph *below = addGraph(), *above = addGraph();
            QColor ground = tokens().curve(saidColor);
            ground.setAlpha(bandOpacity);
            below->setPen(Qt::NoPen);
            above->setPen(Qt::NoPen);
            above->setBrush(ground);
            above->setChannelFillGraph(below);
            for (std::size_t h = 0; h < horizon; ++h) {
                add(below, first + 1 + static_cast<double>(h), one.quantile(q, h, column));
                add(above, first + 1 + static_cast<double>(h), one.quantile(one.levels.size() - 1 - q, h, column));
            }
        }
    }
    QCPGraph* naive = line(naiveColor, 1.2, Qt::DashLine);
    QCPGraph* truth = line(truthColor, 1.4, Qt::SolidLine);
    QCPGraph* said = line(saidColor, 1.8, Qt::SolidLine);
    for (std::size_t i = 0; i < past; ++i)
        add(truth, first - static_cast<double>(past - 1 - i),
            one.past[(one.looked_back() - past + i) * width + column]);
    for (std::size_t h = 0; h < horizon; ++h) {
        const double x = first + 1 + static_cast<double>(h);
        if (!one.truth.empty()) add(truth, x, one.truth[h * width + column]);
        add(said, x, one.values[h * width + column]);
        naive->addData(x, last);
    }
    constexpr std::size_t few = 3;
    if (horizon < few) said->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 5));
    auto* now = new QCPItemStraightLine(this);
    now->setPen(QPen(tokens().lineStrong, 1, Qt::DotLine));
    now->point1->setCoords(first + 0.5, 0);
    now->point2->setCoords(first + 0.5, 1);
    const double room = high > low ? 0.06 * (high - low) : std::max(1.0, std::abs(high)) * 0.05;
    yAxis->setRange(low - room, high + room);
    xAxis->setRange(first - static_cast<double>(past) + 1, first + static_cast<double>(horizon) + 1);
    xAxis->setLabel(one.file.empty() ? tr("row") : tr("row of %1").arg(qs(one.file)));
    setAccessibleName(titleOf(one, column));
    replot(rpQueuedReplot);
}

void ForecastPlot::mouseDoubleClickEvent(QMouseEvent*) {
    rescaleAxes();
    replot(rpQueuedReplot);
}

}  // namespace gw::ui
