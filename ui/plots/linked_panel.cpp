#include "ui/plots/linked_panel.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/plots/curve_plottable.h"
#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"
#include "ui/texts/text.h"

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

void LinkedCurve::show(bool closer) {
    if (closer && part)
        plottable->setCurve(std::make_shared<DrawnCurve>(spliced(*whole, *part)));
    else
        plottable->setCurve(whole);
    stale = false;
}

const DrawnCurve& LinkedCurve::drawn() const {
    return *plottable->curve();
}

QCPAxis* LinkedPanel::x() const {
    return rect->axis(QCPAxis::atBottom);
}

QCPAxis* LinkedPanel::y() const {
    return rect->axis(QCPAxis::atLeft);
}

void LinkedPanel::make(QCustomPlot& plot, int row, bool first, bool last) {
    title = new QCPTextElement(&plot, plan.title, Theme::smallFont());
    title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    title->setMargins({0, first ? 0 : 6, 0, 5});
    plot.plotLayout()->addElement(2 * row, 0, title);
    rect = new QCPAxisRect(&plot);
    plot.plotLayout()->addElement(2 * row + 1, 0, rect);
    plot.plotLayout()->setRowStretchFactor(2 * row, 0.001);
    plot.plotLayout()->setRowStretchFactor(2 * row + 1, plan.stretch);
    rect->setMinimumMargins({8, 2, endMargin, last ? 8 : 2});
    rect->axis(QCPAxis::atRight)->setVisible(false);
    rect->axis(QCPAxis::atTop)->setVisible(false);
    x()->setTickLabels(last);
    x()->setTicker(linearTicker(true));
    y()->setTicker(linearTicker(false));
    y()->ticker()->setTickCount(first ? 5 : 3);
    rect->setRangeDrag(Qt::Horizontal);
    rect->setRangeDragAxes(x(), nullptr);
    curves.clear();
    for (const PlannedCurve& planned : plan.curves) {
        LinkedCurve curve;
        curve.plan = planned;
        curve.plottable = new CurvePlottable(x(), y());
        curves.push_back(std::move(curve));
    }
    if (!plan.curves.empty()) range = range_of(plan.curves.front().metric);
    end = endText(plot, *this, Qt::AlignLeft | Qt::AlignVCenter);
    pointEnd = endText(plot, *this, Qt::AlignLeft | Qt::AlignVCenter);
    beyond = endText(plot, *this, Qt::AlignLeft | Qt::AlignTop);
    beyond->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    beyond->position->setCoords(1, 0);
    nothing = endText(plot, *this, Qt::AlignCenter);
    nothing->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    nothing->position->setCoords(0.5, 0.5);
    crosshair = lineAcross(plot, *this, true);
    level = lineAcross(plot, *this, false);
}

void LinkedPanel::restyle(const Tokens& t, const QColor& ofLevel, bool smooth) {
    QColor first = t.muted, points = t.muted;
    for (auto curve = curves.rbegin(); curve != curves.rend(); ++curve) {
        const PlannedCurve& its = curve->plan;
        const QColor color = t.curve(its.color);
        (its.dots ? points : first) = color;
        const bool side = its.dots && its.mayBeAbsent && curves.size() > 1;
        // The recorded values alone are a thin line: a thick one is a mean.
        const bool thin = its.smoothed && !smooth;
        curve->plottable->setLook(QPen(color, thin ? 1.0 : 1.75, side ? Qt::DashLine : Qt::SolidLine), !its.dots,
                                  /*band=*/false);
    }
    title->setTextColor(t.muted);
    end->setColor(first);
    pointEnd->setColor(points);
    beyond->setColor(t.warn);
    nothing->setColor(t.muted);
    crosshair->setPen(QPen(t.lineStrong, 1));
    level->setPen(QPen(ofLevel, 1.25, Qt::DashLine));
}

void LinkedPanel::setLogX(bool on, bool time) {
    x()->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    x()->setTicker(on ? logTicker() : time ? timeTicker() : linearTicker(true));
}

void LinkedPanel::setLogY(bool on, int ticks) {
    if (!plan.logarithmic) return;
    y()->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    y()->setTicker(on ? logTicker() : linearTicker(false));
    y()->ticker()->setTickCount(ticks);
    zoomed = false;
}

void LinkedPanel::setCrosshair(double at) {
    crosshair->setVisible(!empty());
    crosshair->point1->setCoords(at, 0);
    crosshair->point2->setCoords(at, 1);
}

void LinkedPanel::setLevel(std::optional<double> value) {
    level->setVisible(value.has_value() && !empty());
    if (!value) return;
    level->point1->setCoords(0, *value);
    level->point2->setCoords(1, *value);
}

bool LinkedPanel::empty() const {
    return std::all_of(curves.begin(), curves.end(), [](const LinkedCurve& curve) { return curve.empty(); });
}

