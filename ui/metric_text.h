#pragma once
#include <QString>
#include <string>

namespace gw::ui {

/// "validation/loss" -> "Loss of the validation part", in the language of the window; metrics of layers keep their names.
QString metricText(const std::string& metric);

}  // namespace gw::ui
