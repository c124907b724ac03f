#include "ui/plots/linked_plots.h"

#include <QEvent>
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
constexpr int endMargin = 64;     // px to the right of the curves, for their current values

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
    makePanel(loss_, 0, 2.6, tr("Loss"));
    makePanel(perplexity_, 1, 1, tr("Perplexity of the validation part"));
    makePanel(norm_, 2, 1, tr("Gradient norm"));
    makePanel(rate_, 3, 0.8, tr("Learning rate"));
    parent_ = plot_->addGraph(loss_.rect->axis(QCPAxis::atBottom), loss_.rect->axis(QCPAxis::atLeft));
    auto* margins = new QCPMarginGroup(plot_);
    for (Panel* panel : panels_) panel->rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);

    // Marks stand on an axis of their own, 0 to 1, so that no zoom moves them from the top edge.
    for (Panel* panel : panels_) {
        QCPAxis* edge = panel->rect->axis(QCPAxis::atRight);
        edge->setRange(0, 1.02);
        for (const char* kind : {"save", "resume", "knob", "alert", "warning", "nan"}) {
            QCPGraph* graph = plot_->addGraph(panel->rect->axis(QCPAxis::atBottom), edge);
            graph->setLineStyle(QCPGraph::lsImpulse);
            graph->setAdaptiveSampling(false);
            marks_[kind].push_back(graph);
        }
    }
    connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { pressed_ = event->position(); });
    connect(plot_, &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        constexpr double still = 4;  // px: more is a drag
        const auto loss = curves_.find("train/loss");
        if (event->button() != Qt::LeftButton || (event->position() - pressed_).manhattanLength() > still ||
            loss == curves_.end() || loss->second.points.empty())
            return;
        Q_EMIT stepClicked(static_cast<std::int64_t>(
            loss->second
                .points[nearestPoint(loss->second,
                                     loss_.rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x()))]
                .step));
    });
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

void LinkedPlots::makePanel(Panel& panel, int row, double stretch, const QString& title) {
    panel.title = new QCPTextElement(plot_, title, Theme::smallFont());
    panel.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    panel.title->setMargins({0, row == 0 ? 0 : 6, 0, 0});
    plot_->plotLayout()->addElement(2 * row, 0, panel.title);
    panel.rect = new QCPAxisRect(plot_);
    plot_->plotLayout()->addElement(2 * row + 1, 0, panel.rect);
    plot_->plotLayout()->setRowStretchFactor(2 * row, 0.001);
    plot_->plotLayout()->setRowStretchFactor(2 * row + 1, stretch);
    panel.rect->setMinimumMargins({8, 2, endMargin, row == 3 ? 8 : 2});
    QCPAxis *x = panel.rect->axis(QCPAxis::atBottom), *y = panel.rect->axis(QCPAxis::atLeft);
    panel.rect->axis(QCPAxis::atRight)->setVisible(false);
    panel.rect->axis(QCPAxis::atTop)->setVisible(false);
    x->setTickLabels(row == 3);
    x->setTicker(linearTicker(true));
    y->setTicker(linearTicker(false));
    y->ticker()->setTickCount(row == 0 ? 5 : 3);
    panel.rect->setRangeDrag(Qt::Horizontal);
    panel.rect->setRangeDragAxes(x, nullptr);
    panel.raw = plot_->addGraph(x, y);
    panel.smooth = plot_->addGraph(x, y);
    panel.points = plot_->addGraph(x, y);
    auto text = [&](Qt::Alignment alignment) {
        auto* item = new QCPItemText(plot_);
        item->setClipToAxisRect(false);
        item->setClipAxisRect(panel.rect);
        item->setPositionAlignment(alignment);
        item->setFont(Theme::smallFont());
        item->position->setAxisRect(panel.rect);
        item->position->setAxes(x, y);
        item->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        item->position->setTypeY(QCPItemPosition::ptPlotCoords);
        item->setPadding({4, 0, 0, 0});
        item->setVisible(false);
        return item;
    };
    panel.end = text(Qt::AlignLeft | Qt::AlignVCenter);
    panel.pointEnd = text(Qt::AlignLeft | Qt::AlignVCenter);
    panel.beyond = text(Qt::AlignLeft | Qt::AlignTop);
    panel.beyond->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    panel.beyond->position->setCoords(1, 0);
    auto line = [&](bool vertical) {
        auto* item = new QCPItemStraightLine(plot_);
        item->setClipAxisRect(panel.rect);
        for (QCPItemPosition* at : {item->point1, item->point2}) {
            at->setAxisRect(panel.rect);
            at->setAxes(x, y);
            if (vertical)
                at->setTypeY(QCPItemPosition::ptAxisRectRatio);
            else
                at->setTypeX(QCPItemPosition::ptAxisRectRatio);
        }
        item->setVisible(false);
        return item;
    };
    panel.crosshair = line(true);
    panel.level = line(false);
    connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this, x](const QCPRange& range) {
        if (linking_) return;
        linking_ = true;
        for (Panel* other : panels_)
            if (other->rect && other->rect->axis(QCPAxis::atBottom) != x)
                other->rect->axis(QCPAxis::atBottom)->setRange(range);
        linking_ = false;
    });
}

