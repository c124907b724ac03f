#pragma once
#include "cli/cli.h"

namespace gw::cli {

/// The checkpoint folder that was meant: a path, or a run's best or newest whole one. Throws Failure.
fs::path checkpoint_of(const Cli& cli, const std::string& chosen, bool best);

}  // namespace gw::cli
