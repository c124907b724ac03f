// What the mouse does over the plots: the crosshair with its read-out, the wheel, a click on a step.
#include <QEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "ui/plots/curve_plottable.h"
#include "ui/plots/linked_plots.h"
#include "ui/plots/plot_style.h"
#include "ui/texts/text.h"

namespace gw::ui {

bool LinkedPlots::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) {
        for (auto& panel : panels_) panel->crosshair->setVisible(false);
        readOut_->clear();
        plot_->replot(QCustomPlot::rpQueuedReplot);
    }
    return QWidget::eventFilter(watched, event);
}

void LinkedPlots::mouseMoved(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton && (event->position() - pressed_).manhattanLength() > 0) moved();
    const double x = panels_.front()->x()->pixelToCoord(event->position().x());
    for (auto& panel : panels_) panel->setCrosshair(x);
    showReadOut(x);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::mouseReleased(QMouseEvent* event) {
    constexpr double still = 4;  // px: more is a drag
    const DrawnCurve* loss = drawn(trainLoss);
    if (event->button() != Qt::LeftButton || (event->position() - pressed_).manhattanLength() > still || !loss ||
        loss->empty())
        return;
    const double x = panels_.front()->x()->pixelToCoord(event->position().x());
    Q_EMIT stepClicked(static_cast<std::int64_t>(loss->step[nearestPoint(*loss, x)]));
}

void LinkedPlots::showReadOut(double x) {
    const DrawnCurve* loss = drawn(trainLoss);
    if (!loss || loss->empty()) return;
    const std::size_t i = nearestPoint(*loss, x);
    const Bucket* at = curves_.at(trainLoss).at(loss->step[i]);
    QString text = tr("step %1").arg(countText(static_cast<std::int64_t>(loss->step[i]))) + QStringLiteral(" · ") +
                   secondsText(at ? at->last_seconds : 0) + QStringLiteral("  ");
    text += loss->low[i] == loss->high[i]
                ? tr("loss %1 (smoothed %2)").arg(valueText(loss->high[i]), valueText(loss->line[i]))
                : tr("loss %1 to %2 (smoothed %3)")
                      .arg(valueText(loss->low[i]), valueText(loss->high[i]), valueText(loss->line[i]));
    const std::pair<const char*, QString> others[] = {
        {validationLoss, tr("validation %1")}, {gradientNorm, tr("norm %1")}, {learningRate, tr("rate %1")}};
    for (const auto& [metric, form] : others)
        if (const DrawnCurve* other = drawn(metric); other && !other->empty()) {
            const std::size_t near = nearestPoint(*other, x);
            text += QStringLiteral("  ") + form.arg(valueText(other->high[near], 3));
        }
    readOut_->setText(text);
}

void LinkedPlots::wheelTurned(QWheelEvent* event) {
    const double turns =
        event->angleDelta().y() != 0 ? event->angleDelta().y() / 120.0 : event->angleDelta().x() / 120.0;
    const double factor = std::pow(0.85, turns);
    if (event->modifiers() & Qt::ShiftModifier) {
        for (auto& panel : panels_) {
            if (!panel->rect->rect().contains(event->position().toPoint())) continue;
            QCPAxis* y = panel->y();
            y->scaleRange(factor, y->pixelToCoord(event->position().y()));
            panel->zoomed = true;
        }
    } else {
        QCPAxis* x = panels_.front()->x();
        x->scaleRange(factor, x->pixelToCoord(event->position().x()));
        moved();
    }
    placeEnds();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace gw::ui
