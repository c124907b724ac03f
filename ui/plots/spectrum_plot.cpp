#include "ui/plots/spectrum_plot.h"

#include <algorithm>

#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"

namespace gw::ui {

SpectrumPlot::SpectrumPlot(QWidget* parent) : QCustomPlot(parent) {
    constexpr int height = 150;
    setMinimumHeight(height);
    setAccessibleName(tr("Singular values of the weight"));
    yAxis->setScaleType(QCPAxis::stLogarithmic);
    yAxis->setTicker(logTicker());
    connect(&Theme::instance(), &Theme::changed, this, &SpectrumPlot::draw);
    draw();
}

void SpectrumPlot::setValues(const std::vector<double>& values) {
    values_ = values;
    draw();
}

void SpectrumPlot::draw() {
    clearGraphs();
    stylePlot(*this);
    legend->setVisible(false);
    yAxis->setLabel(tr("Singular value"));
    if (values_.empty() || values_.front() <= 0) return replot();
    constexpr double rounding = 1e-7;  // smaller shares of the largest are not known
    const double least = values_.front() * rounding;
    QCPGraph* graph = addGraph();
    constexpr double thick = 1.6;
    graph->setPen(QPen(tokens().curve(0), thick));
    double low = values_.front();
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (values_[i] > least) {
            graph->addData(static_cast<double>(i + 1), values_[i]);
            low = std::min(low, values_[i]);
        }
    constexpr double room = 1.3;
    xAxis->setRange(0, static_cast<double>(values_.size()) + 1);
    yAxis->setRange(low / room, values_.front() * room);
    replot();
}

}  // namespace gw::ui
