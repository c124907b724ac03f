#pragma once
#include "ui/plots/custom_plot.h"

namespace gw::ui {

/// Smoothed loss by learning rate, on a logarithmic axis, as a range test found it; a line marks a rate.
class RatePlot : public QCustomPlot {
    Q_OBJECT
  public:
    explicit RatePlot(QWidget* parent = nullptr);
    /// `advised`: rate that is marked; 0 = none.
    void setCurve(const std::vector<std::pair<double, double>>& curve, double advised);

  private:
    void draw();
    std::vector<std::pair<double, double>> curve_;
    double advised_ = 0;
};

}  // namespace gw::ui
