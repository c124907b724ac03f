#pragma once
#include <QWidget>

#include "spec/run_spec.h"

namespace gw::ui {

/// The title of a choice in the language of the window; what stands in files where it has none.
QString choiceText(const schema::Info& info, const std::string& choice);
/// The setting at a path of a spec ("optimizer.lr"), by the kind that its section has, or of any kind where it has none
/// or no spec is given; null where there is none.
const schema::Row* rowAt(const Json& spec, const std::string& path);
/// How a person calls it: "Learning rate", or "Optimizer · Learning rate"; of "optimizer.kind" "Optimizer". A path that
/// is none stays as it is.
QString fieldText(const Json& spec, const std::string& path, bool withSection = false);
/// A value of it for people: titles of kinds and choices, numbers as they are written; nothing for null.
QString settingText(const Json& spec, const std::string& path, const Json& value);

/// Shows what the sheets say of the setting that `widget` belongs to, beside it. False when it belongs to none.
bool showFieldHelp(QWidget* widget);

}  // namespace gw::ui
