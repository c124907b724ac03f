#pragma once
#include <map>

#include "store/store.h"

namespace gw {

/// What a run has told that a person would want to know, and how much of it somebody has looked at.
struct RunAlerts {
    std::vector<EventRecord>
        all;                ///< its notices (store/notices.h): leaks, saves that failed, warnings, alerts; oldest first
    std::int64_t seen = 0;  ///< of the oldest
};
Result<RunAlerts> alerts_of(const Store& store, const std::string& run);

/// For each run of which some were seen, how many of the oldest.
Result<std::map<std::string, std::int64_t>> alerts_seen(const Store& store);

/// All alerts that the run has by now count as seen; later ones do not.
Status mark_alerts_seen(Store& store, const std::string& run);

}  // namespace gw
