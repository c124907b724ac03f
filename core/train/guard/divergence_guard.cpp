#include "train/guard/divergence_guard.h"

#include <algorithm>
#include <cmath>

namespace gw {

namespace {

constexpr std::size_t window = 40, stretch = 32, first = 6, very_first = 3;
constexpr std::size_t spared = 4;    // of the window that may lie lower: luck, or one easy batch
constexpr std::size_t outliers = 3;  // of the best stretch that may lie higher: spikes must not hide what follows
constexpr double lost = 0.5, least_rise = 0.2;
constexpr std::int64_t first_pause = 500;  // steps: a warning that repeats itself is not read any more

template <class Losses>
std::vector<double> sorted_copy(const Losses& losses, std::size_t count) {
    std::vector<double> out(losses.end() - static_cast<std::ptrdiff_t>(count), losses.end());
    std::sort(out.begin(), out.end());
    return out;
}

double median_of(const std::vector<double>& sorted) {
    const std::size_t half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
}

}  // namespace

bool DivergenceGuard::above(const Reference& reference, const std::vector<double>& sorted, std::size_t all_but) const {
    std::vector<double> beginning(first_.begin(),
                                  first_.begin() + static_cast<std::ptrdiff_t>(std::min(first_.size(), first)));
    std::sort(beginning.begin(), beginning.end());
    const double rise = median_of(sorted) - reference.median, learnt = median_of(beginning) - reference.median;
    return sorted[all_but] > reference.high && rise > std::max(lost * learnt, least_rise * std::abs(reference.median));
}

std::optional<DivergenceGuard::Finding> DivergenceGuard::judged(const std::vector<double>& sorted) const {
    auto found = [&](const Reference& reference) {
        return Finding{median_of(sorted), reference.median, reference.step};
    };
    auto of_the_first = [&](std::size_t count, std::int64_t step) {
        std::vector<double> losses(first_.begin(), first_.begin() + static_cast<std::ptrdiff_t>(count));
        std::sort(losses.begin(), losses.end());
        return Reference{median_of(losses), losses.back(), step};
    };
    if (best_ && above(*best_, sorted, spared)) return found(*best_);
    if (seen_ >= static_cast<std::int64_t>(first + window))
        if (const Reference start = of_the_first(first, first); above(start, sorted, 0)) return found(start);
    // A rate far too high without a warm-up leaves no more than a few sound losses. Three are few: they are asked once,
    // and strictly.
    if (seen_ == static_cast<std::int64_t>(very_first + window))
        if (const Reference start = of_the_first(very_first, very_first); above(start, sorted, 0)) return found(start);
    return std::nullopt;
}

std::optional<DivergenceGuard::Finding> DivergenceGuard::note(std::int64_t step, double loss) {
    if (!std::isfinite(loss)) return std::nullopt;
    ++seen_;
    if (first_.size() < first) first_.push_back(loss);
    recent_.push_back(loss);
    if (recent_.size() > window) recent_.pop_front();
    if (recent_.size() >= stretch)
        if (const auto last = sorted_copy(recent_, stretch); !best_ || median_of(last) < best_->median)
            best_ = Reference{median_of(last), last[stretch - 1 - outliers], step};
    if (recent_.size() < window) return std::nullopt;
    std::optional<Finding> finding = judged(sorted_copy(recent_, window));
    if (!finding) {
        if (step >= quiet_until_) pause_ = 0;
        return std::nullopt;
    }
    if (step < quiet_until_) return std::nullopt;
    pause_ = pause_ == 0 ? first_pause : 2 * pause_;
    quiet_until_ = step + pause_;
    return finding;
}

Json DivergenceGuard::state() const {
    Json out = {{"recent", std::vector<double>(recent_.begin(), recent_.end())},
                {"first", first_},
                {"seen", seen_},
                {"quiet_until", quiet_until_},
                {"pause", pause_}};
    if (best_) out["best"] = {{"median", best_->median}, {"high", best_->high}, {"step", best_->step}};
    return out;
}

void DivergenceGuard::restore(const Json& state) {
    *this = DivergenceGuard();
    if (!state.is_object()) return;
    auto numbers = [&](const char* key, std::size_t most) {
        std::vector<double> out;
        if (const auto it = state.find(key); it != state.end() && it->is_array())
            for (const Json& value : *it)
                if (value.is_number() && out.size() < most) out.push_back(value.get<double>());
        return out;
    };
    auto number = [](const Json& object, const char* key) -> double {
        const auto it = object.find(key);
        return it != object.end() && it->is_number() ? it->get<double>() : 0;
    };
    const std::vector<double> recent = numbers("recent", window);
    recent_.assign(recent.begin(), recent.end());
    first_ = numbers("first", first);
    seen_ = first_.empty() ? 0 : static_cast<std::int64_t>(number(state, "seen"));
    quiet_until_ = static_cast<std::int64_t>(number(state, "quiet_until"));
    pause_ = static_cast<std::int64_t>(number(state, "pause"));
    if (const auto it = state.find("best"); it != state.end() && it->is_object())
        best_ = Reference{number(*it, "median"), number(*it, "high"), static_cast<std::int64_t>(number(*it, "step"))};
}

}  // namespace gw
