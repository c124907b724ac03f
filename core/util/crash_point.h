#pragma once
#include <string_view>

namespace gw {

/// Ends the process at once (exit status 137, nothing flushed) when the environment variable GROUNDWORK_CRASH_AT names
/// this place. Tests prove with it that whatever is on the disk after a crash can be read.
void crash_point(std::string_view place);

}  // namespace gw
