#include <algorithm>
#include <cmath>

#include "study/checkup/checks.h"
#include "study/checkup/checkup_texts.h"
#include "study/checkup/subject.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr double decades = 3;      // below the chosen rate, and above it
constexpr double smoothing = 0.8;  // of the losses that are looked at

/// What a curve of rates and smoothed losses says.
struct RangeRead {
    double steepest = 0;  ///< rate at which the loss falls fastest by the rate's logarithm; 0 = it falls nowhere
    double rises = 0;     ///< rate from which on the loss is clearly above its least; 0 = nowhere
};

RangeRead read_range(const std::vector<std::pair<double, double>>& curve) {
    RangeRead out;
    if (curve.empty()) return out;
    // Single losses jump: the beginning is a mean of the first tenth, and slopes are taken over as much.
    const std::size_t span = std::max<std::size_t>(2, curve.size() / 10);
    double first = 0;
    for (std::size_t i = 0; i < std::min(span, curve.size()); ++i) first += curve[i].second / static_cast<double>(span);
    std::size_t least = 0;
    for (std::size_t i = 0; i < curve.size(); ++i)
        if (curve[i].second < curve[least].second) least = i;
    const double fall = first - curve[least].second;
    constexpr double noticeable = 0.02;
    if (!(fall > noticeable * std::abs(first))) return out;
    // Of the slope that leads down, behind the last point where next to nothing was learnt yet.
    constexpr double begun = 0.1;
    std::size_t from = least;
    while (from > 0 && curve[from - 1].second < first - begun * fall) --from;
    double best = 0;
    for (std::size_t i = std::max(from, span); i <= least; ++i) {
        const double slope = curve[i - span].second - curve[i].second;
        if (slope > best) {
            best = slope;
            out.steepest = curve[i - span / 2].first;
        }
    }
    if (out.steepest == 0) out.steepest = curve[least].first;
    for (std::size_t i = least; i < curve.size(); ++i)
        if (!std::isfinite(curve[i].second) || curve[i].second > curve[least].second + fall / 2) {
            out.rises = curve[i].first;
            break;
        }
    return out;
}

void judge_rate(double chosen, const RangeRead& read, CheckFinding& out) {
    const auto say_of = [&](CheckVerdict verdict, const char* form) {
        out.verdict = verdict;
        out.said.push_back({form, {significant(chosen, 2), significant(out.rate, 2)}});
    };
    constexpr double room = 3, far = 100;
    if (read.rises > 0 && chosen >= read.rises) return say_of(CheckVerdict::wrong, say::check_rate_high);
    if (read.rises > 0 && chosen * room >= read.rises) return say_of(CheckVerdict::look, say::check_rate_near);
    if (chosen * far <= out.rate) return say_of(CheckVerdict::look, say::check_rate_low);
    out.said.push_back({say::check_rate_fits, {significant(chosen, 2)}});
}

CheckFinding look_at_rates(const CheckupRequest& request, const std::function<void(double)>& share) {
    CheckFinding out;
    CheckSubject subject(request);
    if (subject.run().ready.players.size() > 1) return {"", CheckVerdict::skipped, {{say::check_players, {}}}};
    SmoothedLoss smoothed(smoothing);
    const std::int64_t steps = request.steps;
    double chosen = 0, first = 0;
    std::pair<double, double> ends;
    for (std::int64_t made = 0; made < steps; ++made) {
        const double scale = std::pow(10, -decades + 2 * decades * static_cast<double>(made) /
                                                         static_cast<double>(std::max<std::int64_t>(1, steps - 1)));
        const CheckSubject::Step step = subject.step(scale);
        share(static_cast<double>(made + 1) / static_cast<double>(steps));
        if (made == 0) {
            chosen = step.lr / scale;
            first = std::abs(step.loss);
            ends.first = step.lr;
        }
        ends.second = step.lr;
        const double loss = step.finite ? smoothed.add(step.loss) : HUGE_VAL;
        out.curve.emplace_back(step.lr, loss);
        constexpr double hopeless = 4;  // times the loss at the beginning
        if (!std::isfinite(loss) || loss > hopeless * first + 1) break;
    }
    const RangeRead read = read_range(out.curve);
    constexpr std::int64_t telling = 50;  // steps; of fewer the mean of the losses hardly moves
    if (read.steepest == 0 && steps < telling) {
        out.verdict = CheckVerdict::skipped;
        out.said.push_back({say::check_range_short, {grouped(steps), grouped(telling)}});
    } else if (read.steepest == 0) {
        out.verdict = CheckVerdict::wrong;
        out.said.push_back({say::check_range_none, {significant(ends.first, 2), significant(ends.second, 2)}});
    } else {
        // A third of where the loss begins to rise is as high as most runs bear, with a warm-up.
        constexpr double below = 3;
        out.rate = read.rises > 0 ? std::min(read.steepest, read.rises / below) : read.steepest;
        std::vector<std::string> values = {significant(ends.first, 2), significant(ends.second, 2),
                                           significant(read.steepest, 2)};
        if (read.rises > 0) values.push_back(significant(read.rises, 2));
        out.said.push_back({read.rises > 0 ? say::check_range : say::check_range_open, values});
        judge_rate(chosen, read, out);
    }
    std::erase_if(out.curve, [](const auto& point) { return !std::isfinite(point.second); });
    return out;
}

}  // namespace

Check rate_check() {
    return {{"rate", GW_TEXT("Learning rate"),
             GW_TEXT("Trained while the rate grows from a thousandth of the chosen one to a thousand times as much: "
                     "where the loss "
                     "falls fastest, and from where on it rises.")},
            look_at_rates};
}

}  // namespace gw
