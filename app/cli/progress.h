#pragma once
#include <chrono>
#include <string>

#include "cli/progress_line.h"
#include "workspace/live_run.h"

namespace gw::cli {

/// The place of a run among several that a verb trains.
struct Among {
    std::string word;  ///< "fold", "run"; empty = it is the only one
    std::int64_t number = 1, of = 1;
    bool alike = false;         ///< all take about as long, so that the time left of all can be told
    double seconds_before = 0;  ///< that those before it took
};

/// Shows on standard error how a run gets on: one line that is drawn again and again on a terminal, else a plain line
/// now and then.
class ProgressView {
  public:
    explicit ProgressView(bool terminal, Among among = {}) : terminal_(terminal), among_(std::move(among)) {}
    /// Takes what came and draws, if it is time.
    void show(const Delivery& delivery);
    /// A line of its own, above the bar.
    void say(const std::string& text);
    /// Takes the bar away.
    void end();

  private:
    using Clock = std::chrono::steady_clock;
    void note(const MetricRow& row);
    void note(const Progress& progress);
    std::string bar() const;
    std::string state() const;
    /// Seconds to the end by the steps since the stretch began, the first ones left out; negative when unknown.
    double remaining() const;

    /// "fold 2 of 5: ", and how long all will take.
    std::string place() const;
    std::string left_of_all(double left) const;

    const bool terminal_;
    const Among among_;
    const Clock::time_point began_ = Clock::now();
    PhaseClock phase_clock_;
    bool drawn_ = false;
    Clock::time_point next_{};
    std::string phase_ = "starting", detail_;
    double fraction_ = -1;
    std::int64_t step_ = 0, total_steps_ = 0;
    std::optional<double> loss_, validation_loss_, rate_;
    std::string unit_ = "tokens";  ///< what the run counts
    std::int64_t first_step_ = -1, warm_step_ = -1;
    Clock::time_point warm_at_{};
};

}  // namespace gw::cli
