#pragma once
#include <optional>
#include <stop_token>
#include <thread>

#include "cli/progress.h"

namespace gw::cli {

/// Shows a run's progress until it has ended. The first Ctrl+C (or SIGTERM) saves and stops, the second stops without
/// saving. `among`: where it is one of several.
Outcome follow(LiveRun& run, const Among& among = {});

/// Shows the progress of a run that another program had trained until it has ended, or until Ctrl+C, which leaves it
/// training: then nothing.
std::optional<Outcome> watch(LiveRun& run);

/// Work that takes several runs: the first Ctrl+C (or SIGTERM) asks it to stop where it can go on, the third ends the
/// program.
class StopAtInterrupt {
  public:
    StopAtInterrupt();
    std::stop_token token() const { return asked_.get_token(); }

  private:
    std::stop_source asked_;
    std::jthread watch_;
};

}  // namespace gw::cli
