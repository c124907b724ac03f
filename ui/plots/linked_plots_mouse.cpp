// What the mouse does over the plots: the crosshair with its read-out, the wheel, a click on a step.
#include <QEvent>
#include <algorithm>
#include <cmath>

#include "ui/plots/linked_plots.h"
#include "ui/plots/plot_style.h"
#include "ui/text.h"

namespace gw::ui {

bool LinkedPlots::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) {
        for (LinkedPanel* panel : panels_) panel->crosshair->setVisible(false);
        readOut_->clear();
        plot_->replot(QCustomPlot::rpQueuedReplot);
    }
    return QWidget::eventFilter(watched, event);
}

void LinkedPlots::mouseMoved(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) {
        follow_ = false;
        free_ = true;
        for (LinkedPanel* panel : panels_)
            if (!panel->zoomed) scaleY(*panel);
        Q_EMIT viewChanged();
    }
    const double x = loss_.x()->pixelToCoord(event->position().x());
    for (LinkedPanel* panel : panels_) panel->setCrosshair(x);
    showReadOut(x);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::mouseReleased(QMouseEvent* event) {
    constexpr double still = 4;  // px: more is a drag
    const Curve* loss = curve("train/loss");
    if (event->button() != Qt::LeftButton || (event->position() - pressed_).manhattanLength() > still || !loss ||
        loss->points.empty())
        return;
    const double x = loss_.x()->pixelToCoord(event->position().x());
    const std::size_t at = nearestPoint(*loss, x, [this](const auto& point) { return xOf(point); });
    Q_EMIT stepClicked(static_cast<std::int64_t>(loss->points[at].step));
}

void LinkedPlots::showReadOut(double x) {
    const auto loss = curves_.find("train/loss");
    if (loss == curves_.end() || loss->second.points.empty()) return;
    auto nearest = [&](const Curve& of) { return nearestPoint(of, x, [this](const auto& p) { return xOf(p); }); };
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
        for (LinkedPanel* panel : panels_) {
            if (!panel->rect->rect().contains(event->position().toPoint())) continue;
            QCPAxis* y = panel->y();
            y->scaleRange(factor, y->pixelToCoord(event->position().y()));
            panel->zoomed = true;
        }
    } else {
        QCPAxis* x = loss_.x();
        x->scaleRange(factor, x->pixelToCoord(event->position().x()));
        free_ = true;
        follow_ = false;
        for (LinkedPanel* panel : panels_)
            if (!panel->zoomed) scaleY(*panel);
        Q_EMIT viewChanged();
    }
    placeEnds();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace gw::ui
