#include "ui/plots/linked_plots.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {

const std::string parentMetric = "parent/loss";
constexpr int drawInterval = 40;  // ms: at most 25 pictures a second

QString colored(const QColor& color, const QString& text) {
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(color.name(), text);
}

}  // namespace

LinkedPlots::LinkedPlots(QWidget* parent) : QWidget(parent), panels_{&loss_, &perplexity_, &norm_, &rate_} {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    legend_ = label({});
    legend_->setTextFormat(Qt::RichText);
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
    column->addWidget(plot_, 1);
    loss_.metric = "train/loss";
    loss_.pointMetric = "validation/loss";
    perplexity_.pointMetric = "validation/perplexity";
    norm_.metric = "train/grad_norm";
    rate_.metric = "train/lr";
    loss_.logarithmic = perplexity_.logarithmic = norm_.logarithmic = true;
    rate_.smoothed = false;
    rate_.fromZero = true;
    rate_.digits = 2;
    loss_.make(*plot_, 0, true, false, 2.6, tr("Loss"));
    perplexity_.make(*plot_, 1, false, false, 1, tr("Perplexity of the validation part"));
    norm_.make(*plot_, 2, false, false, 1, tr("Gradient norm"));
    rate_.make(*plot_, 3, false, true, 0.8, tr("Learning rate"));
    parent_ = plot_->addGraph(loss_.x(), loss_.y());
    auto* margins = new QCPMarginGroup(plot_);
    for (LinkedPanel* panel : panels_) {
        panel->rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        link(*panel);
    }
    marks_.make(*plot_, panels_);
    connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { pressed_ = event->position(); });
    connect(plot_, &QCustomPlot::mouseRelease, this, &LinkedPlots::mouseReleased);
    timer_.setInterval(drawInterval);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (isVisible()) draw();
    });
    connect(&Theme::instance(), &Theme::changed, this, &LinkedPlots::restyle);
    connect(plot_, &QCustomPlot::mouseMove, this, &LinkedPlots::mouseMoved);
    connect(plot_, &QCustomPlot::mouseWheel, this, &LinkedPlots::wheelTurned);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    plot_->setInteractions(QCP::iRangeDrag);
    plot_->installEventFilter(this);
    restyle();
}

/// One x axis for all: what one shows, the others show.
void LinkedPlots::link(LinkedPanel& panel) {
    QCPAxis* x = panel.x();
    connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this, x](const QCPRange& range) {
        if (linking_) return;
        linking_ = true;
        for (LinkedPanel* other : panels_)
            if (other->x() != x) other->x()->setRange(range);
        linking_ = false;
    });
}

void LinkedPlots::restyle() {
    const Tokens& t = tokens();
    stylePlot(*plot_);
    for (LinkedPanel* panel : panels_) panel->restyle(panel == &loss_ ? t.good : t.muted);
    const QColor parent = t.curve(2);
    parent_->setPen(QPen(parent, 1.75, Qt::DashLine));
    parent_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(parent), QBrush(parent), 5));
    marks_.restyle();
    showLegend();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::showLegend() {
    const Tokens& t = tokens();
    QString text = colored(t.curve(0), QStringLiteral("━ ")) +
                   tr("training, smoothed (mean over about %1 steps)").arg(qRound(1 / std::max(0.01, 1 - smoothing_)));
    if (smoothing_ <= 0) text = colored(t.curve(0), QStringLiteral("━ ")) + tr("training");
    text += QStringLiteral("&nbsp;&nbsp; ") + colored(t.curve(1), QStringLiteral("● ")) + tr("validation");
    if (curves_.contains(parentMetric))
        text +=
            QStringLiteral("&nbsp;&nbsp; ") + colored(t.curve(2), QStringLiteral("■ ")) + tr("the parent's own data");
    if (floor_)
        text += QStringLiteral("&nbsp;&nbsp; ") + colored(t.good, QStringLiteral("╌ ")) +
                tr("floor of the data %1").arg(valueText(floor_));
    legend_->setText(text);
}

