#pragma once
#include <optional>
#include <stop_token>

#include "train/message/knobs.h"
#include "train/message/messages.h"
#include "util/result.h"

namespace gw {

/// What the loop is asked to do between two optimizer steps.
struct Orders {
    bool stop = false;           ///< end now
    bool save_on_stop = true;    ///< whether to write a checkpoint before ending
    bool save = false;           ///< write a checkpoint and go on
    bool sample = false;         ///< write samples and go on
    std::optional<Knobs> knobs;  ///< go on with these
    bool hold = false;           ///< paused: carry the rest out, make no step, and (but for a stop) ask again
};

/// The training loop's whole outside world.
class RunPort {
  public:
    virtual ~RunPort() = default;
    virtual void report(Message message) = 0;
    /// Returns when all that was reported before this call is where a power cut cannot take it away, or says why it is
    /// not. A checkpoint is put in place after this, so that it never knows more than the history. Called by another
    /// thread than report(), which may go on meanwhile.
    virtual Status settle() { return {}; }
    /// Called once between two optimizer steps: waits while paused (but returns for other orders, with `hold`), then
    /// says what to do.
    virtual Orders between_steps() = 0;
    /// Asks long phases (preparing, evaluating) to end early.
    virtual std::stop_token stop_token() const = 0;
};

/// How a run ended.
struct Outcome {
    enum class End { finished, stopped, failed };
    End end = End::finished;
    std::optional<Error> error;  ///< with End::failed
};

}  // namespace gw
