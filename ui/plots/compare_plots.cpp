#include "ui/plots/compare_plots.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/plots/curve_plottable.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/run_look.h"
#include "ui/shell/theme.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {
constexpr int settleTime = 120;  // ms without a move before finer curves are read and lines are drawn well again
}  // namespace

ComparePlots::ComparePlots(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    plot_ = new QCustomPlot;
    plot_->plotLayout()->clear();
    plot_->plotLayout()->setRowSpacing(2);
    plot_->setMouseTracking(true);
    plot_->setFocusPolicy(Qt::ClickFocus);
    plot_->setMinimumHeight(180);
    plot_->setInteractions(QCP::iRangeDrag);
    plot_->setAccessibleName(tr("Curves of the compared runs"));
    column->addWidget(plot_);
    settle_.setInterval(settleTime);
    settle_.setSingleShot(true);
    connect(&settle_, &QTimer::timeout, this, [this] {
        drawNow(false);
        if (zoomed_) Q_EMIT rangeSettled(range().first, range().second);
        Q_EMIT viewSettled();
    });
    connect(&Theme::instance(), &Theme::changed, this, &ComparePlots::restyle);
    connect(plot_, &QCustomPlot::beforeReplot, this, [this] {
        for (Panel& panel : panels_)
            panel.rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(ticksIn(panel.rect->height()));
    });
    connect(plot_, &QCustomPlot::mouseMove, this, &ComparePlots::mouseMoved);
    connect(plot_, &QCustomPlot::mouseWheel, this, &ComparePlots::wheelTurned);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this](QMouseEvent* event) {
        if (handleAt(event->position()) == 0) return showAll();
        setShares({});
        Q_EMIT viewSettled();
    });
    connect(plot_, &QCustomPlot::mousePress, this, &ComparePlots::mousePressed);
    connect(plot_, &QCustomPlot::mouseRelease, this, &ComparePlots::mouseReleased);
    plot_->installEventFilter(this);
}

void ComparePlots::setMetrics(const std::vector<std::string>& metrics, Counted counted, bool byCriterion) {
    if (metrics == metrics_ && counted == counted_ && byCriterion == byCriterion_) return;
    metrics_ = metrics;
    counted_ = counted;
    byCriterion_ = byCriterion;
    makePanels();
}

QString ComparePlots::titleOf(const std::string& metric) const {
    const QString title = metricText(metric, counted_);
    return byCriterion_ && metric == "train/loss"
               ? tr("%1: what training minimises, with smoothing, weights or a teacher; validation losses are plain")
                     .arg(title)
               : title;
}

void ComparePlots::makePanels() {
    const bool keepsRange = zoomed_ && !panels_.empty();
    const auto [from, to] = range();
    pulled_ = 0;
    plot_->clearPlottables();
    plot_->clearItems();
    plot_->plotLayout()->clear();
    panels_.clear();
    auto* margins = new QCPMarginGroup(plot_);
    for (std::size_t i = 0; i < metrics_.size(); ++i) {
        Panel panel;
        panel.metric = metrics_[i];
        const bool last = i + 1 == metrics_.size();
        const int row = 2 * static_cast<int>(i);
        panel.title = new QCPTextElement(plot_, titleOf(panel.metric), Theme::smallFont());
        panel.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
        panel.title->setMargins({0, i == 0 ? 0 : 6, 0, 0});
        panel.rect = new QCPAxisRect(plot_);
        plot_->plotLayout()->addElement(row, 0, panel.title);
        plot_->plotLayout()->addElement(row + 1, 0, panel.rect);
        plot_->plotLayout()->setRowStretchFactor(row, 0.001);
        panel.rect->setMinimumMargins({8, 2, 20, last ? 8 : 2});
        panel.rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        QCPAxis *x = panel.rect->axis(QCPAxis::atBottom), *y = panel.rect->axis(QCPAxis::atLeft);
        panel.rect->axis(QCPAxis::atRight)->setVisible(false);
        panel.rect->axis(QCPAxis::atTop)->setVisible(false);
        x->setTickLabels(last);
        panel.rect->setRangeDrag(Qt::Horizontal);
        panel.rect->setRangeDragAxes(x, nullptr);
        panel.crosshair = new QCPItemStraightLine(plot_);
        panel.crosshair->setClipAxisRect(panel.rect);
        for (QCPItemPosition* at : {panel.crosshair->point1, panel.crosshair->point2}) {
            at->setAxisRect(panel.rect);
            at->setAxes(x, y);
            at->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        panel.crosshair->setVisible(false);
        panel.beyond = new QCPItemText(plot_);
        panel.beyond->setClipToAxisRect(false);
        panel.beyond->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
        panel.beyond->setFont(Theme::smallFont());
        panel.beyond->position->setAxisRect(panel.rect);
        panel.beyond->position->setType(QCPItemPosition::ptAxisRectRatio);
        panel.beyond->position->setCoords(1, 0);
        panel.off = new QCPItemText(plot_);
        panel.off->setClipToAxisRect(false);
        panel.off->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
        panel.off->setFont(Theme::smallFont());
        panel.off->setPadding({6, 0, 0, 8});
        panel.off->position->setAxisRect(panel.rect);
        panel.off->position->setType(QCPItemPosition::ptAxisRectRatio);
        panel.off->position->setCoords(0, 1);
        panel.off->setVisible(false);
        connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this, x](const QCPRange& changed) {
            if (linking_) return;
            linking_ = true;
            for (Panel& other : panels_)
                if (other.rect->axis(QCPAxis::atBottom) != x) other.rect->axis(QCPAxis::atBottom)->setRange(changed);
            linking_ = false;
        });
        panels_.push_back(panel);
    }
    for (Panel& panel : panels_) fillPanel(panel);
    share();
    if (keepsRange) panels_.front().rect->axis(QCPAxis::atBottom)->setRange(from, to);
    dressX();
    restyle();
}

