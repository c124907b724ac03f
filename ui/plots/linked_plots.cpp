// The plots of a run and what they are filled with; the view, the look and the mouse stand in files of their own.
#include "ui/plots/linked_plots.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/page.h"
#include "ui/plots/curve_plottable.h"
#include "ui/shell/theme.h"

namespace gw::ui {

namespace {
constexpr int drawInterval = 100;      // ms: at most 10 pictures a second, however fast a run steps
constexpr int settleInterval = 120;    // ms without a move before finer curves are read
constexpr std::size_t mostDots = 400;  // dots closer than a few pixels would be a bar
}  // namespace

LinkedPlots::LinkedPlots(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    legend_ = label({});
    legend_->setTextFormat(Qt::RichText);
    legend_->setWordWrap(true);
    readOut_ = label({}, "muted");
    readOut_->setFont(Theme::numberFont());
    readOut_->setFixedHeight(16);  // stays when there is nothing under the mouse, so that the plots never jump
    column->addWidget(legend_);
    column->addWidget(readOut_);

    plot_ = new QCustomPlot;
    plot_->plotLayout()->clear();
    plot_->plotLayout()->setRowSpacing(2);
    plot_->setNoAntialiasingOnDrag(true);
    plot_->setMinimumHeight(360);
    plot_->setMouseTracking(true);
    plot_->setFocusPolicy(Qt::ClickFocus);
    plot_->setInteractions(QCP::iRangeDrag);
    plot_->setAccessibleName(tr("Curves of the run"));
    plot_->setContextMenuPolicy(Qt::CustomContextMenu);
    column->addWidget(plot_, 1);

    tick_.setInterval(drawInterval);
    tick_.setSingleShot(true);
    connect(&tick_, &QTimer::timeout, this, [this] {
        if (isVisible()) draw();
    });
    settle_.setInterval(settleInterval);
    settle_.setSingleShot(true);
    connect(&settle_, &QTimer::timeout, this, &LinkedPlots::readCloser);
    connect(&Theme::instance(), &Theme::changed, this, &LinkedPlots::restyle);
    connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { pressed_ = event->position(); });
    connect(plot_, &QCustomPlot::mouseRelease, this, &LinkedPlots::mouseReleased);
    connect(plot_, &QCustomPlot::mouseMove, this, &LinkedPlots::mouseMoved);
    connect(plot_, &QCustomPlot::mouseWheel, this, &LinkedPlots::wheelTurned);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(plot_, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { Q_EMIT menuWanted(plot_->mapToGlobal(at)); });
    plot_->installEventFilter(this);
    kept_ = keptMetrics(run_);
    makePanels(plotsOf(run_));
}

void LinkedPlots::setHistory(const fs::path& database) {
    delete reader_;
    reader_ = new CurveReader(database, this);
    connect(reader_, &CurveReader::ready, this, [this](const ReadCurves& curves, bool, int tag) { take(curves, tag); });
    connect(reader_, &CurveReader::failed, this, &LinkedPlots::readFailed);
}

void LinkedPlots::makePanels(std::vector<PlannedPlot> plots) {
    plot_->clearPlottables();
    plot_->clearItems();
    plot_->plotLayout()->clear();
    panels_.clear();
    delete margins_;
    margins_ = new QCPMarginGroup(plot_);
    for (std::size_t i = 0; i < plots.size(); ++i) {
        auto panel = std::make_unique<LinkedPanel>();
        panel->plan = std::move(plots[i]);
        panel->make(*plot_, static_cast<int>(i), i == 0, i + 1 == plots.size());
        panel->rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins_);
        link(*panel);
        panels_.push_back(std::move(panel));
    }
    marks_.make(*plot_, panels_);
    for (auto& panel : panels_) {
        panel->setLogX(logX_, RunScale::is_time(x_));
        panel->setLogY(logY_, panel == panels_.front() ? 5 : 3);
    }
    restyle();
}

/// One x axis for all: what one shows, the others show.
void LinkedPlots::link(LinkedPanel& panel) {
    QCPAxis* x = panel.x();
    connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this, x](const QCPRange& range) {
        if (linking_) return;
        linking_ = true;
        for (auto& other : panels_)
            if (other->x() != x) other->x()->setRange(range);
        linking_ = false;
    });
}

void LinkedPlots::clear() {
    curves_.clear();
    givenUp_.clear();
    marks_.clear();
    free_ = follow_ = false;
    run_ = {};
    scale_ = {};
    floor_.reset();
    clip_ = 0;
    for (auto& panel : panels_) {
        panel->zoomed = false;
        panel->plan.nothing.clear();
    }
    readOut_->clear();
    forgetParts();
    refill();
}

