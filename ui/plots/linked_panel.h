#pragma once
#include <functional>
#include <optional>

#include "schema/metric.h"
#include "ui/plots/curve.h"
#include "ui/plots/drawn_curve.h"
#include "ui/plots/linked_plan.h"
#include "ui/shell/theme.h"

class QCPAxis;
class QCPAxisRect;
class QCPItemStraightLine;
class QCPItemText;
class QCPTextElement;
class QCustomPlot;

namespace gw::ui {

class CurvePlottable;

/// A curve of a panel as it is drawn: all of it, and where someone looks closer a part of it in its place.
struct LinkedCurve {
    PlannedCurve plan;
    CurvePlottable* plottable = nullptr;
    std::shared_ptr<DrawnCurve> whole = std::make_shared<DrawnCurve>();  ///< grows with the run
    DrawnCurvePtr part;                                                  ///< finer, from the history; may be null
    double partFrom = 0, partTo = 0;                                     ///< steps for which it was read
    bool stale = false;                                                  ///< the plottable has not got the newest

    bool empty() const { return whole->empty() && whole->bad.empty(); }
    /// Hands the plottable what is to be drawn.
    void show(bool closer);
    const DrawnCurve& drawn() const;
};

/// One of several plots that stand one above the other, with the current values at the right edge.
struct LinkedPanel {
    using Find = std::function<const Curve*(const std::string& metric)>;

    PlannedPlot plan;
    MetricRange range;  ///< of what it shows: the axis never goes beyond
    std::vector<LinkedCurve> curves;
    bool zoomed = false;  ///< a person chose the range of y

    QCPAxisRect* rect = nullptr;
    QCPTextElement* title = nullptr;
    QCPItemText *end = nullptr, *pointEnd = nullptr, *beyond = nullptr, *nothing = nullptr;
    QCPItemStraightLine *crosshair = nullptr, *level = nullptr;

    /// Its plot, curves and texts in two rows of `plot`: the title, and its share of the height below it.
    void make(QCustomPlot& plot, int row, bool first, bool last);
    void restyle(const Tokens& tokens, const QColor& ofLevel, bool smooth);
    QCPAxis* x() const;
    QCPAxis* y() const;
    void setLogX(bool on, bool time);
    void setLogY(bool on, int ticks);
    void setCrosshair(double at);
    /// A horizontal line; none without a value, or in an empty plot.
    void setLevel(std::optional<double> value);
    bool empty() const;
    /// Axes, or the sentence that stands in their place; `tickLabels`: of the x axis.
    void showNothing(const QString& why, bool tickLabels);
    /// The heading, with what a logarithmic axis cannot show.
    void showTitle(const QString& text);

    /// From the 1st to the 99th percentile of what is recorded at every step, all evaluations, and the values `also`,
    /// where x is in view; never beyond what the metric can be.
    void scaleY(const std::vector<double>& also, bool logY);
    /// The current values beside the ends of the first curve of each sort.
    void placeEnds(const Find& find, bool smooth);
};

/// The place in a curve, which must not be empty, that is nearest to x.
std::size_t nearestPoint(const DrawnCurve& curve, double x);

}  // namespace gw::ui