void LinkedPlots::restyle() {
    const Tokens& t = tokens();
    stylePlot(*plot_);
    for (Panel* panel : panels_) {
        const QColor train = t.curve(0), validation = t.curve(1);
        QColor ghost = train;
        ghost.setAlphaF(0.25F);
        const bool hasSmooth = panel != &rate_;
        panel->raw->setPen(QPen(hasSmooth ? ghost : train, hasSmooth ? 1.0 : 1.75));
        panel->smooth->setPen(QPen(train, 1.75));
        panel->points->setPen(QPen(validation, 1.75));
        panel->points->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(validation), QBrush(validation), 5));
        panel->title->setTextColor(t.muted);
        panel->end->setColor(train);
        panel->pointEnd->setColor(validation);
        panel->beyond->setColor(t.warn);
        panel->crosshair->setPen(QPen(t.lineStrong, 1));
        panel->level->setPen(QPen(panel == &loss_ ? t.good : t.muted, 1.25, Qt::DashLine));
    }
    const QColor parent = t.curve(2);
    parent_->setPen(QPen(parent, 1.75, Qt::DashLine));
    parent_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(parent), QBrush(parent), 5));
    const std::pair<const char*, QColor> markColors[] = {{"save", t.lineStrong}, {"resume", t.accent}, {"knob", t.good},
                                                         {"alert", t.warn},      {"warning", t.warn},  {"nan", t.bad}};
    for (const auto& [kind, color] : markColors) {
        QColor faint = color;
        faint.setAlphaF(0.5F);
        for (QCPGraph* graph : marks_[kind]) graph->setPen(QPen(faint, 1));
        const auto shape =
            std::string(kind) == "knob" ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssTriangleInverted;
        marks_[kind].front()->setScatterStyle(
            QCPScatterStyle(shape, QPen(color), QBrush(color), std::string(kind) == "save" ? 5 : 8));
    }
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
    markSteps_.clear();
    floor_.reset();
    clip_ = 0;
    free_ = follow_ = false;
    for (Panel* panel : panels_) panel->zoomed = false;
    perplexity_.pointMetric = "validation/perplexity";
    perplexity_.title->setText(tr("Perplexity of the validation part"));
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
    if (metric == "validation/accuracy" && !curves_.contains("validation/perplexity") &&
        perplexity_.pointMetric != metric) {
        perplexity_.pointMetric = metric;
        perplexity_.title->setText(tr("Accuracy of the validation part"));
        refill(perplexity_);
    }
    if (metric == "validation/perplexity" && perplexity_.pointMetric != metric) {
        perplexity_.pointMetric = metric;
        perplexity_.title->setText(tr("Perplexity of the validation part"));
        refill(perplexity_);
    }
    for (Panel* panel : panels_) {
        if (panel->metric != metric && panel->pointMetric != metric) continue;
        if (rewound) {
            refill(*panel);
        } else {
            const double x = xOf(curve.points.back());
            if (panel->metric == metric) {
                panel->raw->addData(x, value);
                if (panel != &rate_) panel->smooth->addData(x, curve.smooth.back());
            }
            if (panel->pointMetric == metric) panel->points->addData(x, value);
        }
        changed_ = true;
    }
    if (changed_ && !timer_.isActive()) timer_.start();
}

