#pragma once

namespace gw {

/// From now on peak_memory() tells the most that this process holds from this moment (Linux: "5" to
/// /proc/self/clear_refs). False where the system does not let it: then it goes on telling that of its whole life.
bool forget_own_peak();

}  // namespace gw
