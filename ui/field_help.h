#pragma once
#include <QWidget>

namespace gw::ui {

/// Shows what the sheets say of the setting that `widget` belongs to, beside it. False when it belongs to none.
bool showFieldHelp(QWidget* widget);

}  // namespace gw::ui
