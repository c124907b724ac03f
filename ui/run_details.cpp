#include "ui/run_details.h"

#include <algorithm>

#include "workspace/alerts.h"
#include "workspace/run_log.h"

namespace gw::ui {

namespace {

/// The end is what matters; the file has the rest.
std::string endOfLog(const fs::path& file) {
    constexpr std::size_t longest = 256 << 10;
    const auto text = read_file(file);
    if (!text) return to_text(text.error());
    return text.value().substr(text.value().size() - std::min(text.value().size(), longest));
}

/// More points than any screen has columns. Longer curves come as four points a bucket: its least and greatest value
/// between two of its mean, so that no spike is lost and the moving mean stays where it is.
constexpr std::size_t finest = 20000;

std::vector<MetricPoint> pointsOf(const std::vector<Bucket>& buckets) {
    std::vector<MetricPoint> out;
    for (const Bucket& bucket : buckets) {
        if (bucket.points == 1 || bucket.finite == 0) {
            out.push_back({0, bucket.last_step, bucket.last, bucket.last_seconds});
            continue;
        }
        out.push_back({0, bucket.first_step, bucket.mean(), bucket.first_seconds});
        out.push_back({0, bucket.first_step + 1, bucket.least, bucket.first_seconds});
        out.push_back({0, bucket.first_step + 2, bucket.greatest, bucket.last_seconds});
        out.push_back({0, std::max(bucket.last_step, bucket.first_step + 3), bucket.mean(), bucket.last_seconds});
    }
    return out;
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
    for (const char* metric : {"train/loss", "train/grad_norm", "train/lr", "train/tokens_per_second",
                               "train/memory_bytes", "validation/loss", "validation/perplexity", "validation/accuracy",
                               "validation/bits_per_byte", "parent/loss"}) {
        auto buckets = store.value().curve(details.record.id, metric, {.at_most = finest});
        if (!buckets) return buckets.error();
        if (!buckets.value().empty()) details.series[metric] = pointsOf(buckets.value());
    }
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
    details.findings = diagnose(store.value(), details.record);
    readEnergy(store.value(), details);
    details.log = endOfLog(log_of(details.record.path));
    return details;
}

}  // namespace gw::ui
