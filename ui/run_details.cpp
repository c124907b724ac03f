#include "ui/run_details.h"

#include <algorithm>

#include "artifact/current.h"
#include "ui/plots/curve.h"
#include "ui/plots/linked_plan.h"
#include "workspace/record/alerts.h"
#include "workspace/record/run_log.h"

namespace gw::ui {

namespace {

/// The end is what matters; the file has the rest.
std::string endOfLog(const fs::path& file) {
    constexpr std::size_t longest = 256 << 10;
    const auto text = read_file(file);
    if (!text) return to_text(text.error());
    return text.value().substr(text.value().size() - std::min(text.value().size(), longest));
}

/// The counter begins again with every segment.
void readEnergy(const Store& store, RunDetails& details) {
    const auto energy = store.series(details.record.id, "system/energy_kwh");
    if (!energy || energy.value().empty()) return;
    std::map<std::int64_t, double> segments;
    for (const MetricPoint& point : energy.value()) segments[point.segment] = point.value;
    details.kwh = 0;
    for (const auto& [segment, kwh] : segments) *details.kwh += kwh;
    for (const char* metric : {"system/processor_watts", "system/gpu_watts"})
        if (const auto power = store.curve(details.record.id, metric, {.at_most = 64}); power && !power.value().empty())
            details.watts = details.watts.value_or(0) + power.value().back().last;
}

}  // namespace

Result<RunDetails> readRunDetails(const fs::path& database, const std::string& run) {
    auto store = Store::open(database, Store::Mode::read_only);
    if (!store) return store.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    RunDetails details;
    details.record = std::move(record).value();
    // As many buckets as a curve holds: more than any screen has columns. Looking closer reads finer ones.
    for (const std::string& metric : keptMetrics(details.record)) {
        auto read = store.value().curve_parts(details.record.id, metric, {.at_most = Curve::most});
        if (!read) return read.error();
        CurveParts parts = std::move(read).value();
        if (!parts.counted.empty()) details.curves[metric] = std::move(parts.counted);
        if (!parts.given_up.empty()) details.givenUp[metric] = std::move(parts.given_up);
    }
    auto clock = store.value().clock(details.record.id);
    if (!clock) return clock.error();
    details.clock = std::move(clock).value();
    auto events = store.value().events(details.record.id);
    auto samples = store.value().samples(details.record.id);
    auto checkpoints = store.value().checkpoints(details.record.id);
    if (!events) return events.error();
    if (!samples) return samples.error();
    if (!checkpoints) return checkpoints.error();
    details.events = std::move(events).value();
    if (const auto alerts = alerts_of(store.value(), details.record.id)) details.alertsSeen = alerts.value().seen;
    details.samples = std::move(samples).value();
    details.checkpoints = std::move(checkpoints).value();
    if (const auto current = current_checkpoint(details.record.path, /*verified=*/false))
        details.current = current.value().path.string();
    details.findings = diagnose(store.value(), details.record);
    readEnergy(store.value(), details);
    details.log = endOfLog(log_of(details.record.path));
    return details;
}

}  // namespace gw::ui
