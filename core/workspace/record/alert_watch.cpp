#include "workspace/record/alert_watch.h"

#include <algorithm>
#include <cmath>

#include "train/message/event_texts.h"
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

void AlertWatch::note_gradient(std::int64_t step, double norm, std::vector<Event>& out) {
    constexpr std::size_t window = 200, least = 50;
    constexpr double far = 100;
    constexpr int patience = 5;  // steps: a single one is what clipping is for
    if (!std::isfinite(norm)) return;
    if (norms_.size() >= least) {
        std::vector<double> sorted(norms_.begin(), norms_.end());
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
        const double median = sorted[sorted.size() / 2];
        long_steps_ = median > 0 && norm >= far * median ? long_steps_ + 1 : 0;
        if (long_steps_ == patience && may_say("exploding", step))
            out.push_back(
                {step, "alert", Phrase{say::exploding, {significant(far * median, 3), significant(median, 3)}}.text()});
    }
    norms_.push_back(norm);
    if (norms_.size() > window) norms_.pop_front();
}

void AlertWatch::note_layers(const MetricRow& row, std::vector<Event>& out) {
    constexpr std::string_view norm_of = "layers/grad_norm/", dead_in = "layers/dead_units/", trunk = "backbone.";
    constexpr double faint = 1e-6, many_dead = 0.5;
    constexpr int looks = 3;
    std::string_view longest_name;
    double longest = 0;
    for (const Point& point : row.points) {
        if (point.metric.starts_with(dead_in) && point.value >= many_dead && may_say("dead", row.step))
            out.push_back(
                {row.step, "alert",
                 Phrase{say::dead_units,
                        {significant(100 * point.value, 3) + " %", std::string(point.metric.substr(dead_in.size()))}}
                     .text()});
        if (!point.metric.starts_with(norm_of) || !(point.value > longest)) continue;
        longest = point.value;
        longest_name = point.metric.substr(norm_of.size());
    }
    if (longest_name.empty() || !std::isfinite(longest)) return;
    for (const Point& point : row.points) {
        if (!point.metric.starts_with(norm_of)) continue;
        const std::string_view name = point.metric.substr(norm_of.size());
        // A gradient of exactly zero is that of a weight which the rows did not need, such as another task's head.
        const bool is_faint = name.starts_with(trunk) && point.value > 0 && point.value <= faint * longest;
        int& count = faint_looks_[std::string(name)];
        count = is_faint ? count + 1 : 0;
        if (count >= looks && may_say("vanishing", row.step))
            out.push_back(
                {row.step, "alert",
                 Phrase{say::vanishing, {std::string(name), significant(point.value, 3), std::string(longest_name)}}
                     .text()});
    }
}

void AlertWatch::note_features(std::int64_t step, std::string_view metric, double value, std::vector<Event>& out) {
    constexpr double least_spread = 0.02, least_share = 0.2;
    constexpr int evaluations = 2;
    if (!std::isfinite(value) || step == 0) return;
    const bool of_codes = metric.ends_with("/active_codes"), of_drawings = metric.ends_with("/drawn_spread");
    if (of_codes || of_drawings) {
        constexpr double least_drawn = 0.1;
        constexpr int until_it_draws = 5;  // evaluations: at first all is drawn alike
        int& alike = collapsed_[std::string(metric)];
        alike = value <= (of_codes ? 0 : least_drawn) ? alike + 1 : 0;
        if (alike >= (of_codes ? evaluations : until_it_draws) && may_say("collapsed", step))
            out.push_back({step, "alert",
                           of_codes ? Phrase{say::collapsed_codes, {}}.text()
                                    : Phrase{say::collapsed_drawings, {significant(100 * value, 2) + " %"}}.text()});
        return;
    }
    const bool is_spread = metric.ends_with("/feature_std");
    double& widest = widest_[std::string(metric)];
    widest = std::max(widest, value);
    int& count = collapsed_[std::string(metric)];
    count = value <= (is_spread ? least_spread : least_share * widest) ? count + 1 : 0;
    if (count < evaluations || !may_say("collapsed", step)) return;
    const Phrase said = is_spread ? Phrase{say::collapsed_spread, {significant(value, 2)}}
                                  : Phrase{say::collapsed_rank, {significant(value, 3), significant(widest, 3)}};
    out.push_back({step, "alert", said.text()});
}

std::vector<Event> AlertWatch::note(const MetricRow& row) {
    std::vector<Event> out;
    note_layers(row, out);
    // The variance of other codes has no measure of its own.
    const bool of_distributions = std::any_of(row.points.begin(), row.points.end(),
                                              [](const Point& point) { return point.metric.ends_with("/divergence"); });
    for (const Point& point : row.points) {
        if (point.metric == "train/grad_norm") note_gradient(row.step, point.value, out);
        if (point.metric.ends_with("/feature_std") || point.metric.ends_with("/effective_rank") ||
            (point.metric.ends_with("/active_codes") && of_distributions) || point.metric.ends_with("/drawn_spread"))
            note_features(row.step, point.metric, point.value, out);
        if (point.metric == "train/loss") note_loss(row.step, point.value, out);
        if (point.metric == "validation/loss" && std::isfinite(point.value))
            note_validation(row.step, point.value, out);
        // The median of a window costs a copy of it; every tenth step tells as much.
        if (point.metric == "train/tokens_per_second" && row.step % 10 == 0) note_speed(row.step, point.value, out);
    }
    return out;
}

}  // namespace gw
