#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

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

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) != 0) {}

ProgressFn ProgressLine::shown() const {
    if (!terminal_) return {};
    return [](const std::string& phase, double fraction) {
        print("\r\033[K" + phase +
              (fraction >= 0 ? " " + std::to_string(static_cast<int>(100 * fraction)) + " %" : ""));
    };
}

void ProgressLine::end() {
    if (terminal_) print("\r\033[K");
}

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
        if (const auto* event = std::get_if<Event>(&message)) say(event->kind + ": " + event->text);
        if (const auto* saved = std::get_if<CheckpointSaved>(&message); saved && saved->best)
            say("step " + grouped(saved->step) + ": the best checkpoint so far");
    }
    if (Clock::now() < next_) return;
    next_ = Clock::now() + (terminal_ ? 200ms : 10000ms);
    if (terminal_) {
        print("\r\033[K" + bar());
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
    phase_ = progress.phase;
    fraction_ = progress.fraction;
    detail_ = progress.detail;
}

void ProgressView::say(const std::string& text) {
    print((drawn_ ? "\r\033[K" : "") + text + "\n");
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

std::string ProgressView::state() const {
    std::string text = phase_ + (detail_.empty() ? "" : " (" + detail_ + ")");
    if (step_ == 0)
        return text + (fraction_ >= 0 ? " " + std::to_string(static_cast<int>(100 * fraction_)) + " %" : "");
    text += "  step " + grouped(step_) + (total_steps_ > 0 ? "/" + grouped(total_steps_) : "");
    if (loss_) text += "  loss " + significant(*loss_);
    if (validation_loss_) text += "  validation " + significant(*validation_loss_);
    if (rate_) text += "  " + grouped(static_cast<std::int64_t>(*rate_)) + " " + unit_ + "/s";
    if (const double seconds = remaining(); seconds >= 0) text += "  " + duration_text(seconds) + " left";
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
