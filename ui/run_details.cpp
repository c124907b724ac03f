#include "ui/run_details.h"

#include <algorithm>

namespace gw::ui {

namespace {

/// The end is what matters; the file has the rest.
std::string endOfLog(const fs::path& file) {
    constexpr std::size_t longest = 256 << 10;
    const auto text = read_file(file);
    if (!text) return to_text(text.error());
    return text.value().substr(text.value().size() - std::min(text.value().size(), longest));
}

}  // namespace

Result<RunDetails> readRunDetails(const fs::path& database, const std::string& run) {
    auto store = Store::open(database, Store::Mode::read_only);
    if (!store) return store.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    RunDetails details;
    details.record = std::move(record).value();
    for (const char* metric : {"train/loss", "train/grad_norm", "train/lr", "train/tokens_per_second", "train/memory_bytes", "validation/loss",
                               "validation/perplexity", "validation/accuracy", "validation/bits_per_byte"}) {
        auto series = store.value().series(details.record.id, metric);
        if (!series) return series.error();
        if (!series.value().empty()) details.series[metric] = std::move(series).value();
    }
    auto events = store.value().events(details.record.id);
    auto samples = store.value().samples(details.record.id);
    auto checkpoints = store.value().checkpoints(details.record.id);
    if (!events) return events.error();
    if (!samples) return samples.error();
    if (!checkpoints) return checkpoints.error();
    details.events = std::move(events).value();
    details.samples = std::move(samples).value();
    details.checkpoints = std::move(checkpoints).value();
    details.log = endOfLog(fs::path(details.record.path) / "log.txt");
    return details;
}

}  // namespace gw::ui
