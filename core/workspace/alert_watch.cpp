#include "workspace/alert_watch.h"

#include <algorithm>
#include <cmath>

#include "util/text.h"

namespace gw {

namespace {

double mean_of(const std::deque<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// A loss that hardly moves must not make a spike of a hair's breadth.
constexpr double least_jump = 1.1;

}  // namespace

bool AlertWatch::may_say(const char* kind, std::int64_t step) {
    constexpr std::int64_t pause = 500;  // steps: an alert that repeats itself is not read any more
    const auto last = said_.find(kind);
    if (last != said_.end() && step - last->second < pause) return false;
    said_[kind] = step;
    return true;
}

void AlertWatch::note_loss(std::int64_t step, double loss, std::vector<Event>& out) {
    constexpr std::size_t window = 200, least = 50;
    if (losses_.size() >= least && std::isfinite(loss)) {
        std::vector<double> sorted(losses_.begin(), losses_.end());
        std::sort(sorted.begin(), sorted.end());
        const double median = sorted[sorted.size() / 2], most = sorted.back();
        if (median > 0 && loss > most * (most / median) && loss > least_jump * median && may_say("spike", step))
            out.push_back({step, "alert",
                           "Spike: the training loss jumped to " + significant(loss, 4) +
                               " (median of the steps before: " + significant(median, 4) + ")"});
    }
    if (!std::isfinite(loss)) return;
    losses_.push_back(loss);
    if (losses_.size() > window) losses_.pop_front();
}

void AlertWatch::note_validation(std::int64_t step, double loss, std::vector<Event>& out) {
    constexpr std::size_t rises = 3;
    evaluations_.emplace_back(loss, mean_of(losses_));
    if (evaluations_.size() <= rises) return;
    bool rising = true;
    for (std::size_t i = evaluations_.size() - rises; i < evaluations_.size(); ++i)
        rising = rising && evaluations_[i].first > evaluations_[i - 1].first &&
                 evaluations_[i].second < evaluations_[i - 1].second;
    if (rising && may_say("overfitting", step))
        out.push_back({step, "alert",
                       "Overfitting: the validation loss has risen three times in a row, to " + significant(loss, 4) +
                           ", while the training loss fell"});
}

void AlertWatch::note_speed(std::int64_t step, double speed, std::vector<Event>& out) {
    constexpr std::size_t window = 101, least = 20;
    constexpr int patience = 5;  // looks, one every ten steps
    if (speeds_.size() >= least) {
        std::vector<double> sorted(speeds_.begin(), speeds_.end());
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
        const double median = sorted[sorted.size() / 2];
        slow_steps_ = speed < median / 2 ? slow_steps_ + 1 : 0;
        if (slow_steps_ == patience && may_say("slow", step))
            out.push_back({step, "alert",
                           "Slow: " + grouped(static_cast<std::int64_t>(speed)) +
                               " a second, less than half of the usual " + grouped(static_cast<std::int64_t>(median))});
    }
    speeds_.push_back(speed);
    if (speeds_.size() > window) speeds_.pop_front();
}

std::vector<Event> AlertWatch::note(const MetricRow& row) {
    std::vector<Event> out;
    for (const Point& point : row.points) {
        if (point.metric == "train/loss") note_loss(row.step, point.value, out);
        if (point.metric == "validation/loss" && std::isfinite(point.value))
            note_validation(row.step, point.value, out);
        // The median of a window costs a copy of it; every tenth step tells as much.
        if (point.metric == "train/tokens_per_second" && row.step % 10 == 0) note_speed(row.step, point.value, out);
    }
    return out;
}

}  // namespace gw
