#pragma once
#include <chrono>
#include <string>

#include "tokenize/tokenizer.h"
#include "workspace/live_run.h"

namespace gw::cli {

/// Shows on standard error how a run gets on: one line that is drawn again and again on a terminal, else a plain line
/// now and then.
class ProgressView {
  public:
    explicit ProgressView(bool terminal) : terminal_(terminal) {}
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

    const bool terminal_;
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

/// The progress of a single call, drawn over and over in one line of a terminal, and taken away at the end; nothing
/// where standard error is no terminal.
class ProgressLine {
  public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ~ProgressLine() { end(); }
    /// To be handed to the call; this must outlive it.
    ProgressFn shown() const;
    void end();

  private:
    const bool terminal_;
};

}  // namespace gw::cli
