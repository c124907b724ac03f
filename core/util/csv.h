#pragma once
#include <string>
#include <string_view>

namespace gw {

/// A text as a cell of a table of commas (RFC 4180). One that a spreadsheet would take for a formula (it begins with
/// `=`, `+`, `-`, `@`, a tab or a line end) gets an apostrophe before it, which shows it as text; numbers, "-0.5" say,
/// stay as they are. Source: OWASP, "CSV Injection".
std::string csv_cell(std::string_view text);

}  // namespace gw
