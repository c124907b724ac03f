#pragma once
#include <deque>
#include <map>
#include <vector>

#include "train/messages.h"

namespace gw {

/// Watches a run's rows for what a person would want to be told, each kind at most once in a while.
///   spike        the training loss lies more than 6 standard deviations above the mean of the 200 steps before it
///                (the rule of OLMo's skip-step optimizers: Groeneveld et al. 2024, arXiv:2402.00838, uses a window likewise)
///   overfitting  the validation loss has risen at three evaluations in a row while the training loss fell
///   slow         the speed has been below half of the run's median for 50 steps
class AlertWatch {
  public:
    /// Alerts that this row gives rise to, as events of kind "alert".
    std::vector<Event> note(const MetricRow& row);

  private:
    bool may_say(const char* kind, std::int64_t step);
    void note_loss(std::int64_t step, double loss, std::vector<Event>& out);
    void note_validation(std::int64_t step, double loss, std::vector<Event>& out);
    void note_speed(std::int64_t step, double speed, std::vector<Event>& out);

    std::deque<double> losses_, speeds_;
    std::vector<std::pair<double, double>> evaluations_;  ///< validation loss, mean training loss at the time
    int slow_steps_ = 0;
    std::map<std::string, std::int64_t> said_;
};

}  // namespace gw
