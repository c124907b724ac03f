#pragma once
#include <QString>

#include "ui/shell/theme.h"

namespace gw::ui {

/// The application's style sheet. Widgets ask for a look by the dynamic properties `look` (title, section, muted,
/// problem, card, chip) and `primary`; no widget carries a style sheet of its own.
QString styleSheetOf(const Tokens& tokens);

}  // namespace gw::ui