void LinkedPlots::addMark(const std::string& kind, double step) {
    const auto graph = marks_.find(kind);
    if (graph == marks_.end()) return;
    markSteps_[kind].push_back(step);
    double seconds = 0;
    if (const auto loss = curves_.find("train/loss"); loss != curves_.end() && !loss->second.points.empty())
        seconds = loss->second.points.back().seconds;
    for (QCPGraph* each : graph->second) each->addData(xOf({step, seconds, 0}), 1);
    changed_ = true;
    if (!timer_.isActive()) timer_.start();
}

void LinkedPlots::refill() {
    for (Panel* panel : panels_) refill(*panel);
    const Curve* loss = curves_.contains("train/loss") ? &curves_["train/loss"] : nullptr;
    for (auto& [kind, graphs] : marks_) {
        for (QCPGraph* graph : graphs) graph->data()->clear();
        for (const double step : markSteps_[kind]) {
            double seconds = 0;
            if (loss) {
                const auto at = std::lower_bound(loss->points.begin(), loss->points.end(), step,
                                                 [](const Curve::Point& p, double s) { return p.step < s; });
                if (at != loss->points.end())
                    seconds = at->seconds;
                else if (!loss->points.empty())
                    seconds = loss->points.back().seconds;
            }
            for (QCPGraph* graph : graphs) graph->addData(xOf({step, seconds, 0}), 1);
        }
    }
    changed_ = true;
    timer_.start();
}

void LinkedPlots::refill(Panel& panel) {
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
    fill(panel.smooth, &panel == &rate_ ? std::string() : panel.metric, true);
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
    for (Panel* panel : panels_) {
        if (!panel->logarithmic) continue;
        QCPAxis* y = panel->rect->axis(QCPAxis::atLeft);
        y->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        y->setTicker(on ? logTicker() : linearTicker(false));
        y->ticker()->setTickCount(panel == &loss_ ? 5 : 3);
        panel->zoomed = false;
    }
    changed_ = true;
    draw();
}

void LinkedPlots::setLogX(bool on) {
    logX_ = on;
    for (Panel* panel : panels_) {
        QCPAxis* x = panel->rect->axis(QCPAxis::atBottom);
        x->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        x->setTicker(on ? logTicker() : linearTicker(true));
    }
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
    for (Panel* panel : panels_) panel->smooth->setVisible(share > 0);
    showLegend();
    refill();
}

void LinkedPlots::showAll() {
    free_ = follow_ = false;
    for (Panel* panel : panels_) panel->zoomed = false;
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
    QCPAxis* x = loss_.rect->axis(QCPAxis::atBottom);
    if (!free_) {
        // The last value stands at the right edge, its label beyond it.
        x->setRange(logX_ ? std::max(1e-3, last / 1e4) : 0, last > 0 ? last : 1);
    } else if (follow_) {
        const double width = std::min(x->range().size(), std::max(last, 1.0));
        x->setRange(last - width, last);
    }
    for (Panel* panel : panels_)
        if (!panel->zoomed) scaleY(*panel);
}

