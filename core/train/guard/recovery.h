#pragma once
#include "train/guard/good_state.h"
#include "train/run_in_progress.h"

namespace gw {

/// What the next step of a run is to be made with.
Stepper::Wish next_wish(const RunInProgress& run);
/// Where the run stands after that step, of which `tokens` were trained on.
Standing after_step(const RunInProgress& run, std::int64_t tokens);

/// What a run does about bad steps: keeps what is known of them, leaves them out, or goes back to its last good
/// weights, which are those of the last save or those that this stretch began with. A resume begins with just these, so
/// that it goes back to the same.
///
/// The count of steps goes on when a run goes back: no figure is told twice, and random choices are new ones. Only the
/// data since then is met again, where the settings say so.
class Recovery {
  public:
    explicit Recovery(RunInProgress& run) : run_(run) {}
    /// Before each step.
    void keep_good_state();
    /// To the bad steps that have been read by now. Throws Failure (diverged) where the run cannot go on.
    void answer();
    /// The end of a run as `error` says, with the first tensor that was not finite where a bad step caused it.
    Error explained(Error error);

  private:
    std::string keep(const BadStep& bad);
    void tell_left_out(const BadStep& bad, const std::string& fault);
    void go_back(const BadStep& bad);

    RunInProgress& run_;
    GoodState good_;
    std::optional<WentBack> went_back_;  ///< the last time
    int kept_ = 0, looked_ = 0;
};

}  // namespace gw
