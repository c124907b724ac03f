#pragma once
#include <QString>

namespace gw::ui {

/// A sentence with the settings in it called as in the forms: "Lower optimizer.lr" becomes "Lower “Learning rate”", and
/// "set start.train=last" "set “Trained” = the last layers". What is no path of a setting stays as it is.
QString withSettingNames(const QString& sentence);

}  // namespace gw::ui
