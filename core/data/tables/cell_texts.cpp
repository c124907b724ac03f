#include "data/tables/cell_texts.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace gw {

std::string short_number(double value) {
    char out[32];
    std::snprintf(out, sizeof out, "%.6g", value);
    return out;
}

std::string fine_number(double value, double deviation) {
    constexpr int least = 6, most = 17;
    const double share = deviation > 0 ? std::abs(value) / deviation : 1;
    const int more = share > 1 && std::isfinite(share) ? static_cast<int>(std::log10(share)) : 0;
    char out[40];
    std::snprintf(out, sizeof out, "%.*g", std::min(least + more, most), value);
    return out;
}

std::string date_text(double days) {
    constexpr double first = -719528, last = 2932896;  // 0000-01-01 and 9999-12-31
    if (!(days >= first && days <= last)) return short_number(days) + " days";
    constexpr std::int64_t minutes_a_day = 1440;
    const auto minutes = static_cast<std::int64_t>(std::llround(days * minutes_a_day));
    const std::int64_t whole =
                           minutes >= 0 ? minutes / minutes_a_day : -((minutes_a_day - 1 - minutes) / minutes_a_day),
                       left = minutes - whole * minutes_a_day;
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{whole}}};
    char out[64];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    if (left == 0) return out;
    char time[64];
    std::snprintf(time, sizeof time, " %02d:%02d", static_cast<int>(left / 60), static_cast<int>(left % 60));
    return std::string(out) + time;
}

std::vector<std::string> cells_of(const TableInput& input, std::span<const float> values) {
    std::vector<std::string> out;
    std::size_t at = 0;
    for (const TableInput::Column& column : input.columns) {
        const auto width = static_cast<std::size_t>(column.values());
        const std::span<const float> its = values.subspan(at, width);
        at += width;
        if (column.is_words()) {
            out.push_back(
                column.categories[static_cast<std::size_t>(std::max_element(its.begin(), its.end()) - its.begin())]);
            continue;
        }
        constexpr float likelier_than_not = 0.5F;
        const double number = column.mean + column.deviation * static_cast<double>(its[0]);
        if (column.gaps && its[1] > likelier_than_not)
            out.emplace_back();
        else
            out.push_back(column.dates ? date_text(number) : fine_number(number, column.deviation));
    }
    return out;
}

}  // namespace gw