void ComparePlots::setShares(const std::map<std::string, double>& shares) {
    shares_ = shares;
    share();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::share() {
    constexpr double first = 1.6;  // what the tables speak of is drawn larger
    for (std::size_t i = 0; i < panels_.size(); ++i) {
        const auto found = shares_.find(panels_[i].metric);
        const double wanted = found != shares_.end() ? found->second : i == 0 ? first : 1;
        plot_->plotLayout()->setRowStretchFactor(2 * static_cast<int>(i) + 1, std::clamp(wanted, 0.05, 50.0));
    }
}

void ComparePlots::fillPanel(Panel& panel) {
    for (CurvePlottable* curve : panel.curves) plot_->removePlottable(curve);
    panel.curves.clear();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        auto* curve = new CurvePlottable(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
        if (const auto found = curves_.find({panel.metric, i}); found != curves_.end()) curve->setCurve(found->second);
        curve->setVisible(lines_[i].visible);
        panel.curves.push_back(curve);
    }
}

void ComparePlots::setLines(std::vector<PlotLine> lines) {
    lines_ = std::move(lines);
    curves_.clear();
    whole_.clear();
    highlighted_ = -1;
    for (Panel& panel : panels_) fillPanel(panel);
    restyle();
}

void ComparePlots::setVisibleLine(std::size_t line, bool visible) {
    if (line >= lines_.size()) return;
    lines_[line].visible = visible;
    for (Panel& panel : panels_) panel.curves[line]->setVisible(visible);
    scale();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::setCurves(const ReadCurves& curves, bool whole) {
    curves_ = curves;
    if (whole) whole_ = curves;
    for (Panel& panel : panels_)
        for (std::size_t i = 0; i < panel.curves.size(); ++i)
            if (const auto found = curves_.find({panel.metric, i}); found != curves_.end())
                panel.curves[i]->setCurve(found->second);
    scale();
    for (Panel& panel : panels_)
        for (CurvePlottable* curve : panel.curves) curve->setQuick(false);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::setAxis(const QString& title, bool isTime) {
    if (title != axisTitle_ || isTime != isTime_) zoomed_ = false;
    axisTitle_ = title;
    isTime_ = isTime;
    dressX();
}

void ComparePlots::setLogX(bool on) {
    if (on != logX_) zoomed_ = false;
    logX_ = on;
    dressX();
}

void ComparePlots::dressX() {
    for (Panel& panel : panels_) {
        QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
        x->setScaleType(logX_ ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        x->setTicker(logX_ ? logTicker() : isTime_ ? timeTicker() : linearTicker(true));
        x->setLabel(&panel == &panels_.back() ? axisTitle_ : QString());
    }
    scale();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::setLogY(bool on) {
    logY_ = on;
    for (Panel& panel : panels_) {
        QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
        y->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        panel.zoomed = false;
    }
    restyle();
    scale();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::setGhost(bool on) {
    ghost_ = on;
    restyle();
}

void ComparePlots::highlight(int line) {
    if (line == highlighted_) return;
    highlighted_ = line;
    restyle();
}

void ComparePlots::showAll() {
    zoomed_ = false;
    curves_ = whole_;
    for (Panel& panel : panels_) {
        panel.zoomed = false;
        for (std::size_t i = 0; i < panel.curves.size(); ++i)
            if (const auto found = whole_.find({panel.metric, i}); found != whole_.end())
                panel.curves[i]->setCurve(found->second);
    }
    scale();
    drawNow(false);
    settle_.start();
    Q_EMIT viewChanged();
}

std::pair<double, double> ComparePlots::range() const {
    if (panels_.empty()) return {0, 1};
    const QCPRange range = panels_.front().rect->axis(QCPAxis::atBottom)->range();
    return {range.lower, range.upper};
}

void ComparePlots::setRange(double from, double to) {
    if (panels_.empty()) return;
    panels_.front().rect->axis(QCPAxis::atBottom)->setRange(from, to);
    moved();
}

int ComparePlots::columns() const {
    return panels_.empty() ? 1000 : std::max(200, panels_.front().rect->width());
}

void ComparePlots::moved() {
    zoomed_ = true;
    for (Panel& panel : panels_)
        if (!panel.zoomed) scaleY(panel);
    settle_.start();
    for (Panel& panel : panels_)
        for (CurvePlottable* curve : panel.curves) curve->setQuick(true);
    Q_EMIT viewChanged();
}

double ComparePlots::drawNow(bool quick) {
    QElapsedTimer clock;
    clock.start();
    for (Panel& panel : panels_)
        for (CurvePlottable* curve : panel.curves) curve->setQuick(quick);
    plot_->replot(QCustomPlot::rpImmediateRefresh);
    return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

void ComparePlots::scale() {
    if (panels_.empty()) return;
    if (!zoomed_) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (const Panel& panel : panels_)
            for (const CurvePlottable* curve : panel.curves) {
                if (!curve->visible() || curve->curve()->empty()) continue;
                const auto& x = curve->curve()->x;
                high = std::max(high, x.back());
                const auto first = logX_ ? std::upper_bound(x.begin(), x.end(), 0.0) : x.begin();
                if (first != x.end()) low = std::min(low, *first);
            }
        if (low > high) {
            low = logX_ ? 1 : 0;
            high = 10;
        }
        if (!logX_ && low > 0) low = 0;
        if (high <= low) high = low + 1;
        linking_ = true;
        for (Panel& panel : panels_)
            panel.rect->axis(QCPAxis::atBottom)->setRange(low, logX_ ? high * 1.02 : high + 0.01 * (high - low));
        linking_ = false;
    }
    for (Panel& panel : panels_)
        if (!panel.zoomed) scaleY(panel);
}

void ComparePlots::scaleY(Panel& panel) {
    QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
    std::vector<double> values;
    double most = -HUGE_VAL;
    for (const CurvePlottable* curve : panel.curves)
        if (curve->visible()) curve->collect(panel.rect->axis(QCPAxis::atBottom)->range(), logY_, values, most);
    double low = logY_ ? 0.1 : 0, high = 1;
    const bool any = !values.empty();
    if (any) {
        const std::size_t cut = values.size() / 100;
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(cut), values.end());
        low = values[cut];
        std::nth_element(values.begin(), values.end() - 1 - static_cast<std::ptrdiff_t>(cut), values.end());
        high = *(values.end() - 1 - static_cast<std::ptrdiff_t>(cut));
    }
    if (logY_) {
        const double room = std::max(1.02, std::pow(high / low, 0.05));
        y->setRange(low / room, high * room);
    } else {
        const double room = high > low ? 0.05 * (high - low) : std::max(1e-12, 0.1 * std::abs(high));
        y->setRange(low - room, high + room);
    }
    panel.beyond->setVisible(any && most > y->range().upper);
    if (panel.beyond->visible()) panel.beyond->setText(QStringLiteral("▲ %1").arg(valueText(most, 3)));
    showOff(panel);
}

void ComparePlots::showOff(Panel& panel) {
    const auto any = [&](const QCPAxis* axis) {
        return std::any_of(panel.curves.begin(), panel.curves.end(),
                           [&](const CurvePlottable* curve) { return curve->visible() && curve->offLogarithm(axis); });
    };
    QStringList texts;
    if (any(panel.rect->axis(QCPAxis::atLeft)))
        texts << tr("▼ values of 0 or less, which a logarithmic axis cannot show");
    if (any(panel.rect->axis(QCPAxis::atBottom))) texts << tr("◀ points at 0, which a logarithmic axis cannot show");
    panel.off->setText(texts.join(QStringLiteral("   ")));
    panel.off->setVisible(!texts.isEmpty());
}

QString ComparePlots::offText(std::size_t panel) const {
    return panel < panels_.size() && panels_[panel].off->visible() ? panels_[panel].off->text() : QString();
}

QString ComparePlots::titleText(std::size_t panel) const {
    return panel < panels_.size() ? panels_[panel].title->text() : QString();
}

void ComparePlots::restyle() {
    const Tokens& t = tokens();
    stylePlot(*plot_);
    for (Panel& panel : panels_) {
        panel.title->setTextColor(t.muted);
        panel.crosshair->setPen(QPen(t.lineStrong, 1));
        panel.beyond->setColor(t.warn);
        panel.off->setColor(t.warn);
        QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
        y->setTicker(logY_ ? logTicker() : linearTicker(true));
        for (std::size_t i = 0; i < panel.curves.size(); ++i) {
            const bool chosen = static_cast<int>(i) == highlighted_;
            // Qt strokes a pen of one pixel ten times as fast as a wider one, and many wide lines are a carpet.
            constexpr std::size_t manyLines = 12;
            const double width = chosen ? 2.75 : lines_.size() > manyLines ? 1 : 1.75;
            panel.curves[i]->setLook(runPen(lines_[i].number, width, t), ghost_, lines_[i].band);
            panel.curves[i]->setFaded(highlighted_ >= 0 && !chosen);
        }
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace gw::ui
