#pragma once
#include <torch/types.h>

#include <vector>

#include "spec/settings.h"
#include "train/divergence_guard.h"
#include "train/power_meter.h"
#include "train/run_port.h"
#include "train/speed.h"
#include "train/standing.h"

namespace gw {

/// What a step is recorded by: scalars that may still be on their way on the device, by name. The first two are the
/// loss and the length of the gradient.
struct StepFigures {
    double lr = 0;
    std::vector<std::string_view> names;  ///< interned
    std::vector<torch::Tensor> values;

    /// A figure of that name, in the place of an earlier one.
    void set(const std::string& name, torch::Tensor value);
};

/// The rows of single steps. Losses and norms stay on the device until flush(), so that a GPU is asked for them once in
/// so many steps.
///
/// A loss or gradient that is not finite ends the run (Failure, diverged) when it is read: its update was left out, so
/// the weights are those before that step, and no checkpoint of them is written. A loss that runs away
/// (DivergenceGuard) is an event of kind "warning", an end of the same kind, or nothing, as training.guard says.
class StepReports {
  public:
    StepReports(const TrainingSettings& training, const MonitoringSettings& monitoring, torch::Device device,
                RunPort& port);
    /// Where the run stands after the step; `tokens` were trained on in it, which took `took` seconds.
    void add(const Standing& at, double seconds, double took, std::int64_t tokens, StepFigures figures);
    void flush();
    /// Of the last steps that were flushed; 0 before the first.
    double tokens_per_second() const { return speed_.tokens_per_second(); }

    Json state() const;
    /// The energy goes on. Steps of another size have losses of another spread: then the guard begins anew.
    void restore(const Json& state);

  private:
    struct Pending {
        Standing at;
        double seconds, took;
        std::int64_t tokens;
        StepFigures figures;
    };
    void judge(const Pending& of, const std::vector<Point>& points);
    void report_power(const Pending& last);

    const TrainingSettings training_;
    const MonitoringSettings monitoring_;
    const torch::Device device_;
    RunPort& port_;
    std::vector<Pending> pending_;
    DivergenceGuard guard_;
    PowerMeter power_;
    RunClock::Clock::time_point power_read_{};
    Speed speed_;
};

}  // namespace gw
