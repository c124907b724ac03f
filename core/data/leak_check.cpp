#include "data/leak_check.h"

#include <algorithm>

#include "util/hash.h"
#include "util/text.h"

namespace gw {

void LeakCheck::add(Part part, std::string_view text) {
    constexpr std::size_t longest_whole = 2000;
    if (text.size() <= longest_whole) return add_unit(part, text);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        add_unit(part, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void LeakCheck::add_unit(Part part, std::string_view unit) {
    constexpr std::size_t shortest = 30, shown = 80;
    unit = trim(unit);
    if (unit.size() < shortest) return;
    if (part == Part::train) train_.insert(hash64(unit));
    else held_out_.push_back({part, hash64(unit), std::string(unit.substr(0, utf8_boundary(unit, std::min(shown, unit.size()))))});
}

LeakReport LeakCheck::report() const {
    LeakReport report;
    for (const HeldOut& unit : held_out_) {
        const bool leaked = train_.contains(unit.hash);
        (unit.part == Part::test ? report.test_checked : report.validation_checked) += 1;
        (unit.part == Part::test ? report.test_leaked : report.validation_leaked) += leaked;
        if (leaked && report.example.empty()) report.example = unit.beginning;
    }
    return report;
}

}  // namespace gw
