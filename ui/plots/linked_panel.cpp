#include "ui/plots/linked_panel.h"

#include <algorithm>
#include <cmath>

#include "ui/plots/plot_style.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {

constexpr int endMargin = 64;  // px to the right of the curves, for their current values

QCPItemText* endText(QCustomPlot& plot, const LinkedPanel& panel, Qt::Alignment alignment) {
    auto* item = new QCPItemText(&plot);
    item->setClipToAxisRect(false);
    item->setClipAxisRect(panel.rect);
    item->setPositionAlignment(alignment);
    item->setFont(Theme::smallFont());
    item->position->setAxisRect(panel.rect);
    item->position->setAxes(panel.x(), panel.y());
    item->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    item->position->setTypeY(QCPItemPosition::ptPlotCoords);
    item->setPadding({4, 0, 0, 0});
    item->setVisible(false);
    return item;
}

QCPItemStraightLine* lineAcross(QCustomPlot& plot, const LinkedPanel& panel, bool vertical) {
    auto* item = new QCPItemStraightLine(&plot);
    item->setClipAxisRect(panel.rect);
    for (QCPItemPosition* at : {item->point1, item->point2}) {
        at->setAxisRect(panel.rect);
        at->setAxes(panel.x(), panel.y());
        if (vertical)
            at->setTypeY(QCPItemPosition::ptAxisRectRatio);
        else
            at->setTypeX(QCPItemPosition::ptAxisRectRatio);
    }
    item->setVisible(false);
    return item;
}

}  // namespace

QCPAxis* LinkedPanel::x() const {
    return rect->axis(QCPAxis::atBottom);
}

QCPAxis* LinkedPanel::y() const {
    return rect->axis(QCPAxis::atLeft);
}

void LinkedPanel::make(QCustomPlot& plot, int row, bool first, bool last, double stretch, const QString& heading) {
    title = new QCPTextElement(&plot, heading, Theme::smallFont());
    title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    title->setMargins({0, first ? 0 : 6, 0, 0});
    plot.plotLayout()->addElement(2 * row, 0, title);
    rect = new QCPAxisRect(&plot);
    plot.plotLayout()->addElement(2 * row + 1, 0, rect);
    plot.plotLayout()->setRowStretchFactor(2 * row, 0.001);
    plot.plotLayout()->setRowStretchFactor(2 * row + 1, stretch);
    rect->setMinimumMargins({8, 2, endMargin, last ? 8 : 2});
    rect->axis(QCPAxis::atRight)->setVisible(false);
    rect->axis(QCPAxis::atTop)->setVisible(false);
    x()->setTickLabels(last);
    x()->setTicker(linearTicker(true));
    y()->setTicker(linearTicker(false));
    y()->ticker()->setTickCount(first ? 5 : 3);
    rect->setRangeDrag(Qt::Horizontal);
    rect->setRangeDragAxes(x(), nullptr);
    raw = plot.addGraph(x(), y());
    smooth = plot.addGraph(x(), y());
    points = plot.addGraph(x(), y());
    end = endText(plot, *this, Qt::AlignLeft | Qt::AlignVCenter);
    pointEnd = endText(plot, *this, Qt::AlignLeft | Qt::AlignVCenter);
    beyond = endText(plot, *this, Qt::AlignLeft | Qt::AlignTop);
    beyond->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    beyond->position->setCoords(1, 0);
    crosshair = lineAcross(plot, *this, true);
    level = lineAcross(plot, *this, false);
}

void LinkedPanel::restyle(const QColor& ofLevel) {
    const Tokens& t = tokens();
    const QColor train = t.curve(0), validation = t.curve(1);
    QColor ghost = train;
    ghost.setAlphaF(0.25F);
    raw->setPen(QPen(smoothed ? ghost : train, smoothed ? 1.0 : 1.75));
    smooth->setPen(QPen(train, 1.75));
    points->setPen(QPen(validation, 1.75));
    points->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(validation), QBrush(validation), 5));
    title->setTextColor(t.muted);
    end->setColor(train);
    pointEnd->setColor(validation);
    beyond->setColor(t.warn);
    crosshair->setPen(QPen(t.lineStrong, 1));
    level->setPen(QPen(ofLevel, 1.25, Qt::DashLine));
}

void LinkedPanel::setLogX(bool on) {
    x()->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    x()->setTicker(on ? logTicker() : linearTicker(true));
}

