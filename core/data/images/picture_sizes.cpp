#include "data/images/picture_sizes.h"

#include <algorithm>

namespace gw {

void PictureSizes::tell(ReadReport& report) const {
    if (counts_.size() < 2) return;
    constexpr std::size_t shown = 12;
    for (const auto& [size, count] : counts_) report.sizes.push_back({size.first, size.second, count});
    const auto pixels = [](const ReadReport::Size& size) { return size.height * size.width; };
    const auto [least, most] =
        std::minmax_element(report.sizes.begin(), report.sizes.end(),
                            [&](const auto& one, const auto& other) { return pixels(one) < pixels(other); });
    report.smallest = *least;
    report.largest = *most;
    report.different_sizes = static_cast<std::int64_t>(report.sizes.size());
    std::stable_sort(report.sizes.begin(), report.sizes.end(),
                     [](const auto& one, const auto& other) { return one.count > other.count; });
    if (report.sizes.size() > shown) report.sizes.resize(shown);
}

}  // namespace gw