void LinkedPlots::clear() {
    curves_.clear();
    marks_.clear();
    floor_.reset();
    clip_ = 0;
    free_ = follow_ = false;
    for (LinkedPanel* panel : panels_) panel->zoomed = false;
    showSecond("validation/perplexity");
    readOut_->clear();
    refill();
    showLegend();
}

void LinkedPlots::setFacts(std::int64_t tokensPerStep, std::optional<double> floorLoss, double clip) {
    tokensPerStep_ = std::max<std::int64_t>(1, tokensPerStep);
    floor_ = floorLoss;
    clip_ = clip;
    showLegend();
    changed_ = true;
    timer_.start();
}

const Curve* LinkedPlots::curve(const std::string& metric) const {
    const auto it = curves_.find(metric);
    return it == curves_.end() ? nullptr : &it->second;
}

double LinkedPlots::xOf(const Curve::Point& point) const {
    return x_ == X::step     ? point.step
           : x_ == X::tokens ? point.step * static_cast<double>(tokensPerStep_)
                             : point.seconds;
}

void LinkedPlots::add(const std::string& metric, double step, double seconds, double value) {
    Curve& curve = curves_[metric];
    curve.smoothing = smoothing_;
    const bool rewound = curve.add(step, seconds, value);
    if (metric == parentMetric) {
        if (curve.points.size() == 1) showLegend();
        refill(loss_);
        changed_ = true;
    }
    if (!std::isfinite(value) && metric.starts_with("train/")) addMark("nan", step);
    // A masked model has no perplexity; its accuracy takes the place.
    if (metric == "validation/perplexity" ||
        (metric == "validation/accuracy" && !curves_.contains("validation/perplexity")))
        showSecond(metric);
    for (LinkedPanel* panel : panels_) {
        if (panel->metric != metric && panel->pointMetric != metric) continue;
        if (rewound) {
            refill(*panel);
        } else {
            const double x = xOf(curve.points.back());
            if (panel->metric == metric) {
                panel->raw->addData(x, value);
                if (panel->smoothed) panel->smooth->addData(x, curve.smooth.back());
            }
            if (panel->pointMetric == metric) panel->points->addData(x, value);
        }
        changed_ = true;
    }
    if (changed_ && !timer_.isActive()) timer_.start();
}

void LinkedPlots::showSecond(const std::string& metric) {
    if (perplexity_.pointMetric == metric) return;
    perplexity_.pointMetric = metric;
    perplexity_.title->setText(metric == "validation/accuracy" ? tr("Accuracy of the validation part")
                                                               : tr("Perplexity of the validation part"));
    refill(perplexity_);
}

void LinkedPlots::addMark(const std::string& kind, double step) {
    if (!marks_.knows(kind)) return;
    const Curve* loss = curve("train/loss");
    marks_.add(kind, step, xOf({step, loss && !loss->points.empty() ? loss->points.back().seconds : 0, 0}));
    changed_ = true;
    if (!timer_.isActive()) timer_.start();
}

void LinkedPlots::refill() {
    for (LinkedPanel* panel : panels_) refill(*panel);
    const Curve* loss = curve("train/loss");
    marks_.place([&](double step) {
        double seconds = 0;
        if (loss && !loss->points.empty()) {
            const auto at = std::lower_bound(loss->points.begin(), loss->points.end(), step,
                                             [](const Curve::Point& p, double s) { return p.step < s; });
            seconds = at != loss->points.end() ? at->seconds : loss->points.back().seconds;
        }
        return xOf({step, seconds, 0});
    });
    changed_ = true;
    timer_.start();
}

