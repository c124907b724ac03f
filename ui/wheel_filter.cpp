#include "ui/wheel_filter.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>

namespace gw::ui {

bool WheelFilter::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel) return false;
    auto* widget = qobject_cast<QWidget*>(watched);
    const bool changes = qobject_cast<QComboBox*>(watched) || qobject_cast<QAbstractSpinBox*>(watched);
    if (!changes || widget->hasFocus()) return false;
    event->ignore();
    if (QWidget* parent = widget->parentWidget()) QCoreApplication::sendEvent(parent, event);
    return true;
}

}  // namespace gw::ui
