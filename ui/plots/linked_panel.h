#pragma once
#include <QString>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/plots/curve.h"

class QColor;
class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPTextElement;
class QCustomPlot;

namespace gw::ui {

/// One of several plots that stand one above the other: a curve drawn raw and smooth, another drawn as points, and
/// their current values at the right edge.
struct LinkedPanel {
    using XOf = std::function<double(const Curve::Point&)>;

    std::string metric, pointMetric;  ///< drawn raw and smooth; drawn as points
    bool logarithmic = false;         ///< may be: a learning rate never is
    bool smoothed = true;             ///< the smooth curve is drawn over the raw one
    bool fromZero = false;            ///< the axis begins there
    int digits = 4;                   ///< of the current values
    bool zoomed = false;              ///< a person chose the range of y

    QCPAxisRect* rect = nullptr;
    QCPTextElement* title = nullptr;
    QCPGraph *raw = nullptr, *smooth = nullptr, *points = nullptr;
    QCPItemText *end = nullptr, *pointEnd = nullptr, *beyond = nullptr;
    QCPItemStraightLine *crosshair = nullptr, *level = nullptr;

    /// Its plot, graphs and texts in two rows of `plot`: the title, and `stretch` shares of the height below it.
    void make(QCustomPlot& plot, int row, bool first, bool last, double stretch, const QString& heading);
    void restyle(const QColor& ofLevel);
    QCPAxis* x() const;
    QCPAxis* y() const;
    void setLogX(bool on);
    void setLogY(bool on, int ticks);
    void setCrosshair(double at);
    /// A horizontal line; none without a value.
    void setLevel(std::optional<double> value);

    /// From the 1st to the 99th percentile of the raw curve, and all of what is drawn as line and points over it, where
    /// x is in view; and the values `also`. Curves may be null.
    void scaleY(const Curve* curve, const Curve* asPoints, const std::vector<double>& also, const XOf& xOf, bool logY);
    /// The current values beside the ends of the curves.
    void placeEnds(const Curve* curve, const Curve* asPoints, bool smoothEnd);
};

/// The point of a curve, which must have one, that is nearest to x.
std::size_t nearestPoint(const Curve& curve, double x, const LinkedPanel::XOf& xOf);

}  // namespace gw::ui