void LinkedPlots::refill(LinkedPanel& panel) {
    auto fill = [&](QCPGraph* graph, const std::string& metric, bool smooth) {
        const auto it = curves_.find(metric);
        QVector<double> x, y;
        if (it != curves_.end())
            for (std::size_t i = 0; i < it->second.points.size(); ++i) {
                x << xOf(it->second.points[i]);
                y << (smooth ? it->second.smooth[i] : it->second.points[i].value);
            }
        graph->setData(x, y, true);
    };
    fill(panel.raw, panel.metric, false);
    fill(panel.smooth, panel.smoothed ? panel.metric : std::string(), true);
    fill(panel.points, panel.pointMetric, false);
    if (&panel == &loss_) fill(parent_, parentMetric, false);
}

void LinkedPlots::setX(X x) {
    x_ = x;
    free_ = false;
    refill();
    Q_EMIT viewChanged();
}

void LinkedPlots::setLogY(bool on) {
    logY_ = on;
    for (LinkedPanel* panel : panels_) panel->setLogY(on, panel == &loss_ ? 5 : 3);
    changed_ = true;
    draw();
}

void LinkedPlots::setLogX(bool on) {
    logX_ = on;
    for (LinkedPanel* panel : panels_) panel->setLogX(on);
    free_ = false;
    changed_ = true;
    draw();
}

void LinkedPlots::setFollow(bool on) {
    follow_ = on;
    free_ = on;
    changed_ = true;
    draw();
    Q_EMIT viewChanged();
}

void LinkedPlots::setSmoothing(double share) {
    smoothing_ = share;
    for (auto& [metric, curve] : curves_) {
        curve.smoothing = share;
        curve.resmooth();
    }
    for (LinkedPanel* panel : panels_) panel->smooth->setVisible(share > 0);
    showLegend();
    refill();
}

void LinkedPlots::showAll() {
    free_ = follow_ = false;
    for (LinkedPanel* panel : panels_) panel->zoomed = false;
    changed_ = true;
    draw();
    Q_EMIT viewChanged();
}

double LinkedPlots::lastX() const {
    double last = 0;
    for (const auto& [metric, curve] : curves_)
        if (!curve.points.empty()) last = std::max(last, xOf(curve.points.back()));
    return last;
}

void LinkedPlots::scale() {
    const double last = lastX();
    QCPAxis* x = loss_.x();
    if (!free_) {
        // The last value stands at the right edge, its label beyond it.
        x->setRange(logX_ ? std::max(1e-3, last / 1e4) : 0, last > 0 ? last : 1);
    } else if (follow_) {
        const double width = std::min(x->range().size(), std::max(last, 1.0));
        x->setRange(last - width, last);
    }
    for (LinkedPanel* panel : panels_)
        if (!panel->zoomed) scaleY(*panel);
}

void LinkedPlots::scaleY(LinkedPanel& panel) {
    std::vector<double> also;
    if (const Curve* parent = curve(parentMetric); &panel == &loss_ && parent)
        for (const Curve::Point& point : parent->points) also.push_back(point.value);
    if (&panel == &loss_ && floor_) also.push_back(*floor_);
    if (panel.fromZero) also.push_back(0);
    panel.scaleY(
        curve(panel.metric), curve(panel.pointMetric), also, [this](const auto& point) { return xOf(point); }, logY_);
}

void LinkedPlots::placeEnds() {
    for (LinkedPanel* panel : panels_)
        panel->placeEnds(curve(panel->metric), curve(panel->pointMetric), smoothing_ > 0);
}

void LinkedPlots::draw() {
    changed_ = false;
    scale();
    placeEnds();
    loss_.setLevel(floor_);
    norm_.setLevel(clip_ > 0 ? std::optional(clip_) : std::nullopt);
    norm_.title->setText(clip_ > 0 ? tr("Gradient norm, clipped above %1").arg(valueText(clip_, 3))
                                   : tr("Gradient norm"));
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::drawNow() {
    draw();
    plot_->replot(QCustomPlot::rpImmediateRefresh);
    // Labels at the ends need the axes' pixels, which exist only after the first layout.
    placeEnds();
    plot_->replot(QCustomPlot::rpImmediateRefresh);
}

void LinkedPlots::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    timer_.start();
}

}  // namespace gw::ui
