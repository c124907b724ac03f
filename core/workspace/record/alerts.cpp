#include "workspace/record/alerts.h"

#include <algorithm>

#include "store/notices.h"
#include "store/stored_json.h"

namespace gw {

Result<std::map<std::string, std::int64_t>> alerts_seen(const Store& store) {
    auto saved = store.saved("alerts");
    if (!saved) return saved.error();
    std::map<std::string, std::int64_t> out;
    for (const SavedRecord& record : saved.value())
        out[record.name] = stored_at(record.body, "notices", std::int64_t{0});
    return out;
}

Result<RunAlerts> alerts_of(const Store& store, const std::string& run) {
    auto events = store.events(run);
    auto seen = alerts_seen(store);
    if (!events) return events.error();
    if (!seen) return seen.error();
    RunAlerts out;
    for (EventRecord& event : events.value())
        if (is_notice(event.kind)) out.all.push_back(std::move(event));
    if (const auto known = seen.value().find(run); known != seen.value().end())
        out.seen = std::min(known->second, static_cast<std::int64_t>(out.all.size()));
    return out;
}

Status mark_alerts_seen(Store& store, const std::string& run) {
    const auto alerts = alerts_of(store, run);
    if (!alerts) return alerts.error();
    return store.set_saved({"alerts", run, {{"notices", alerts.value().all.size()}}, ""});
}

}  // namespace gw
