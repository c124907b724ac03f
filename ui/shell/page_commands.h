#pragma once
#include <vector>

#include "ui/widgets/dialogs/command_palette.h"

namespace gw::ui {

/// The buttons that can be pressed on a page now, with their keys where their tooltip ends in them, else with the
/// page's title; and its tabs.
std::vector<Command> actionsOf(const QWidget& page, const QString& title);

/// The settings of the forms that a page shows now: each puts the cursor into its field.
std::vector<Command> fieldsOf(const QWidget& page);

}  // namespace gw::ui
