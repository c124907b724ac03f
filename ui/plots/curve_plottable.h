#pragma once
#include "ui/plots/custom_plot.h"
#include "ui/plots/drawn_curve.h"

namespace gw::ui {

/// A curve of any number of buckets in time that depends on the width of the plot alone: per column of pixels one
/// vertical stroke from the least to the greatest recorded value, and one point of the line.
class CurvePlottable : public QCPAbstractPlottable {
    Q_OBJECT
  public:
    CurvePlottable(QCPAxis* x, QCPAxis* y);
    void setCurve(DrawnCurvePtr curve) { curve_ = std::move(curve); }
    const DrawnCurvePtr& curve() const { return curve_; }
    void setLook(const QPen& pen, bool ghost, bool band);
    /// Quick: thin and without antialiasing, while something moves.
    void setQuick(bool quick) { quick_ = quick; }
    void setFaded(bool faded) { faded_ = faded; }
    /// Pixels from `position` to the line.
    double distance(const QPointF& position) const;
    /// Percentiles of the line and of the extremes within the x range, for a scale that single values cannot spoil.
    void collect(const QCPRange& range, bool positive, std::vector<double>& values, double& greatest) const;

    /// Whether there are values of 0 or less in the x range (of y), or anywhere (of x), for which a logarithmic axis
    /// has no place: they are marked on its edge.
    bool offLogarithm(const QCPAxis* axis) const;

    double selectTest(const QPointF& position, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
                           const QCPRange& range = QCPRange()) const override;

  protected:
    /// Dots on the edge of the axes stand there whole.
    QRect clipRect() const override { return QCPAbstractPlottable::clipRect().adjusted(-dot, -dot, dot, dot); }
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

  private:
    static constexpr int dot = 3;  // px
    void drawGivenUp(QCPPainter* painter) const;
    void drawBad(QCPPainter* painter, const QColor& color) const;
    void drawOff(QCPPainter* painter, const QColor& color, const QVector<double>& columns) const;
    std::pair<std::size_t, std::size_t> span() const;
    DrawnCurvePtr curve_;
    QPen pen_;
    bool ghost_ = true, band_ = false, quick_ = false, faded_ = false;
};

}  // namespace gw::ui
