// What of a run is in view: axes, zoom, and the finer curves of the part that someone looks at.
#include <algorithm>
#include <cmath>

#include "ui/plots/curve_plottable.h"
#include "ui/plots/linked_plots.h"
#include "ui/plots/plot_view.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

void LinkedPlots::setX(XKind x) {
    if (x == x_) return;
    const auto [from, to] = stepsInView();
    x_ = x;
    forgetParts();
    for (auto& panel : panels_) panel->setLogX(logX_, RunScale::is_time(x_));
    // The same steps stay in view.
    if (free_ && !follow_ && scale_.why_not(x_).empty() && xOfStep(to) > xOfStep(from)) {
        panels_.front()->x()->setRange(xOfStep(from), xOfStep(to));
        settle_.start();
    } else {
        free_ = follow_;
    }
    refill();
    Q_EMIT viewChanged();
}

void LinkedPlots::setLogY(bool on) {
    logY_ = on;
    for (auto& panel : panels_) panel->setLogY(on, panel == panels_.front() ? 5 : 3);
    draw();
    Q_EMIT viewChanged();
}

void LinkedPlots::setLogX(bool on) {
    logX_ = on;
    for (auto& panel : panels_) panel->setLogX(on, RunScale::is_time(x_));
    free_ = follow_;
    draw();
    Q_EMIT viewChanged();
}

void LinkedPlots::setFollow(bool on) {
    follow_ = on;
    free_ = on;
    draw();
    Q_EMIT viewChanged();
}

void LinkedPlots::setWindow(double steps) {
    if (steps == window_) return;
    window_ = steps;
    for (auto& [metric, curve] : curves_) curve.setWindow(windowOf(metric));
    forgetParts();
    if (free_) settle_.start();
    restyle();
    refill();
    Q_EMIT viewChanged();
}

void LinkedPlots::showAll() {
    free_ = follow_ = false;
    for (auto& panel : panels_) {
        panel->zoomed = false;
        for (LinkedCurve& curve : panel->curves) curve.show(false);
    }
    draw();
    Q_EMIT viewChanged();
}

std::optional<std::pair<double, double>> LinkedPlots::zoom() const {
    if (!free_ || follow_) return std::nullopt;
    const QCPRange range = panels_.front()->x()->range();
    return std::pair(range.lower, range.upper);
}

void LinkedPlots::setZoom(double from, double to) {
    if (!(from < to) || (logX_ && from <= 0)) return;
    panels_.front()->x()->setRange(from, to);
    moved();
    changed();
}

/// The mouse or a remembered zoom has moved the view.
void LinkedPlots::moved() {
    free_ = true;
    follow_ = false;
    for (auto& panel : panels_)
        if (!panel->zoomed) scaleY(*panel);
    settle_.start();
    Q_EMIT viewChanged();
}

/// Least and greatest x of all curves; of what can stand on the axis.
std::pair<double, double> LinkedPlots::ends() const {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const auto& panel : panels_)
        for (const LinkedCurve& curve : panel->curves)
            for (const std::vector<double>* x : {&curve.whole->x, &curve.whole->bad}) {
                const auto first = logX_ ? std::upper_bound(x->begin(), x->end(), 0.0) : x->begin();
                if (first == x->end()) continue;
                low = std::min(low, *first);
                high = std::max(high, x->back());
            }
    if (low > high) return logX_ ? std::pair(1.0, 10.0) : std::pair(0.0, 1.0);
    if (!logX_) low = std::min(0.0, low);
    return {low, high > low ? high : low + (logX_ ? low : 1)};
}

void LinkedPlots::scaleX() {
    const auto [low, high] = ends();
    QCPAxis* x = panels_.front()->x();
    // The last value stands at the right edge, its label beyond it.
    if (!free_) {
        x->setRange(low, high);
    } else if (follow_) {
        const double width = std::min(x->range().size(), high - low);
        x->setRange(high - width, high);
        if (!settle_.isActive()) settle_.start();
    }
}

void LinkedPlots::scaleY(LinkedPanel& panel) {
    std::vector<double> also;
    if (&panel == panels_.front().get() && floor_) also.push_back(*floor_);
    if (panel.plan.fromZero) also.push_back(0);
    panel.scaleY(also, logY_);
}

void LinkedPlots::placeEnds() {
    for (auto& panel : panels_)
        panel->placeEnds([this](const std::string& metric) { return curve(metric); }, window_ > 0);
}

