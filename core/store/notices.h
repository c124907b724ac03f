#pragma once
#include "store/records.h"

namespace gw {

/// What a run told while it was trained and what a person must know who reads its figures: a leak, a save that failed,
/// a warning, an alert. What was told several times with other numbers is one notice.
struct Notice {
    std::string kind, text;  ///< kind of its events; text of the newest
    std::int64_t first_step = 0, last_step = 0, count = 0;
    std::int64_t newest = 0;  ///< place of its newest event among all events that are notices, from 0
};

/// Whether events of this kind are notices: "leak", "save_failed", "warning" or "alert".
bool is_notice(const std::string& kind);

/// The notices among a run's events (oldest first), the gravest kind first.
std::vector<Notice> notices_of(const std::vector<EventRecord>& events);

}  // namespace gw