/// From the 1st to the 99th percentile of the raw curve, and all of what is drawn as line and points over it, where x
/// is in view.
void LinkedPlots::scaleY(Panel& panel) {
    QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
    const QCPRange seen = panel.rect->axis(QCPAxis::atBottom)->range();
    std::vector<double> values;
    double low = HUGE_VAL, high = -HUGE_VAL, most = -HUGE_VAL;
    auto usable = [&](double value) { return std::isfinite(value) && (!logY_ || !panel.logarithmic || value > 0); };
    auto widen = [&](double value) {
        if (!usable(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    };
    if (const auto it = curves_.find(panel.metric); it != curves_.end())
        for (const Curve::Point& point : it->second.points)
            if (usable(point.value) && xOf(point) >= seen.lower && xOf(point) <= seen.upper) {
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
    if (const auto it = curves_.find(panel.pointMetric); it != curves_.end()) {
        // Early evaluations of a perplexity lie orders of magnitude above the rest; the curve is what counts.
        const auto& points = it->second.points;
        std::vector<double> some;
        for (const Curve::Point& point : points)
            if (usable(point.value) && xOf(point) >= seen.lower && xOf(point) <= seen.upper)
                some.push_back(point.value);
        for (const double value : some) widen(value);
    }
    if (const auto it = curves_.find(parentMetric); &panel == &loss_ && it != curves_.end())
        for (const Curve::Point& point : it->second.points) widen(point.value);
    if (&panel == &loss_ && floor_) widen(*floor_);
    if (&panel == &rate_) widen(0);
    const bool nothing = low > high;
    if (nothing) {
        low = logY_ && panel.logarithmic ? 0.1 : 0;
        high = 1;
    }
    if (logY_ && panel.logarithmic) {
        const double room = std::max(1.05, std::pow(high / low, 0.06));
        y->setRange(low / room, high * room);
    } else {
        const double room = high > low ? 0.06 * (high - low) : std::max(1e-12, 0.1 * std::abs(high));
        y->setRange(&panel == &rate_ ? 0 : low - room, high + room);
    }
    panel.beyond->setVisible(!nothing && most > y->range().upper);
    panel.beyond->setText(QStringLiteral("▲ %1").arg(valueText(most, 3)));
}

void LinkedPlots::placeEnds(Panel& panel) {
    const QCPRange range = panel.rect->axis(QCPAxis::atLeft)->range();
    auto place = [&](QCPItemText* item, const std::string& metric, bool smooth) -> std::optional<double> {
        const auto it = curves_.find(metric);
        item->setVisible(it != curves_.end() && !it->second.points.empty());
        if (!item->visible()) return std::nullopt;
        const double value = smooth ? it->second.smooth.back() : it->second.points.back().value;
        item->setVisible(std::isfinite(value));
        item->setText(valueText(value, metric == "train/lr" ? 2 : 4));
        const double at = std::clamp(value, range.lower, range.upper);
        item->position->setCoords(1, at);
        return at;
    };
    const auto end = place(panel.end, panel.metric, &panel != &rate_ && smoothing_ > 0),
               points = place(panel.pointEnd, panel.pointMetric, false);
    if (!end || !points) return;
    // Two labels on one height: the lower value moves down by a line.
    QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
    const double a = y->coordToPixel(*end), b = y->coordToPixel(*points);
    constexpr double lineHeight = 15;
    if (std::abs(a - b) >= lineHeight) return;
    const double shift = (lineHeight - std::abs(a - b)) / 2;
    panel.end->position->setCoords(1, y->pixelToCoord(a <= b ? a - shift : a + shift));
    panel.pointEnd->position->setCoords(1, y->pixelToCoord(a <= b ? b + shift : b - shift));
}

void LinkedPlots::draw() {
    changed_ = false;
    scale();
    for (Panel* panel : panels_) placeEnds(*panel);
    auto level = [](Panel& panel, std::optional<double> value) {
        panel.level->setVisible(value.has_value());
        if (!value) return;
        panel.level->point1->setCoords(0, *value);
        panel.level->point2->setCoords(1, *value);
    };
    level(loss_, floor_);
    level(norm_, clip_ > 0 ? std::optional(clip_) : std::nullopt);
    norm_.title->setText(clip_ > 0 ? tr("Gradient norm, clipped above %1").arg(valueText(clip_, 3))
                                   : tr("Gradient norm"));
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::drawNow() {
    draw();
    plot_->replot(QCustomPlot::rpImmediateRefresh);
    // Labels at the ends need the axes' pixels, which exist only after the first layout.
    for (Panel* panel : panels_) placeEnds(*panel);
    plot_->replot(QCustomPlot::rpImmediateRefresh);
}

void LinkedPlots::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    timer_.start();
}

bool LinkedPlots::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) {
        for (Panel* panel : panels_) panel->crosshair->setVisible(false);
        readOut_->clear();
        plot_->replot(QCustomPlot::rpQueuedReplot);
    }
    return QWidget::eventFilter(watched, event);
}

void LinkedPlots::mouseMoved(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) {
        follow_ = false;
        free_ = true;
        for (Panel* panel : panels_)
            if (!panel->zoomed) scaleY(*panel);
        Q_EMIT viewChanged();
    }
    const double x = loss_.rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x());
    for (Panel* panel : panels_) {
        panel->crosshair->setVisible(true);
        panel->crosshair->point1->setCoords(x, 0);
        panel->crosshair->point2->setCoords(x, 1);
    }
    showReadOut(x);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

