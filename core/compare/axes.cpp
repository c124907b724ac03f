#include "compare/axes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "util/phrase.h"

namespace gw {

namespace {

constexpr std::array<XName, 7> all_x{
    {{XKind::step, "step", GW_TEXT("Step"), GW_TEXT("steps")},
     {XKind::tokens, "tokens", GW_TEXT("Tokens"), GW_TEXT("tokens")},
     {XKind::epoch, "epoch", GW_TEXT("Epoch"), GW_TEXT("epochs")},
     {XKind::time, "time", GW_TEXT("Training time"), GW_TEXT("seconds of training")},
     {XKind::wall, "wall", GW_TEXT("Wall time"), GW_TEXT("seconds since the start")},
     {XKind::flops, "flops", GW_TEXT("FLOPs"), GW_TEXT("floating-point operations")},
     {XKind::since_fork, "since_fork", GW_TEXT("Steps since the fork"), GW_TEXT("steps since the fork")}}};

constexpr std::array<YName, 3> all_y{{{YKind::value, "value", GW_TEXT("As recorded")},
                                      {YKind::perplexity, "perplexity", GW_TEXT("Perplexity")},
                                      {YKind::bits_per_byte, "bits_per_byte", GW_TEXT("Bits per byte")}}};

double number(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_number() ? it->get<double>() : 0;
}

/// "2026-01-31T12:34:56Z" in seconds since the epoch; 0 when it is no time.
double seconds_of(const std::string& utc) {
    std::tm parts{};
    if (utc.empty() || ::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return 0;
    return static_cast<double>(::timegm(&parts));
}

}  // namespace

std::span<const XName> x_names() {
    return all_x;
}
std::string x_unit(XKind kind, const std::vector<RunRecord>& runs) {
    std::string unit;
    for (const XName& name : x_names())
        if (name.kind == kind) unit = name.unit;
    if (kind != XKind::tokens || runs.empty()) return unit;
    std::set<std::string> counted;
    for (const RunRecord& run : runs) counted.insert(unit_of(run));
    std::string all;
    for (const std::string& one : counted) all += (all.empty() ? "" : " or ") + one;
    return all;
}
std::span<const YName> y_names() {
    return all_y;
}

std::optional<XKind> find_x(const std::string& id) {
    for (const XName& name : all_x)
        if (id == name.id) return name.kind;
    return std::nullopt;
}

std::optional<YKind> find_y(const std::string& id) {
    for (const YName& name : all_y)
        if (id == name.id) return name.kind;
    return std::nullopt;
}

bool is_loss(const std::string& metric) {
    return metric.ends_with("/loss");
}

RunScale::RunScale(const RunRecord& run, std::vector<ClockPoint> clock) : clock_(std::move(clock)) {
    tokens_per_step_ = number(run.facts, "tokens_per_step");
    if (tokens_per_step_ <= 0 && run.steps > 0)
        tokens_per_step_ = static_cast<double>(run.tokens) / static_cast<double>(run.steps);
    steps_per_epoch_ = number(run.facts, "steps_per_epoch");
    // Runs from before that fact was kept: as if each token of the training part were drawn once an epoch.
    const double train_tokens = number(run.facts, "train_tokens");
    if (steps_per_epoch_ <= 0 && tokens_per_step_ > 0) steps_per_epoch_ = train_tokens / tokens_per_step_;
    flops_per_token_ = number(run.facts, "flops_per_token");
    // Runs from before that fact was kept: forward and backward of every weight (Kaplan et al. 2020, section 2.1).
    constexpr double operations_a_weight = 6;
    if (flops_per_token_ <= 0) flops_per_token_ = operations_a_weight * number(run.facts, "parameters");
    const double bytes = number(run.facts, "validation_bytes");
    if (bytes > 0) tokens_per_byte_ = number(run.facts, "validation_tokens") / bytes;
    language_model_ = is_language_model(run);
    unit_ = unit_of(run);
    fork_step_ = static_cast<double>(run.fork_step);
    started_ = seconds_of(run.created);
    std::sort(clock_.begin(), clock_.end(), [](const ClockPoint& a, const ClockPoint& b) { return a.time < b.time; });
    if (!clock_.empty()) started_ = started_ > 0 ? std::min(started_, clock_.front().time) : clock_.front().time;
}

double RunScale::factor(XKind kind) const {
    switch (kind) {
        case XKind::tokens:
            return tokens_per_step_;
        case XKind::epoch:
            return steps_per_epoch_ > 0 ? 1 / steps_per_epoch_ : 0;
        case XKind::flops:
            return tokens_per_step_ * flops_per_token_;
        default:
            return 1;
    }
}

std::string RunScale::why_not(XKind kind) const {
    if (factor(kind) > 0) return "";
    if (kind == XKind::epoch) return GW_TEXT("the size of its training data is not known");
    return unit_ == "images"    ? GW_TEXT("its images per step are not known")
           : unit_ == "windows" ? GW_TEXT("its windows per step are not known")
           : unit_ == "rows"    ? GW_TEXT("its rows per step are not known")
                                : GW_TEXT("its tokens per step are not known");
}

double RunScale::x(XKind kind, double step, double seconds) const {
    if (kind == XKind::time) return seconds;
    if (kind == XKind::since_fork) return step - fork_step_;
    if (kind != XKind::wall) return step * factor(kind);
    // Between two looks at the clock the run is taken to have gone on evenly; a pause lies between two looks with equal
    // seconds.
    if (clock_.empty()) return seconds;
    const auto after = std::lower_bound(clock_.begin(), clock_.end(), seconds,
                                        [](const ClockPoint& p, double s) { return p.seconds < s; });
    if (after == clock_.begin())
        return std::max(0.0, clock_.front().time - (clock_.front().seconds - seconds) - started_);
    if (after == clock_.end()) return clock_.back().time + (seconds - clock_.back().seconds) - started_;
    const ClockPoint& before = *(after - 1);
    const double share =
        after->seconds > before.seconds ? (seconds - before.seconds) / (after->seconds - before.seconds) : 1;
    return before.time + share * (after->time - before.time) - started_;
}

double RunScale::step_at(XKind kind, double x) const {
    if (kind == XKind::since_fork) return x + fork_step_;
    const double f = factor(kind);
    return f > 0 ? x / f : x;
}

std::string RunScale::why_not(YKind kind, const std::string& metric) const {
    if (kind == YKind::value || !is_loss(metric)) return "";
    if (!language_model_) return GW_TEXT("its loss is no code length of the text");
    if (kind == YKind::bits_per_byte && tokens_per_byte_ <= 0) return GW_TEXT("its tokens per byte are not known");
    return "";
}

double RunScale::y(YKind kind, double value) const {
    switch (kind) {
        case YKind::perplexity:
            return std::exp(value);
        case YKind::bits_per_byte:
            return value * tokens_per_byte_ / std::numbers::ln2;
        default:
            return value;
    }
}

}  // namespace gw
