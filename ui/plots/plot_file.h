#pragma once
#include <QString>
#include <string>

#include "ui/plots/compare_plots.h"
#include "ui/plots/linked_plots.h"
#include "util/result.h"

namespace gw::ui {

/// The plots with their legend as the bytes of a file, in the size they have in the window.
/// `ending`: svg, pdf or png (png in twice the resolution of the screen); any other is an error.
Result<std::string> plotFile(ComparePlots& plots, const QString& ending);
Result<std::string> plotFile(LinkedPlots& plots, const QString& ending);

}  // namespace gw::ui
