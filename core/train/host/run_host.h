#pragma once
#include <functional>
#include <memory>

#include "train/host/run_port.h"

namespace gw {

/// The work a host carries out: the training loop over one port.
using RunJob = std::function<Outcome(RunPort&)>;

/// Carries out one job. All verbs return at once; the outcome comes through `on_end`, after the last message.
class RunHost {
  public:
    struct Listener {
        std::function<void(Message&&)> on_message;  ///< in the job's thread, in order; may block (the record lane does)
        std::function<void(const Outcome&)> on_end;  ///< in the job's thread, once, last
        std::function<Status()> on_settle = {};      ///< RunPort::settle(); in any thread of the job
    };
    virtual ~RunHost() = default;  ///< stops without saving and waits
    virtual void start(RunJob job, Listener listener) = 0;
    virtual void pause() = 0;
    virtual void resume() = 0;
    virtual bool paused() const = 0;
    virtual void save() = 0;
    virtual void sample() = 0;
    virtual void set_knobs(const Knobs& knobs) = 0;
    virtual void stop(bool save_first) = 0;
    virtual void wait() = 0;  ///< until the outcome was delivered
};

/// Runs the job inside start(), on the caller's thread; orders given before apply at the first step. For tests and
/// scripts.
std::unique_ptr<RunHost> make_inline_host();
/// Runs the job on a thread of its own: the default.
std::unique_ptr<RunHost> make_thread_host();

/// Whether the driver of a GPU is installed here. Quick.
bool gpu_driver_is_here();
/// Whether a spec as it stands would be trained on a GPU here. Asks the driver, where there is one, which takes a
/// moment the first time.
bool trains_on_gpu(const Json& spec);

}  // namespace gw