void LinkedPanel::setLogY(bool on, int ticks) {
    if (!logarithmic) return;
    y()->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    y()->setTicker(on ? logTicker() : linearTicker(false));
    y()->ticker()->setTickCount(ticks);
    zoomed = false;
}

void LinkedPanel::setCrosshair(double at) {
    crosshair->setVisible(true);
    crosshair->point1->setCoords(at, 0);
    crosshair->point2->setCoords(at, 1);
}

void LinkedPanel::setLevel(std::optional<double> value) {
    level->setVisible(value.has_value());
    if (!value) return;
    level->point1->setCoords(0, *value);
    level->point2->setCoords(1, *value);
}

void LinkedPanel::scaleY(const Curve* curve, const Curve* asPoints, const std::vector<double>& also, const XOf& xOf,
                         bool logY) {
    const QCPRange seen = x()->range();
    const bool byPowers = logY && logarithmic;
    std::vector<double> values;
    double low = HUGE_VAL, high = -HUGE_VAL, most = -HUGE_VAL;
    auto usable = [&](double value) { return std::isfinite(value) && (!byPowers || value > 0); };
    auto inView = [&](const Curve::Point& point) { return xOf(point) >= seen.lower && xOf(point) <= seen.upper; };
    auto widen = [&](double value) {
        if (!usable(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    };
    if (curve)
        for (const Curve::Point& point : curve->points)
            if (usable(point.value) && inView(point)) {
                values.push_back(point.value);
                most = std::max(most, point.value);
            }
    if (!values.empty()) {
        const std::size_t cut = values.size() / 100;
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(cut), values.end());
        widen(values[cut]);
        std::nth_element(values.begin(), values.end() - 1 - static_cast<std::ptrdiff_t>(cut), values.end());
        widen(*(values.end() - 1 - static_cast<std::ptrdiff_t>(cut)));
    }
    if (asPoints)
        for (const Curve::Point& point : asPoints->points)
            if (inView(point)) widen(point.value);
    for (const double value : also) widen(value);
    const bool nothing = low > high;
    if (nothing) {
        low = byPowers ? 0.1 : 0;
        high = 1;
    }
    if (byPowers) {
        const double room = std::max(1.05, std::pow(high / low, 0.06));
        y()->setRange(low / room, high * room);
    } else {
        const double room = high > low ? 0.06 * (high - low) : std::max(1e-12, 0.1 * std::abs(high));
        y()->setRange(fromZero ? 0 : low - room, high + room);
    }
    beyond->setVisible(!nothing && most > y()->range().upper);
    beyond->setText(QStringLiteral("▲ %1").arg(valueText(most, 3)));
}

void LinkedPanel::placeEnds(const Curve* curve, const Curve* asPoints, bool smoothEnd) {
    const QCPRange range = y()->range();
    auto place = [&](QCPItemText* item, const Curve* of, bool ofSmooth) -> std::optional<double> {
        item->setVisible(of && !of->points.empty());
        if (!item->visible()) return std::nullopt;
        const double value = ofSmooth ? of->smooth.back() : of->points.back().value;
        item->setVisible(std::isfinite(value));
        item->setText(valueText(value, digits));
        const double at = std::clamp(value, range.lower, range.upper);
        item->position->setCoords(1, at);
        return at;
    };
    const auto atEnd = place(end, curve, smoothed && smoothEnd), atPoints = place(pointEnd, asPoints, false);
    if (!atEnd || !atPoints) return;
    // Two labels on one height: the lower value moves down by a line.
    const double a = y()->coordToPixel(*atEnd), b = y()->coordToPixel(*atPoints);
    constexpr double lineHeight = 15;
    if (std::abs(a - b) >= lineHeight) return;
    const double shift = (lineHeight - std::abs(a - b)) / 2;
    end->position->setCoords(1, y()->pixelToCoord(a <= b ? a - shift : a + shift));
    pointEnd->position->setCoords(1, y()->pixelToCoord(a <= b ? b + shift : b - shift));
}

std::size_t nearestPoint(const Curve& curve, double x, const LinkedPanel::XOf& xOf) {
    auto at = std::lower_bound(curve.points.begin(), curve.points.end(), x,
                               [&](const Curve::Point& point, double wanted) { return xOf(point) < wanted; });
    if (at == curve.points.end()) --at;
    if (at != curve.points.begin() && x - xOf(*(at - 1)) < xOf(*at) - x) --at;
    return static_cast<std::size_t>(at - curve.points.begin());
}

}  // namespace gw::ui
