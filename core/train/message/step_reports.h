#pragma once
#include <torch/types.h>

#include <cmath>
#include <vector>

#include "spec/settings.h"
#include "train/guard/bad_step.h"
#include "train/guard/divergence_guard.h"
#include "train/guard/spike_detector.h"
#include "train/host/power_meter.h"
#include "train/host/run_port.h"
#include "train/message/data_wait.h"
#include "train/message/speed.h"
#include "train/message/standing.h"

namespace gw {

/// What a step is recorded by: scalars that may still be on their way on the device, by name. The first two are the
/// loss and the length of the gradient.
struct StepFigures {
    double lr = 0, rate_scale = 1, clip = 0, limit = HUGE_VAL;
    double waited = 0;                    ///< seconds until the rows of the step were there
    Standing before;                      ///< where the run stood when the step began
    torch::Tensor applied;                ///< bool: whether every update of the step was made
    std::vector<std::string_view> names;  ///< interned
    std::vector<torch::Tensor> values;

    /// A figure of that name, in the place of an earlier one.
    void set(const std::string& name, torch::Tensor value);
};

/// The rows of single steps. Losses, norms and the flags that say which updates were made stay on the device until
/// flush(), so that a GPU is asked for them once in so many steps.
///
/// An update whose loss or gradient is not finite was left out, so that the weights are those before that step. When
/// it is read it ends the run (Failure, diverged), unless training.guard lets the run go on: then it is among
/// take_bad(), as are spikes (SpikeDetector), whose updates were left out too. Twenty such steps in a row end the run
/// in any case. A loss that runs away (DivergenceGuard) is an event of kind "warning", an end, a bad step, or nothing,
/// as training.guard says.
class StepReports {
  public:
    StepReports(const TrainingSettings& training, const MonitoringSettings& monitoring, torch::Device device,
                RunPort& port);
    /// Where the run stands after the step; `tokens` were trained on in it, which took `took` seconds.
    void add(const Standing& at, double seconds, double took, std::int64_t tokens, StepFigures figures);
    void flush();
    /// The first player's loss may rise for good, as where two learn from each other and neither wins: neither its
    /// course nor a spike of it is judged, only whether numbers are finite.
    void allow_any_course() { any_course_ = true; }
    /// The bad steps that were read since the last call, the one that ended the run included; oldest first.
    std::vector<BadStep> take_bad() { return std::exchange(bad_, {}); }
    /// Greatest loss with which the next step is to be learnt from; infinite where no limit is asked for.
    double most_loss() const;
    /// The rate of the step after `step` others is multiplied by it: below 1 for a while after the run went back.
    double rate_scale(std::int64_t step) const { return step < slow_until_ ? slow_rate_ : 1; }
    /// The run takes up good weights of before at `step`: its losses are judged anew, its rate is lowered. Nothing, but
    /// false, where it has done so too often.
    bool go_back(std::int64_t step);
    std::int64_t times_back() const { return times_back_; }
    std::int64_t left_out() const { return left_out_; }  ///< steps
    /// The end of a run that `bad` cannot be mended in.
    Failure ends(const BadStep& bad, const std::string& why) const;

    /// Of the last steps that were flushed; 0 before the first.
    double tokens_per_second() const { return speed_.tokens_per_second(); }

    const DataWait& data_wait() const { return data_wait_; }  ///< as far as steps were flushed

    Json state() const;
    /// The energy goes on. Steps of another size have losses of another spread: then the guard begins anew.
    void restore(const Json& state);

  private:
    struct Pending {
        Standing at;
        double seconds, took;
        std::int64_t tokens;
        StepFigures figures;
        double loss = 0, norm = 0;  ///< as read
    };
    bool any_course_ = false;
    bool goes_on() const { return training_.guard == "skip" || training_.guard == "rollback"; }
    BadStep bad_step(const Pending& of, BadStep::Why why, std::string_view metric) const;
    void judge(const Pending& of, const std::vector<Point>& points, bool applied);
    void judge_not_finite(const Pending& of, std::string_view metric);
    void judge_course(const Pending& of, double loss);
    void report_power(const Pending& last);

    const TrainingSettings training_;
    const MonitoringSettings monitoring_;
    const torch::Device device_;
    RunPort& port_;
    std::vector<Pending> pending_;
    DivergenceGuard guard_;
    SpikeDetector spikes_;
    std::vector<BadStep> bad_;
    std::int64_t times_back_ = 0, left_out_ = 0, in_a_row_ = 0, slow_until_ = 0;
    double slow_rate_ = 1;
    PowerMeter power_;
    RunClock::Clock::time_point power_read_{};
    Speed speed_;
    DataWait data_wait_;
};

}  // namespace gw
