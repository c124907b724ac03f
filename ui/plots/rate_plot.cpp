#include "ui/plots/rate_plot.h"

#include <algorithm>

#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"

namespace gw::ui {

RatePlot::RatePlot(QWidget* parent) : QCustomPlot(parent) {
    constexpr int height = 180;
    setMinimumHeight(height);
    setAccessibleName(tr("Loss by learning rate"));
    xAxis->setScaleType(QCPAxis::stLogarithmic);
    xAxis->setTicker(logTicker());
    axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignLeft);
    connect(&Theme::instance(), &Theme::changed, this, &RatePlot::draw);
    draw();
}

void RatePlot::setCurve(const std::vector<std::pair<double, double>>& curve, double advised) {
    curve_ = curve;
    advised_ = advised;
    draw();
}

void RatePlot::draw() {
    clearGraphs();
    stylePlot(*this);
    styleLegend(*this);
    xAxis->setLabel(tr("Learning rate"));
    yAxis->setLabel(tr("Loss, smoothed"));
    legend->setVisible(advised_ > 0);
    if (curve_.empty()) return replot();
    QCPGraph* losses = addGraph();
    constexpr double thick = 1.6;
    losses->setPen(QPen(tokens().curve(0), thick));
    losses->removeFromLegend();
    double low = curve_.front().second, high = low;
    for (const auto& [rate, loss] : curve_) {
        losses->addData(rate, loss);
        low = std::min(low, loss);
        high = std::max(high, loss);
    }
    // Where it runs away the rest would lie on one line.
    high = std::min(high, curve_.front().second + (curve_.front().second - low));
    const double room = std::max(0.05 * (high - low), 1e-6 * std::max(1.0, std::abs(high)));
    xAxis->setRange(curve_.front().first, curve_.back().first);
    yAxis->setRange(low - room, high + room);
    if (advised_ > 0) {
        QCPGraph* mark = addGraph();
        mark->setPen(QPen(tokens().curve(1), thick, Qt::DashLine));
        mark->setName(tr("Advised"));
        mark->addData(advised_, low - room);
        mark->addData(advised_, high + room);
    }
    replot();
}

}  // namespace gw::ui
