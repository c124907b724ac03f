#include "ui/plots/compare_plots.h"

#include <QEvent>
#include <QPicture>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/metric_text.h"
#include "ui/plots/curve_plottable.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/run_look.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {
constexpr int settleTime = 120;    // ms without a move before finer curves are read and lines are drawn well again
constexpr double nearEnough = 10;  // px from a line to the mouse
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
    });
    connect(&Theme::instance(), &Theme::changed, this, &ComparePlots::restyle);
    connect(plot_, &QCustomPlot::mouseMove, this, &ComparePlots::mouseMoved);
    connect(plot_, &QCustomPlot::mouseWheel, this, &ComparePlots::wheelTurned);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        if (Panel* panel = panelAt(event->position()))
            if (const int line = lineNear(*panel, event->position()); line >= 0) Q_EMIT clicked(line);
    });
    plot_->installEventFilter(this);
}

void ComparePlots::setMetrics(const std::vector<std::string>& metrics, Counted counted) {
    if (metrics == metrics_ && counted == counted_) return;
    metrics_ = metrics;
    counted_ = counted;
    makePanels();
}

void ComparePlots::makePanels() {
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
        panel.title = new QCPTextElement(plot_, metricText(panel.metric, counted_), Theme::smallFont());
        panel.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
        panel.title->setMargins({0, i == 0 ? 0 : 6, 0, 0});
        panel.rect = new QCPAxisRect(plot_);
        plot_->plotLayout()->addElement(row, 0, panel.title);
        plot_->plotLayout()->addElement(row + 1, 0, panel.rect);
        plot_->plotLayout()->setRowStretchFactor(row, 0.001);
        plot_->plotLayout()->setRowStretchFactor(row + 1, i == 0 ? 1.6 : 1);
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
    setLogX(logX_);
    restyle();
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
    axisTitle_ = title;
    isTime_ = isTime;
    zoomed_ = false;
    setLogX(logX_);
}

void ComparePlots::setLogX(bool on) {
    logX_ = on;
    for (Panel& panel : panels_) {
        QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
        x->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        x->setTicker(on ? logTicker() : isTime_ ? timeTicker() : linearTicker(true));
        x->setLabel(&panel == &panels_.back() ? axisTitle_ : QString());
    }
    zoomed_ = false;
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
}

void ComparePlots::restyle() {
    const Tokens& t = tokens();
    stylePlot(*plot_);
    for (Panel& panel : panels_) {
        panel.title->setTextColor(t.muted);
        panel.crosshair->setPen(QPen(t.lineStrong, 1));
        panel.beyond->setColor(t.warn);
        QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
        y->setTicker(logY_ ? logTicker() : linearTicker(true));
        y->ticker()->setTickCount(panels_.size() > 3 ? 3 : 5);
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

ComparePlots::Panel* ComparePlots::panelAt(const QPointF& at) {
    for (Panel& panel : panels_)
        if (panel.rect->rect().contains(at.toPoint())) return &panel;
    return nullptr;
}

int ComparePlots::lineNear(const Panel& panel, const QPointF& at) const {
    int best = -1;
    double least = nearEnough;
    for (std::size_t i = 0; i < panel.curves.size(); ++i) {
        if (!panel.curves[i]->visible()) continue;
        if (const double d = panel.curves[i]->distance(at); d < least) {
            least = d;
            best = static_cast<int>(i);
        }
    }
    return best;
}

bool ComparePlots::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) {
        for (Panel& panel : panels_) panel.crosshair->setVisible(false);
        highlight(-1);
        plot_->replot(QCustomPlot::rpQueuedReplot);
        Q_EMIT left();
        Q_EMIT hovered(-1);
    }
    return QWidget::eventFilter(watched, event);
}

void ComparePlots::mouseMoved(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) moved();
    Panel* panel = panelAt(event->position());
    if (!panel) return;
    const double x = panel->rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x());
    for (Panel& one : panels_) {
        one.crosshair->setVisible(true);
        one.crosshair->point1->setCoords(x, 0);
        one.crosshair->point2->setCoords(x, 1);
    }
    std::vector<double> values;
    for (const CurvePlottable* curve : panel->curves) values.push_back(curve->curve()->at(x).value_or(NAN));
    Q_EMIT pointed(x, values);
    if (!(event->buttons() & Qt::LeftButton)) {
        const int line = lineNear(*panel, event->position());
        if (line != highlighted_) {
            highlight(line);
            Q_EMIT hovered(line);
        }
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::wheelTurned(QWheelEvent* event) {
    Panel* panel = panelAt(event->position());
    if (!panel) return;
    const double turns =
        event->angleDelta().y() != 0 ? event->angleDelta().y() / 120.0 : event->angleDelta().x() / 120.0;
    const double factor = std::pow(0.85, turns);
    if (event->modifiers() & Qt::ShiftModifier) {
        QCPAxis* y = panel->rect->axis(QCPAxis::atLeft);
        y->scaleRange(factor, y->pixelToCoord(event->position().y()));
        panel->zoomed = true;
    } else {
        QCPAxis* x = panel->rect->axis(QCPAxis::atBottom);
        x->scaleRange(factor, x->pixelToCoord(event->position().x()));
    }
    moved();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ComparePlots::paintOnto(QPainter& painter, const QSizeF& size) {
    // On white, whatever the window looks like: this is for papers and slides.
    const Tokens light = Theme::lightColors();
    const auto dress = [&](const Tokens& t) {
        stylePlot(*plot_, t);
        for (Panel& panel : panels_) {
            panel.title->setTextColor(t.text);
            panel.beyond->setColor(t.warn);
            panel.crosshair->setVisible(false);
            for (std::size_t i = 0; i < panel.curves.size(); ++i) {
                panel.curves[i]->setLook(runPen(lines_[i].number, 1.75, t), ghost_, lines_[i].band);
                panel.curves[i]->setFaded(false);
                panel.curves[i]->setQuick(false);
            }
        }
    };
    dress(light);
    constexpr double lineHeight = 18, swatch = 26, gap = 24;
    QFont font = Theme::smallFont();
    painter.setFont(font);
    const QFontMetricsF metrics(font, painter.device());
    std::vector<std::pair<QPointF, std::size_t>> places;
    QPointF at(12, 0);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (!lines_[i].visible) continue;
        const double width = swatch + metrics.horizontalAdvance(lines_[i].label) + gap;
        if (at.x() > 12 && at.x() + width > size.width()) at = QPointF(12, at.y() + lineHeight);
        places.emplace_back(at, i);
        at.rx() += width;
    }
    const double legend = places.empty() ? 0 : at.y() + lineHeight + 8;
    painter.fillRect(QRectF(QPointF(0, 0), size), Qt::white);
    QCPPainter inner;
    QPicture picture;
    inner.begin(&picture);
    inner.setMode(QCPPainter::pmVectorized);
    inner.setMode(QCPPainter::pmNoCaching);
    plot_->toPainter(&inner, static_cast<int>(size.width()), static_cast<int>(size.height() - legend));
    inner.end();
    picture.play(&painter);
    for (const auto& [place, line] : places) {
        const double y = size.height() - legend + place.y() + lineHeight / 2;
        painter.setPen(runPen(lines_[line].number, 1.75, light));
        painter.drawLine(QLineF(place.x(), y, place.x() + swatch - 6, y));
        painter.setPen(light.text);
        painter.drawText(QPointF(place.x() + swatch, y + metrics.ascent() / 2 - 1), lines_[line].label);
    }
    restyle();
}

}  // namespace gw::ui
