#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "tokenize/tokenizer.h"

namespace gw::cli {

/// Seconds between two lines of progress where standard error is no terminal: $GROUNDWORK_PROGRESS_SECONDS, else 10.
std::chrono::milliseconds between_progress_lines();

/// How long a phase goes on, and how long it will, by the share that is done of it.
class PhaseClock {
  public:
    using Clock = std::chrono::steady_clock;
    /// A phase is the same as long as its words are: figures in it may change.
    void note(const std::string& phase, double share);
    /// "reading text 34 % · 1 min 20 s left"; where the share is unknown how long it has taken so far. Of a text that
    /// is longer than `most` characters the phase is cut; 0 = no limit.
    std::string text(std::size_t most = 0) const;
    bool is_new(const std::string& phase) const;
    /// Told by who knows better; negative = nobody does.
    void set_left(double seconds) { known_left_ = seconds; }

  private:
    double left() const;
    std::string phase_, words_;
    double share_ = -1, from_ = 0, known_left_ = -1;
    Clock::time_point began_{};
};

/// The progress of a single call on standard error: one line that is drawn over and over on a terminal and taken away
/// at the end, else a plain line now and then. Phase, share and time left; nothing of a call that is over at once.
class ProgressLine {
  public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ~ProgressLine() { end(); }
    /// To be handed to the call; this must outlive it.
    ProgressFn shown();
    /// From any thread. `seconds_left`: of all, where the caller knows it; else judged by the share.
    void show(const std::string& phase, double share, double seconds_left = -1);
    /// Takes the line away, so that something else can be written.
    void end();

  private:
    using Clock = PhaseClock::Clock;
    void draw_if_due();  ///< under the mutex
    const bool terminal_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    PhaseClock phase_;
    bool any_ = false, drawn_ = false;
    Clock::time_point next_;
    std::jthread ticker_;  ///< so that the clock goes on where nothing is reported for a while; last: joined first
};

}  // namespace gw::cli
