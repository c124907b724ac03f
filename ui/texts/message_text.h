#pragma once
#include <QString>

#include "util/result.h"

namespace gw::ui {

/// A message of the engine in the language of the window. The engine writes whole sentences in English; this knows
/// their forms and finds the values in them again. What it does not know stays as it is. Settings are called as in the
/// forms, and what is said to those who type commands is said as it is done in the window, or left out.
QString messageText(const std::string& english);
/// All of an error, one thing a line: what happened, where, what to change.
QString errorText(const Error& error);
/// The same for a label of rich text.
QString errorHtml(const Error& error);

/// A text of several lines that an error left in the history, line by line.
QString linesText(const std::string& english);

}  // namespace gw::ui
