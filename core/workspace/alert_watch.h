#pragma once
#include <deque>
#include <map>
#include <vector>

#include "train/messages.h"

namespace gw {

/// Watches a run's rows for what a person would want to be told, each kind at most once in a while.
/// - spike: the training loss lies as far above the greatest of the 200 losses before it as that lies above their
/// median, in
///   proportion: deviations would be a poor measure, for losses of few examples have heavy tails
/// - overfitting: the validation loss has risen at three evaluations in a row while the training loss fell
/// - slow: the speed has been below half of the run's median for 50 steps
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
