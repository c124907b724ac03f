#pragma once
#include <chrono>
#include <cstdint>

namespace gw {

/// How far a run has come. Tokens and samples are counted, not derived from the step: a fork may go on with another
/// batch.
struct Standing {
    std::int64_t step = 0;         ///< updates made
    std::int64_t tokens = 0;       ///< trained on
    std::int64_t next_sample = 0;  ///< number, in the order of the data, of the first sample that was not drawn yet
};

/// Seconds of training in all stretches of a run; waiting for orders is none.
class RunClock {
  public:
    using Clock = std::chrono::steady_clock;
    static double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }
    void restore(double seconds) { before_ = seconds; }
    void start() {
        started_ = Clock::now();
        idle_ = 0;
    }
    void idle(double seconds) { idle_ += seconds; }
    double seconds() const { return before_ + (started_ == Clock::time_point{} ? 0.0 : since(started_) - idle_); }

    /// Of this stretch alone.
    double seconds_here() const { return seconds() - before_; }

  private:
    double before_ = 0, idle_ = 0;
    Clock::time_point started_{};
};

}  // namespace gw
