#pragma once
#include <algorithm>
#include <cstddef>
#include <map>
#include <vector>

namespace gw {

/// Where rising times go on by more than one and a half of their usual step, which is the commonest one.
struct TimeGaps {
    std::vector<std::size_t> before;  ///< the places behind a gap
    double usual = 0;
};
/// None where the usual step is 28 days or more: months and years are of several lengths. `at`: as read_times() gives
/// them.
inline TimeGaps gaps_in(const std::vector<double>& at) {
    TimeGaps out;
    std::map<double, std::size_t> steps;
    for (std::size_t r = 1; r < at.size(); ++r) ++steps[at[r] - at[r - 1]];
    if (steps.empty()) return out;
    out.usual = std::max_element(steps.begin(), steps.end(), [](const auto& one, const auto& other) {
                    return one.second < other.second;
                })->first;
    constexpr double longest_even = 28 * 86400.0, far = 1.5;
    if (out.usual >= longest_even) return out;
    for (std::size_t r = 1; r < at.size(); ++r)
        if (at[r] - at[r - 1] > far * out.usual) out.before.push_back(r);
    return out;
}

}  // namespace gw
