#include "objective/noise_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gw {

std::vector<double> signal_shares(const std::string& schedule, std::int64_t steps) {
    constexpr double first = 1e-4, last = 0.02, thousand = 1000, most = 0.999, offset = 0.008;
    const auto all = static_cast<double>(steps);
    const auto cosine = [&](double step) {
        const double wave = std::cos((step / all + offset) / (1 + offset) * std::numbers::pi / 2);
        return wave * wave;
    };
    std::vector<double> out{1.0};
    for (std::int64_t i = 0; i < steps; ++i) {
        const auto step = static_cast<double>(i);
        const double evenly = steps == 1 ? last : first + (last - first) * step / (all - 1);
        const double taken = schedule == "cosine" ? 1 - cosine(step + 1) / cosine(step) : evenly * thousand / all;
        out.push_back(out.back() * (1 - std::min(taken, most)));
    }
    return out;
}

}  // namespace gw
