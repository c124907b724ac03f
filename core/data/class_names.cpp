#include "data/class_names.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "data/text/near_text.h"
#include "util/text.h"

namespace gw {

namespace {

std::optional<double> plain_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.starts_with('+') || failed != std::errc() || end != text.data() + text.size() ||
        !std::isfinite(value))
        return std::nullopt;
    return value;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<double> whole_number(std::string_view name) {
    std::string_view digits = name;
    if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
    if (digits.empty() || !is_digit(digits.front()) ||
        (digits.size() > 1 && digits.front() == '0' && is_digit(digits[1])))
        return std::nullopt;
    const auto value = plain_number(name);
    constexpr double exact = 9007199254740992.0;  // 2^53: beyond it, different whole numbers are one double
    if (!value || *value != std::floor(*value) || std::abs(*value) >= exact) return std::nullopt;
    return *value + 0.0;
}

std::optional<double> label_number(std::string_view text, bool comma) {
    text = trim(text);
    if (!comma || std::count(text.begin(), text.end(), ',') != 1 || text.find('.') != std::string_view::npos)
        return plain_number(text);
    std::string point(text);
    point[point.find(',')] = '.';
    return plain_number(point);
}

const std::string& ClassNames::name(std::string_view cell) {
    if (const auto known = counts_.find(cell); known != counts_.end()) {
        ++known->second;
        return known->first;
    }
    if (const auto value = whole_number(cell)) {
        const auto [first, is_new] = numbers_.try_emplace(*value, cell);
        if (!is_new && first->second != cell) {
            merged_.try_emplace(std::string(cell), first->second);
            ++counts_[first->second];
            return first->second;
        }
    }
    return counts_.try_emplace(std::string(cell), 1).first->first;
}

void ClassNames::tell(ReadReport& report) const {
    constexpr std::size_t most = 1000, likely_classes = 10000;
    for (const auto& [name, count] : counts_) {
        if (report.classes.size() == most) {
            report.warnings.push_back("The labels have " + grouped(static_cast<std::int64_t>(counts_.size())) +
                                      " different values; the first " + grouped(static_cast<std::int64_t>(most)) +
                                      " are counted here");
            break;
        }
        report.classes.emplace_back(name, count);
    }
    for (const auto& [spelling, name] : merged_)
        report.warnings.push_back("The labels \"" + spelling + "\" and \"" + name +
                                  "\" are the same number and make one class, \"" + name + "\"");
    if (counts_.size() > likely_classes) return;
    std::map<std::string, std::string> by_case;
    std::map<double, std::string> by_number;
    for (const auto& [name, count] : counts_) {
        if (const auto [other, is_new] = by_case.try_emplace(case_text(name), name); !is_new)
            report.warnings.push_back("The classes \"" + other->second + "\" and \"" + name +
                                      "\" differ by case, blanks or the form of characters alone");
        const auto value = plain_number(name);
        if (!value) continue;
        if (const auto [other, is_new] = by_number.try_emplace(*value, name); !is_new)
            report.warnings.push_back("The classes \"" + other->second + "\" and \"" + name +
                                      "\" look like the same number, but are two classes");
    }
}

}  // namespace gw
