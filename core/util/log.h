#pragma once

namespace gw {

/// Sends the program's own log (warnings and worse) to standard error, so that standard output stays for results.
void log_to_stderr();

}  // namespace gw