void LinkedPanel::showNothing(const QString& why, bool tickLabels) {
    const bool none = empty();
    nothing->setText(why);
    nothing->setVisible(none);
    for (QCPAxis* axis : {x(), y()}) axis->grid()->setVisible(!none);
    y()->setTickLabels(!none);
    x()->setTickLabels(tickLabels);
    if (none) crosshair->setVisible(false);
}

void LinkedPanel::showTitle(const QString& text) {
    QString all = text;
    const auto off = [&](const QCPAxis* axis) {
        return std::any_of(curves.begin(), curves.end(),
                           [&](const LinkedCurve& curve) { return curve.plottable->offLogarithm(axis); });
    };
    if (off(y()))
        all += QStringLiteral(" · ") +
               QCoreApplication::translate("gw::ui::LinkedPlots", "▼ values of 0 or less: none on a logarithmic axis");
    if (off(x()))
        all += QStringLiteral(" · ") +
               QCoreApplication::translate("gw::ui::LinkedPlots", "◀ left out: what stands at 0 or less along x");
    if (title->text() != all) title->setText(all);
}

void LinkedPanel::scaleY(const std::vector<double>& also, bool logY) {
    const bool byPowers = logY && plan.logarithmic;
    const QCPRange seen = x()->range();
    std::vector<double> values;
    double low = HUGE_VAL, high = -HUGE_VAL, most = -HUGE_VAL;
    auto widen = [&](double value) {
        if (!std::isfinite(value) || (byPowers && value <= 0)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (const LinkedCurve& curve : curves) {
        const DrawnCurve& drawn = curve.drawn();
        if (!curve.plan.dots) {
            curve.plottable->collect(seen, byPowers, values, most);
            continue;
        }
        const auto begin = std::lower_bound(drawn.x.begin(), drawn.x.end(), seen.lower) - drawn.x.begin(),
                   end = std::upper_bound(drawn.x.begin(), drawn.x.end(), seen.upper) - drawn.x.begin();
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            widen(drawn.low[i]);
            widen(drawn.high[i]);
        }
    }
    if (!values.empty()) {
        const std::size_t cut = values.size() / 100;
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(cut), values.end());
        widen(values[cut]);
        std::nth_element(values.begin(), values.end() - 1 - static_cast<std::ptrdiff_t>(cut), values.end());
        widen(*(values.end() - 1 - static_cast<std::ptrdiff_t>(cut)));
    }
    const bool none = low > high;
    if (!none)
        for (const double value : also) widen(value);
    if (none) {
        low = byPowers ? 0.1 : 0;
        high = 1;
    }
    if (byPowers) {
        const double room = std::max(1.05, std::pow(high / low, 0.06));
        low /= room;
        high *= room;
    } else {
        const double level = std::abs(high) > 0 ? 0.1 * std::abs(high) : 1;
        const double room = high > low ? 0.06 * (high - low) : level;
        low = plan.fromZero ? 0 : low - room;
        high += room;
    }
    if (!byPowers || range.least > 0) low = std::max(low, range.least);
    high = std::min(high, range.most);
    if (low < high) y()->setRange(low, high);
    beyond->setVisible(!none && most > y()->range().upper);
    beyond->setText(QStringLiteral("▲ %1").arg(valueText(most, 3)));
}

void LinkedPanel::placeEnds(const Find& find, bool smooth) {
    const QCPRange shown = y()->range();
    auto place = [&](QCPItemText* item, bool dots) -> std::optional<double> {
        item->setVisible(false);
        const auto its =
            std::find_if(curves.begin(), curves.end(), [&](const LinkedCurve& c) { return c.plan.dots == dots; });
        const Curve* of = its == curves.end() ? nullptr : find(its->plan.metric);
        if (!of || of->points.empty()) return std::nullopt;
        const double value = its->plan.smoothed && smooth ? of->smooth.back() : of->points.back().last;
        item->setVisible(std::isfinite(value));
        item->setText(valueText(value, plan.digits));
        const double at = std::clamp(value, shown.lower, shown.upper);
        item->position->setCoords(1, at);
        return std::isfinite(value) ? std::optional(at) : std::nullopt;
    };
    const auto atEnd = place(end, false), atPoints = place(pointEnd, true);
    if (!atEnd || !atPoints) return;
    // Two labels on one height: the lower value moves down by a line.
    const double a = y()->coordToPixel(*atEnd), b = y()->coordToPixel(*atPoints);
    constexpr double lineHeight = 15;
    if (std::abs(a - b) >= lineHeight) return;
    const double shift = (lineHeight - std::abs(a - b)) / 2;
    end->position->setCoords(1, y()->pixelToCoord(a <= b ? a - shift : a + shift));
    pointEnd->position->setCoords(1, y()->pixelToCoord(a <= b ? b + shift : b - shift));
}

std::size_t nearestPoint(const DrawnCurve& curve, double x) {
    auto at = std::lower_bound(curve.x.begin(), curve.x.end(), x);
    if (at == curve.x.end()) --at;
    if (at != curve.x.begin() && x - *(at - 1) < *at - x) --at;
    return static_cast<std::size_t>(at - curve.x.begin());
}

}  // namespace gw::ui
