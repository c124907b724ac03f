#pragma once
#include "ui/plots/custom_plot.h"

namespace gw::ui {

/// Singular values of a matrix, largest first, on a logarithmic axis.
class SpectrumPlot : public QCustomPlot {
    Q_OBJECT
  public:
    explicit SpectrumPlot(QWidget* parent = nullptr);
    void setValues(const std::vector<double>& values);

  private:
    void draw();
    std::vector<double> values_;
};

}  // namespace gw::ui
