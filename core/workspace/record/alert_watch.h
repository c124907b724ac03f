#pragma once
#include <deque>
#include <map>
#include <vector>

#include "train/message/messages.h"

namespace gw {

/// Watches a run's rows for what a person would want to be told, each kind at most once in a while.
/// - spike: the training loss lies as far above the greatest of the 200 losses before it as that lies above their
/// median, in
///   proportion: deviations would be a poor measure, for losses of few examples have heavy tails
/// - overfitting: the validation loss has risen at three evaluations in a row while the training loss fell
/// - slow: the speed has been below half of the run's median for 50 steps
/// - exploding: the length of the gradient has been a hundred times its median or more for five steps
/// - vanishing: at three looks in a row the gradient of one weight of the backbone was a millionth of the longest one
/// - dead: at a look half of a block's units or more were zero throughout
/// - collapsed: at two evaluations in a row the features are all but alike, or fill a fifth of the dimensions that they
///   had filled; or no value of the codes is in use, or at five what is drawn varies by a tenth of what the data
///   does
class AlertWatch {
  public:
    /// Alerts that this row gives rise to, as events of kind "alert".
    std::vector<Event> note(const MetricRow& row);

  private:
    bool may_say(const char* kind, std::int64_t step);
    void note_loss(std::int64_t step, double loss, std::vector<Event>& out);
    void note_validation(std::int64_t step, double loss, std::vector<Event>& out);
    void note_gradient(std::int64_t step, double norm, std::vector<Event>& out);
    void note_layers(const MetricRow& row, std::vector<Event>& out);
    void note_features(std::int64_t step, std::string_view metric, double value, std::vector<Event>& out);
    void note_speed(std::int64_t step, double speed, std::vector<Event>& out);

    std::deque<double> losses_, speeds_, norms_;
    std::vector<std::pair<double, double>> evaluations_;  ///< validation loss, mean training loss at the time
    int slow_steps_ = 0, long_steps_ = 0;
    std::map<std::string, int, std::less<>> faint_looks_;  ///< of each weight, in a row
    std::map<std::string, int, std::less<>> collapsed_;    ///< of each figure, evaluations in a row
    std::map<std::string, double, std::less<>> widest_;    ///< greatest effective rank
    std::map<std::string, std::int64_t> said_;
};

}  // namespace gw
