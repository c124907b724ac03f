#pragma once
#include "spec/run_spec.h"

namespace gw {

/// A spec whose backbone is `factor` times as large in every setting that says its size (Info::sizes), each at least
/// 1; those of 16 or more stay multiples of 8. Where the kind refuses that, the sizes of 16 and more are raised by
/// eights until it does not. Errors: the kind has no such setting, or no such size was found.
Result<Json> scaled_spec(const Json& spec, double factor);

/// "4×128": the settings that say how large a spec's backbone is, in the order of the sheet.
std::string size_text(const Json& spec);

}  // namespace gw
