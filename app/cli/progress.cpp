#include "cli/progress.h"

#include <algorithm>
#include <cstdio>

#include "cli/summary.h"
#include "cli/terminal_guard.h"
#include "data/batch.h"
#include "util/text.h"

namespace gw::cli {

namespace {

using namespace std::chrono_literals;

void print(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace

void ProgressView::show(const Delivery& delivery) {
    for (const Message& message : delivery.messages) {
        if (const auto* row = std::get_if<MetricRow>(&message)) note(*row);
        if (const auto* progress = std::get_if<Progress>(&message)) note(*progress);
        if (const auto* facts = std::get_if<RunFacts>(&message)) {
            total_steps_ = facts->total_steps;
            unit_ = unit_of(input_facts_of(facts->input));
            const std::string words = facts->vocabulary > 0 ? ", vocabulary of " + grouped(facts->vocabulary) : "";
            say(grouped(facts->parameters) + " parameters, " + grouped(facts->train_tokens) + " training " + unit_ +
                words + ", " + facts->device + ", " + facts->precision + ", " + std::to_string(facts->threads) +
                " threads");
        }
        if (const auto* event = std::get_if<Event>(&message)) say(event_title(event->kind) + ": " + event->text);
        if (const auto* saved = std::get_if<CheckpointSaved>(&message); saved && saved->best)
            say("step " + grouped(saved->step) + ": the best checkpoint so far");
    }
    if (Clock::now() < next_) return;
    next_ = Clock::now() + (terminal_ ? 200ms : between_progress_lines());
    if (terminal_) {
        // Where the line is too short for it, the terminal cuts it rather than to begin another one.
        print("\r\033[K\033[?7l" + without_controls(bar()) + "\033[?7h");
        drawn_ = true;
    } else {
        print(state() + "\n");
    }
}

void ProgressView::note(const MetricRow& row) {
    step_ = std::max(step_, row.step);
    bool evaluated = false;
    for (const Point& point : row.points) {
        if (point.metric == "train/loss") loss_ = point.value;
        if (point.metric == "train/tokens_per_second") rate_ = point.value;
        if (point.metric != "validation/loss") continue;
        validation_loss_ = point.value;
        evaluated = true;
    }
    if (evaluated) say("step " + grouped(row.step) + ": validation loss " + significant(*validation_loss_));
    constexpr std::int64_t cold_steps = 5;
    if (first_step_ < 0) first_step_ = row.step;
    if (warm_step_ < 0 && row.step >= first_step_ + cold_steps) {
        warm_step_ = row.step;
        warm_at_ = Clock::now();
    }
}

void ProgressView::note(const Progress& progress) {
    if (progress.phase != phase_ && !terminal_ && progress.phase.starts_with("preparing")) next_ = {};
    phase_clock_.note(progress.phase + (progress.detail.empty() ? "" : " (" + progress.detail + ")"),
                      progress.fraction);
    phase_ = progress.phase;
    fraction_ = progress.fraction;
    detail_ = progress.detail;
}

void ProgressView::say(const std::string& text) {
    print((drawn_ ? "\r\033[K" : "") + (terminal_ ? without_controls(text) : text) + "\n");
    drawn_ = false;
    next_ = terminal_ ? Clock::time_point{} : next_;
}

void ProgressView::end() {
    if (drawn_) print("\r\033[K");
    drawn_ = false;
}

double ProgressView::remaining() const {
    if (total_steps_ <= 0 || warm_step_ < 0 || step_ <= warm_step_) return -1;
    const double seconds = std::chrono::duration<double>(Clock::now() - warm_at_).count();
    return static_cast<double>(total_steps_ - step_) * seconds / static_cast<double>(step_ - warm_step_);
}

std::string ProgressView::place() const {
    if (among_.word.empty()) return "";
    return among_.word + " " + grouped(among_.number) + " of " + grouped(among_.of) + ": ";
}

std::string ProgressView::left_of_all(double left) const {
    const std::int64_t behind = among_.of - among_.number, before = among_.number - 1;
    if (!among_.alike || behind <= 0) return "";
    const double own = std::chrono::duration<double>(Clock::now() - began_).count() + left;
    const double each = before > 0 ? among_.seconds_before / static_cast<double>(before) : own;
    return " (" + duration_text(left + each * static_cast<double>(behind)) + " of all)";
}

std::string ProgressView::state() const {
    if (step_ == 0) return place() + (phase_ == "starting" ? phase_ : phase_clock_.text());
    std::string text = place() + phase_ + (detail_.empty() ? "" : " (" + detail_ + ")");
    text += "  step " + grouped(step_) + (total_steps_ > 0 ? "/" + grouped(total_steps_) : "");
    if (loss_) text += "  loss " + significant(*loss_);
    if (validation_loss_) text += "  validation " + significant(*validation_loss_);
    if (rate_) text += "  " + grouped(static_cast<std::int64_t>(*rate_)) + " " + unit_ + "/s";
    if (const double seconds = remaining(); seconds >= 0)
        text += "  " + duration_text(seconds) + " left" + left_of_all(seconds);
    return text;
}

std::string ProgressView::bar() const {
    constexpr int width = 20;
    const double share =
        total_steps_ > 0 && step_ > 0 ? static_cast<double>(step_) / static_cast<double>(total_steps_) : fraction_;
    const int filled = static_cast<int>(width * std::clamp(share, 0.0, 1.0));
    return "[" + std::string(static_cast<std::size_t>(filled), '#') +
           std::string(static_cast<std::size_t>(width - filled), '.') + "] " + state();
}

}  // namespace gw::cli
