#include "ui/plots/scaling_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

QVector<double> listed(const std::vector<double>& values) {
    return {values.begin(), values.end()};
}

}  // namespace

ScalingPlot::ScalingPlot(QWidget* parent) : QCustomPlot(parent) {
    constexpr int leastHeight = 220;
    setMinimumHeight(leastHeight);
    setAccessibleName(tr("Held-out loss by training compute"));
    for (QCPAxis* axis : {xAxis, yAxis}) axis->setScaleType(QCPAxis::stLogarithmic);
    xAxis->setTicker(logTicker());
    axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    connect(&Theme::instance(), &Theme::changed, this, &ScalingPlot::draw);
    draw();
}

void ScalingPlot::setStudy(std::vector<ScalingPoint> points, std::optional<ScalingFit> fit, double until) {
    points_ = std::move(points);
    fit_ = std::move(fit);
    until_ = std::max(until, most_compute(points_));
    draw();
}

void ScalingPlot::draw() {
    clearGraphs();
    stylePlot(*this);
    styleLegend(*this);
    xAxis->setLabel(tr("Training compute, FLOP"));
    yAxis->setLabel(tr("Held-out loss"));
    legend->setVisible(!points_.empty());
    if (points_.empty()) return replot();
    drawLaw();
    QCPGraph* runs = addGraph();
    runs->setName(tr("Runs"));
    runs->setLineStyle(QCPGraph::lsNone);
    constexpr double size = 7;
    const QColor color = tokens().curve(1);
    runs->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(color, 1), QBrush(color), size));
    for (const ScalingPoint& point : points_) runs->addData(point.compute, point.loss);
    rescaleAxes();
    // Points on the edge stand there whole.
    constexpr double wider = 1.25, higher = 1.03, decade = 10;
    const QCPRange x = xAxis->range(), y = yAxis->range();
    xAxis->setRange(x.lower / wider, x.upper * wider);
    yAxis->setRange(y.lower / higher, y.upper * higher);
    // Within one power of ten a logarithmic ticker would name one place or none.
    yAxis->setTicker(y.upper < decade * y.lower ? linearTicker(false) : logTicker());
    replot();
}

void ScalingPlot::drawLaw() {
    if (!fit_) return;
    const double most = most_compute(points_);
    double least = most;
    for (const ScalingPoint& point : points_) least = std::min(least, point.compute);
    const QColor color = tokens().curve(0);
    const ScalingCurve all = scaling_curve(*fit_, least, until_);
    if (!all.low.empty()) {
        constexpr int faint = 50;  // of 255
        QColor ground = color;
        ground.setAlpha(faint);
        QCPGraph* low = addGraph();
        low->setPen(Qt::NoPen);
        low->setData(listed(all.compute), listed(all.low), true);
        low->removeFromLegend();
        QCPGraph* high = addGraph();
        high->setPen(Qt::NoPen);
        high->setBrush(ground);
        high->setChannelFillGraph(low);
        high->setData(listed(all.compute), listed(all.high), true);
        high->setName(tr("Nine times in ten"));
    }
    const auto line = [&](double from, double until, Qt::PenStyle style, const QString& name) {
        if (until <= from) return;
        constexpr double thick = 1.6;
        const ScalingCurve part = scaling_curve(*fit_, from, until);
        QCPGraph* graph = addGraph();
        graph->setPen(QPen(color, thick, style));
        graph->setData(listed(part.compute), listed(part.loss), true);
        graph->setName(name);
    };
    line(least, most, Qt::SolidLine, tr("Law"));
    line(most, until_, Qt::DashLine, tr("Forecast"));
}

}  // namespace gw::ui
