#include "cli/progress_line.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "cli/terminal_guard.h"
#include "util/number.h"
#include "util/text.h"

namespace gw::cli {

namespace {

using namespace std::chrono_literals;

void put(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

std::size_t shown_characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Of a line of the terminal, without the last one, behind which some begin the next; 0 = unknown.
std::size_t terminal_columns() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1U : 0U;
}

/// Without its figures: "tokenising 12 MB of 300 MB" goes on being the same phase.
std::string words_of(const std::string& phase) {
    std::string words;
    for (const char c : phase)
        if (c < '0' || c > '9') words += c;
    return words;
}

}  // namespace

std::chrono::milliseconds between_progress_lines() {
    const char* chosen = std::getenv("GROUNDWORK_PROGRESS_SECONDS");
    const auto seconds = chosen ? parse_number(chosen) : std::nullopt;
    constexpr double longest = 86400;
    if (!seconds || *seconds < 0 || *seconds > longest) return 10s;
    return std::chrono::milliseconds(static_cast<std::int64_t>(1000 * *seconds));
}

bool PhaseClock::is_new(const std::string& phase) const {
    return words_of(phase) != words_;
}

void PhaseClock::note(const std::string& phase, double share) {
    if (is_new(phase) || share < share_) {
        words_ = words_of(phase);
        began_ = Clock::now();
        from_ = std::max(0.0, share);
    }
    phase_ = phase;
    share_ = share;
    known_left_ = -1;
}

double PhaseClock::left() const {
    constexpr double least_share = 0.01, least_seconds = 1;
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    if (known_left_ >= 0 || share_ - from_ < least_share || seconds < least_seconds) return known_left_;
    return seconds * (1 - share_) / (share_ - from_);
}

std::string PhaseClock::text(std::size_t most) const {
    std::string text;
    if (share_ >= 0) text += " " + std::to_string(static_cast<int>(100 * std::min(share_, 1.0))) + " %";
    constexpr double worth_saying = 10;
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    if (const double rest = left(); rest >= 0)
        text += " · " + duration_text(rest) + " left";
    else if (share_ < 0 && seconds >= worth_saying)
        text += " · " + duration_text(seconds) + " so far";
    const std::size_t rest = shown_characters(text), whole = shown_characters(phase_);
    if (most == 0 || whole + rest <= most) return phase_ + text;
    std::string phase = phase_;
    while (!phase.empty() && shown_characters(phase) + 1 + rest > most)
        phase.resize(utf8_boundary(phase, phase.size() - 1));
    return phase + "…" + text;
}

ProgressLine::ProgressLine()
    : terminal_(::isatty(STDERR_FILENO) != 0),
      // What is over at once needs no line in a file.
      next_(Clock::now() + (terminal_ ? 0ms : between_progress_lines() / 5)),
      ticker_([this](const std::stop_token& over) {
          std::unique_lock lock(mutex_);
          while (!over.stop_requested()) {
              changed_.wait_for(lock, over, 500ms, [] { return false; });
              if (!over.stop_requested()) draw_if_due();
          }
      }) {}

ProgressFn ProgressLine::shown() {
    return [this](const std::string& phase, double share) { show(phase, share); };
}

void ProgressLine::show(const std::string& phase, double share, double seconds_left) {
    const std::scoped_lock lock(mutex_);
    if (any_ && phase_.is_new(phase)) next_ = std::min(next_, Clock::now() + (terminal_ ? 0ms : 2000ms));
    phase_.note(phase, share);
    phase_.set_left(seconds_left);
    any_ = true;
    draw_if_due();
}

void ProgressLine::draw_if_due() {
    if (!any_ || Clock::now() < next_) return;
    next_ = Clock::now() + (terminal_ ? 200ms : between_progress_lines());
    put(terminal_ ? "\r\033[K" + without_controls(phase_.text(terminal_columns())) : phase_.text() + "\n");
    drawn_ = terminal_;
}

void ProgressLine::end() {
    const std::scoped_lock lock(mutex_);
    if (drawn_) put("\r\033[K");
    drawn_ = any_ = false;
}

}  // namespace gw::cli
