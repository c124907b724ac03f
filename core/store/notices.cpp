#include "store/notices.h"

#include <algorithm>
#include <iterator>

namespace gw {

namespace {

/// The gravest first: what makes figures false, what may lose work, what was noticed at the start, what was noticed on
/// the way.
constexpr const char* kinds[] = {"leak", "save_failed", "warning", "alert"};

auto rank_of(const std::string& kind) {
    return std::find(std::begin(kinds), std::end(kinds), kind) - std::begin(kinds);
}

/// The sentence without its figures.
std::string form_of(const std::string& text) {
    std::string out;
    for (const char c : text)
        if ((c < '0' || c > '9') && c != '.' && c != ',') out += c;
    return out;
}

}  // namespace

bool is_notice(const std::string& kind) {
    return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

std::vector<Notice> notices_of(const std::vector<EventRecord>& events) {
    std::vector<Notice> out;
    std::int64_t place = 0;
    for (const EventRecord& event : events) {
        if (!is_notice(event.kind)) continue;
        auto same = std::find_if(out.begin(), out.end(), [&](const Notice& n) {
            return n.kind == event.kind && form_of(n.text) == form_of(event.text);
        });
        if (same == out.end()) same = out.insert(out.end(), {event.kind, {}, event.step, event.step, 0, 0});
        same->text = event.text;
        same->last_step = event.step;
        same->count += 1;
        same->newest = place++;
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Notice& a, const Notice& b) { return rank_of(a.kind) < rank_of(b.kind); });
    return out;
}

}  // namespace gw
