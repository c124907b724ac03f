#pragma once
#include <algorithm>
#include <cmath>
#include <optional>

#include "spec/settings.h"

namespace gw {

/// How long a run is to last, in whatever unit it was given.
class Budget {
  public:
    Budget() = default;
    /// `processes` train together, each its share of a step.
    Budget(const TrainingSettings& training, std::int64_t tokens_per_step, std::int64_t rows_per_epoch,
           std::int64_t processes = 1)
        : tokens_per_step_(tokens_per_step) {
        const double batch = static_cast<double>(training.micro_batch * training.accumulation * processes);
        const double whole = training.budget;
        whole_ = whole;
        rows_per_step_ = batch;
        rows_per_epoch_ = static_cast<double>(rows_per_epoch);
        unit_ = training.budget_unit;
        if (training.budget_unit == "minutes")
            seconds_ = whole * 60.0;
        else if (training.budget_unit == "tokens")
            steps_ = std::ceil(whole / static_cast<double>(tokens_per_step));
        else if (training.budget_unit == "epochs")
            steps_ = std::max(1.0, std::round(whole * static_cast<double>(rows_per_epoch) / batch));
        else
            steps_ = whole;
    }
    /// The run came to `step` with steps of another size, after so many tokens and rows: what is left of a budget in
    /// tokens or epochs is counted from there.
    void begin_at(std::int64_t step, std::int64_t tokens, std::int64_t rows) {
        const auto made = static_cast<double>(step);
        if (unit_ == "tokens")
            steps_ = made + std::max(0.0, std::ceil((whole_ - static_cast<double>(tokens)) /
                                                    static_cast<double>(tokens_per_step_)));
        if (unit_ == "epochs")
            steps_ = made +
                     std::max(0.0, std::round((whole_ * rows_per_epoch_ - static_cast<double>(rows)) / rows_per_step_));
    }
    /// Steps in all, unless the budget is one of time.
    std::optional<std::int64_t> steps() const {
        return seconds_ > 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(steps_));
    }
    bool timed() const { return seconds_ > 0; }
    std::int64_t tokens_per_step() const { return tokens_per_step_; }
    bool spent(std::int64_t step, double seconds) const {
        return seconds_ > 0 ? seconds >= seconds_ : static_cast<double>(step) >= steps_;
    }
    double fraction(std::int64_t step, double seconds) const {
        return std::min(1.0, seconds_ > 0 ? seconds / seconds_ : static_cast<double>(step) / steps_);
    }
    /// Steps in all; for a budget of time what the pace so far promises.
    double expected_steps(std::int64_t step, double seconds) const {
        if (seconds_ <= 0) return steps_;
        constexpr double first_guess = 1000;
        return step > 0 && seconds > 0
                   ? std::max(static_cast<double>(step), static_cast<double>(step) * seconds_ / seconds)
                   : first_guess;
    }

  private:
    std::int64_t tokens_per_step_ = 1;
    double steps_ = 1, seconds_ = 0, whole_ = 0, rows_per_step_ = 1, rows_per_epoch_ = 1;
    std::string unit_;
};

}  // namespace gw
