#pragma once
#include <QPen>
#include <cstdint>

#include "ui/shell/theme.h"

namespace gw::ui {

/// The colour of a run on every page, by its number in the workspace; after six runs the colours come again with other
/// dashes.
QColor runColor(std::int64_t number, const Tokens& tokens = ui::tokens());
QPen runPen(std::int64_t number, double width, const Tokens& tokens = ui::tokens());

}  // namespace gw::ui