std::size_t LinkedPlots::nearestPoint(const Curve& curve, double x) const {
    auto at = std::lower_bound(curve.points.begin(), curve.points.end(), x,
                               [this](const Curve::Point& p, double wanted) { return xOf(p) < wanted; });
    if (at == curve.points.end()) --at;
    if (at != curve.points.begin() && x - xOf(*(at - 1)) < xOf(*at) - x) --at;
    return static_cast<std::size_t>(at - curve.points.begin());
}

void LinkedPlots::showReadOut(double x) {
    const auto loss = curves_.find("train/loss");
    if (loss == curves_.end() || loss->second.points.empty()) return;
    auto nearest = [&](const Curve& curve) { return nearestPoint(curve, x); };
    const std::size_t i = nearest(loss->second);
    const Curve::Point& point = loss->second.points[i];
    QString text = tr("step %1").arg(countText(static_cast<std::int64_t>(point.step))) + QStringLiteral(" · ") +
                   secondsText(point.seconds);
    text += QStringLiteral("  ") +
            tr("loss %1 (smoothed %2)").arg(valueText(point.value), valueText(loss->second.smooth[i]));
    const std::pair<const char*, QString> others[] = {
        {"validation/loss", tr("validation %1")}, {"train/grad_norm", tr("norm %1")}, {"train/lr", tr("rate %1")}};
    for (const auto& [metric, form] : others)
        if (const auto it = curves_.find(metric); it != curves_.end() && !it->second.points.empty())
            text += QStringLiteral("  ") + form.arg(valueText(it->second.points[nearest(it->second)].value, 3));
    readOut_->setText(text);
}

void LinkedPlots::wheelTurned(QWheelEvent* event) {
    const double turns =
        event->angleDelta().y() != 0 ? event->angleDelta().y() / 120.0 : event->angleDelta().x() / 120.0;
    const double factor = std::pow(0.85, turns);
    if (event->modifiers() & Qt::ShiftModifier) {
        for (Panel* panel : panels_) {
            if (!panel->rect->rect().contains(event->position().toPoint())) continue;
            QCPAxis* y = panel->rect->axis(QCPAxis::atLeft);
            y->scaleRange(factor, y->pixelToCoord(event->position().y()));
            panel->zoomed = true;
        }
    } else {
        QCPAxis* x = loss_.rect->axis(QCPAxis::atBottom);
        x->scaleRange(factor, x->pixelToCoord(event->position().x()));
        free_ = true;
        follow_ = false;
        for (Panel* panel : panels_)
            if (!panel->zoomed) scaleY(*panel);
        Q_EMIT viewChanged();
    }
    for (Panel* panel : panels_) placeEnds(*panel);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace gw::ui
