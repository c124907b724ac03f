#pragma once
#include <string_view>

namespace gw {

/// Ends the process at once (exit status 137, nothing flushed) when the environment variable GROUNDWORK_CRASH_AT names
/// this place; "place:3" ends it when it gets there for the third time. Tests prove with it that whatever is on the
/// disk after a crash can be read. `place` is one of crash_points (util/crash_points.h), which tests go through.
void crash_point(std::string_view place);

}  // namespace gw
