#pragma once
#include <QWidget>

#include "compare/comparison.h"

namespace gw::ui {

/// Parallel coordinates: an axis for each setting that tells the runs apart and one for the result, a line a run.
/// Dragging along an axis keeps the runs that pass there; a click on it takes that back.
class ParallelPlot : public QWidget {
    Q_OBJECT
  public:
    explicit ParallelPlot(QWidget* parent = nullptr);
    void setComparison(std::shared_ptr<const Comparison> comparison);
    void highlight(int run);
    /// Runs that pass all brushes.
    std::vector<bool> kept() const;

  Q_SIGNALS:
    void hovered(int run);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    QSize minimumSizeHint() const override { return {320, 180}; }

  private:
    struct Axis {
        QString title;
        std::vector<double> place;  ///< of each run, 0 (bottom) to 1; NaN = none
        std::vector<std::pair<double, QString>> ticks;
        std::optional<std::pair<double, double>> brush;
    };
    double axisX(std::size_t axis) const;
    double pixelY(double place) const;
    double placeAt(double y) const;
    int axisAt(const QPoint& at) const;
    int runNear(const QPointF& at) const;
    std::shared_ptr<const Comparison> comparison_;
    std::vector<Axis> axes_;
    int highlighted_ = -1, brushed_ = -1;
    double brushStart_ = 0;
};

}  // namespace gw::ui
