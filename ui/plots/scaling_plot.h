#pragma once
#include <optional>

#include "compare/scaling_fit.h"
#include "ui/plots/custom_plot.h"

namespace gw::ui {

/// Held-out loss by training compute, both as logarithms: the runs of a scaling study, the law that was fitted to them
/// with the band of its resampled laws, and the forecast beyond the dearest run as a dashed line.
class ScalingPlot : public QCustomPlot {
    Q_OBJECT
  public:
    explicit ScalingPlot(QWidget* parent = nullptr);
    /// `until`: FLOP that the forecast reaches, at least those of the dearest point. Without a fit the points alone.
    void setStudy(std::vector<ScalingPoint> points, std::optional<ScalingFit> fit, double until);

  private:
    void draw();
    void drawLaw();
    std::vector<ScalingPoint> points_;
    std::optional<ScalingFit> fit_;
    double until_ = 0;
};

}  // namespace gw::ui