void LinkedPlots::draw() {
    for (auto& panel : panels_)
        for (LinkedCurve& curve : panel->curves)
            if (curve.stale) curve.show(free_);
    scaleX();
    const std::string why = scale_.why_not(x_);
    const bool any = std::any_of(panels_.begin(), panels_.end(), [](const auto& panel) { return !panel->empty(); });
    for (auto& panel : panels_) {
        if (!panel->zoomed) scaleY(*panel);
        const bool first = panel == panels_.front(), last = panel == panels_.back();
        const bool noAxis = !why.empty() && !run_.id.empty();
        panel->showNothing(
            !noAxis ? panel->plan.nothing
            : first ? tr("This axis cannot be drawn: %1").arg(QCoreApplication::translate("Core", why.c_str()))
                    : QString(),
            last && any);
        const bool clipped = clip_ > 0 && panel->plan.curves.front().metric == gradientNorm;
        panel->showTitle(clipped ? tr("Gradient norm, clipped above %1").arg(valueText(clip_, 3)) : panel->plan.title);
        panel->setLevel(first ? floor_ : clipped ? std::optional(clip_) : std::nullopt);
        panel->x()->setLabel(last && any ? axisText(x_, unitOf(run_)) : QString());
    }
    placeEnds();
    showLegend();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::drawNow() {
    draw();
    plot_->replot(QCustomPlot::rpImmediateRefresh);
    // Labels at the ends need the axes' pixels, which exist only after the first layout.
    placeEnds();
    plot_->replot(QCustomPlot::rpImmediateRefresh);
}

std::pair<double, double> LinkedPlots::stepsInView() const {
    const QCPRange view = panels_.front()->x()->range();
    const LinkedCurve* longest = nullptr;
    for (const auto& panel : panels_)
        for (const LinkedCurve& curve : panel->curves)
            if (!longest || curve.whole->x.size() > longest->whole->x.size()) longest = &curve;
    if (!longest || longest->whole->empty()) return {0, 0};
    return {longest->whole->stepAt(view.lower), longest->whole->stepAt(view.upper)};
}

void LinkedPlots::forgetParts() {
    ++tag_;  // what is being read now was wished for otherwise
    for (auto& panel : panels_)
        for (LinkedCurve& curve : panel->curves) {
            curve.part.reset();
            curve.partFrom = curve.partTo = 0;
            curve.show(false);
        }
}

/// Whether there are stretches in view that are finer in the history, and no part of about this width is here.
bool LinkedPlots::wantsPart(const LinkedCurve& drawn, double from, double to) const {
    const double width = to - from;
    if (drawn.part && drawn.partFrom <= from && to <= drawn.partTo && drawn.partTo - drawn.partFrom <= 6 * width)
        return false;
    const Curve* of = curve(drawn.plan.metric);
    if (!of || of->points.empty()) return false;
    for (const Bucket* bucket = of->at(from); bucket <= &of->points.back(); ++bucket) {
        if (static_cast<double>(bucket->first_step) > to) return false;
        if (bucket->points > 1) return true;
    }
    return false;
}

void LinkedPlots::readCloser() {
    if (!reader_ || run_.id.empty() || !free_ || !scale_.why_not(x_).empty()) return;
    const auto [from, to] = stepsInView();
    if (!(from < to)) return;
    ReadWish wish;
    for (const auto& panel : panels_)
        for (const LinkedCurve& curve : panel->curves) {
            if (!wantsPart(curve, from, to)) continue;
            wish.metrics.push_back(curve.plan.metric);
            if (!curve.plan.smoothed) wish.plain.push_back(curve.plan.metric);
        }
    if (wish.metrics.empty()) return;
    const QCPRange view = panels_.front()->x()->range();
    wish.runs = {{run_.id, scale_, 0}};
    wish.drawing = {x_, YKind::value, window_};
    wish.range = std::pair(view.lower, view.upper);
    wish.steps = std::pair(from, to);
    // Three times what is in view is read: never coarser than what is drawn already.
    wish.columns =
        std::max<std::size_t>(4 * static_cast<std::size_t>(std::max(0, plot_->width())), Curve::most / 6 + 1);
    wish.tag = ++tag_;
    asked_ = {from, to};
    reader_->read(std::move(wish));
}

void LinkedPlots::take(const ReadCurves& curves, int tag) {
    if (tag != tag_) return;
    const double width = asked_.second - asked_.first;
    for (const auto& [key, read] : curves) {
        LinkedCurve* drawn = find(key.first);
        if (!drawn || read->empty()) continue;
        drawn->part = read;
        drawn->partFrom = asked_.first - width;
        drawn->partTo = asked_.second + width;
        drawn->stale = true;
    }
    draw();
    Q_EMIT closerRead();
}

}  // namespace gw::ui
