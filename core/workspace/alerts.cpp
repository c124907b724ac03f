#include "workspace/alerts.h"

#include <algorithm>

namespace gw {

Result<RunAlerts> alerts_of(const Store& store, const std::string& run) {
    auto events = store.events(run);
    auto saved = store.saved("alerts");
    if (!events) return events.error();
    if (!saved) return saved.error();
    RunAlerts out;
    for (EventRecord& event : events.value())
        if (event.kind == "alert") out.all.push_back(std::move(event));
    for (const SavedRecord& record : saved.value())
        if (record.name == run) out.seen = std::min(record.body.value("seen", std::int64_t{0}), static_cast<std::int64_t>(out.all.size()));
    return out;
}

Status mark_alerts_seen(Store& store, const std::string& run) {
    const auto alerts = alerts_of(store, run);
    if (!alerts) return alerts.error();
    return store.set_saved({"alerts", run, {{"seen", alerts.value().all.size()}}, ""});
}

}  // namespace gw