void LinkedPlots::setRun(const RunRecord& run, std::vector<ClockPoint> clock) {
    if (run.id != run_.id) forgetParts();
    run_ = run;
    scale_ = RunScale(run, std::move(clock));
    kept_ = keptMetrics(run);
    const auto number = [&](const char* key) -> std::optional<double> {
        const auto it = run.facts.find(key);
        return it != run.facts.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
    };
    floor_ = number("floor_loss");
    clip_ = number("clip").value_or(0);
    auto plots = plotsOf(run);
    bool same = plots.size() == panels_.size();
    for (std::size_t i = 0; same && i < plots.size(); ++i)
        same = plots[i].curves.front().metric == panels_[i]->plan.curves.front().metric;
    if (same)
        for (std::size_t i = 0; i < plots.size(); ++i) panels_[i]->plan = std::move(plots[i]);
    else
        makePanels(std::move(plots));
    refill();
}

void LinkedPlots::setCurves(const std::map<std::string, std::vector<Bucket>>& curves,
                            std::map<std::string, std::vector<std::vector<Bucket>>> givenUp) {
    curves_.clear();
    givenUp_ = std::move(givenUp);
    marks_.clear();
    for (const auto& [metric, buckets] : curves) {
        Curve& curve = curves_[metric];
        curve.setWindow(windowOf(metric));
        for (const Bucket& bucket : buckets) curve.add(bucket);
    }
    forgetParts();
    refill();
    if (free_) settle_.start();
}

LinkedCurve* LinkedPlots::find(const std::string& metric) const {
    for (const auto& panel : panels_)
        for (LinkedCurve& curve : panel->curves)
            if (curve.plan.metric == metric) return &curve;
    return nullptr;
}

const Curve* LinkedPlots::curve(const std::string& metric) const {
    const auto it = curves_.find(metric);
    return it == curves_.end() ? nullptr : &it->second;
}

const DrawnCurve* LinkedPlots::drawn(const std::string& metric) const {
    const LinkedCurve* found = find(metric);
    return found ? &found->drawn() : nullptr;
}

double LinkedPlots::windowOf(const std::string& metric) const {
    const LinkedCurve* found = find(metric);
    return found && found->plan.smoothed ? window_ : 0;
}

void LinkedPlots::add(const std::string& metric, std::int64_t step, double seconds, double value) {
    if (std::find(kept_.begin(), kept_.end(), metric) == kept_.end()) return;
    const bool first = !curves_.contains(metric);
    Curve& curve = curves_[metric];
    if (first) curve.setWindow(windowOf(metric));
    const bool other = curve.add(step, seconds, value);
    LinkedCurve* drawn = find(metric);
    if (!drawn) return;
    if (other || !scale_.why_not(x_).empty()) {
        refill(*drawn);
    } else {
        drawn->whole->append(curve.points.back(), curve.smooth.back(), scale_, x_);
        drawn->whole->points = drawn->plan.dots && drawn->whole->x.size() <= mostDots;
    }
    drawn->stale = true;
    changed();
}

void LinkedPlots::refill(LinkedCurve& curve) {
    auto fresh = std::make_shared<DrawnCurve>();
    const auto known = curves_.find(curve.plan.metric);
    if (known != curves_.end() && scale_.why_not(x_).empty())
        for (std::size_t i = 0; i < known->second.points.size(); ++i)
            fresh->append(known->second.points[i], known->second.smooth[i], scale_, x_);
    fresh->points = curve.plan.dots && fresh->x.size() <= mostDots;
    if (const auto before = givenUp_.find(curve.plan.metric); before != givenUp_.end() && scale_.why_not(x_).empty())
        for (const std::vector<Bucket>& its : before->second) {
            auto grey = std::make_shared<DrawnCurve>();
            MovingMean mean(windowOf(curve.plan.metric));
            for (const Bucket& bucket : its) grey->append(bucket, mean.next(bucket), scale_, x_);
            fresh->givenUp.push_back(std::move(grey));
        }
    curve.whole = std::move(fresh);
    curve.show(free_);
}

void LinkedPlots::refill() {
    for (auto& panel : panels_)
        for (LinkedCurve& curve : panel->curves) refill(curve);
    placeMarks();
    changed();
}

double LinkedPlots::xOfStep(double step) const {
    const Curve* loss = curve(trainLoss);
    const Bucket* at = loss ? loss->at(step) : nullptr;
    return scale_.x(x_, step, at ? at->last_seconds : 0);
}

void LinkedPlots::placeMarks() {
    marks_.place([this](double step) { return xOfStep(step); });
}

void LinkedPlots::addMark(const std::string& kind, std::int64_t step) {
    if (!marks_.knows(kind)) return;
    marks_.add(kind, static_cast<double>(step), xOfStep(static_cast<double>(step)));
    changed();
}

void LinkedPlots::changed() {
    if (!tick_.isActive()) tick_.start();
}

void LinkedPlots::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    changed();
}

}  // namespace gw::ui
