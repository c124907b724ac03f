// What the mouse does over the plots of a comparison: the crosshair, the nearest line, the wheel, and the handles
// between the plots.
#include <QEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/plots/compare_plots.h"
#include "ui/plots/curve_plottable.h"

namespace gw::ui {

namespace {
constexpr double nearEnough = 10;  // px from a line to the mouse
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

QRect ComparePlots::handle(std::size_t panel) const {
    constexpr int aside = 3;
    return panels_[panel].title->outerRect().adjusted(0, -aside, 0, aside);
}

int ComparePlots::handleAt(const QPointF& at) const {
    for (std::size_t i = 1; i < panels_.size(); ++i)
        if (handle(i).contains(at.toPoint())) return static_cast<int>(i);
    return 0;
}

std::vector<int> ComparePlots::heights() const {
    std::vector<int> out;
    for (const Panel& panel : panels_) out.push_back(panel.rect->outerRect().height());
    return out;
}

void ComparePlots::mousePressed(QMouseEvent* event) {
    pulled_ = event->button() == Qt::LeftButton ? handleAt(event->position()) : 0;
    if (pulled_ > 0) {
        pulledFrom_ = event->position().y();
        pulledHeights_ = heights();
        return;
    }
    if (Panel* panel = panelAt(event->position()))
        if (const int line = lineNear(*panel, event->position()); line >= 0) Q_EMIT clicked(line);
}

void ComparePlots::mouseReleased(QMouseEvent*) {
    if (std::exchange(pulled_, 0) > 0) Q_EMIT viewSettled();
}

/// The plots above and below the handle share what both have; the others keep their heights.
void ComparePlots::pull(double y) {
    constexpr int least = 48;  // px: a plot with room for two ticks
    std::vector<int> heights = pulledHeights_;
    int &above = heights[static_cast<std::size_t>(pulled_) - 1], &below = heights[static_cast<std::size_t>(pulled_)];
    const int both = above + below;
    if (both < 2 * least) return;
    above = std::clamp(above + static_cast<int>(std::lround(y - pulledFrom_)), least, both - least);
    below = both - above;
    double mean = 0;
    for (const int height : heights) mean += static_cast<double>(height) / static_cast<double>(heights.size());
    for (std::size_t i = 0; i < heights.size(); ++i) shares_[panels_[i].metric] = heights[i] / std::max(1.0, mean);
    share();
    plot_->replot(QCustomPlot::rpQueuedReplot);
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
    if (pulled_ > 0) return pull(event->position().y());
    const bool onHandle = !event->buttons() && handleAt(event->position()) > 0;
    onHandle ? plot_->setCursor(Qt::SplitVCursor) : plot_->unsetCursor();
    plot_->setToolTip(onHandle ? tr("Drag: share the height between the plots. Double click: as it was at first")
                               : QString());
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

}  // namespace gw::ui
