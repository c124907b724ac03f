#include "workspace/record/rebuild_rows.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace gw {

namespace {

/// Those of `had` that `has` lacks: where fewer of a key are there, those of other texts, as many as are missing. (A
/// text that is not UTF-8 is another one in a journal.)
template <class Record, class KeyOf, class TextOf>
std::vector<Record> lacking(const std::vector<Record>& had, const std::vector<Record>& has, const KeyOf& key_of,
                            const TextOf& text_of) {
    std::map<decltype(key_of(had.front())), std::vector<std::string>> there;
    for (const Record& one : has) there[key_of(one)].push_back(text_of(one));
    std::map<decltype(key_of(had.front())), std::int64_t> missing;
    for (const Record& one : had) ++missing[key_of(one)];
    for (const auto& [key, texts] : there) missing[key] -= static_cast<std::int64_t>(texts.size());
    std::vector<Record> out;
    for (const Record& one : had) {
        const auto key = key_of(one);
        const auto& texts = there[key];
        if (missing[key] <= 0 || std::find(texts.begin(), texts.end(), text_of(one)) != texts.end()) continue;
        --missing[key];
        out.push_back(one);
    }
    return out;
}

std::pair<std::int64_t, std::int64_t> segment_and_step(const MetricPoint& point) {
    return {point.segment, point.step};
}

/// The points of one curve; both are in order.
Result<std::int64_t> missing_points(Store& store, const Store& former, const std::string& id,
                                    const std::string& metric) {
    const auto had = former.series(id, metric);
    if (!had) return std::int64_t{0};
    const auto has = store.series(id, metric);
    if (!has) return has.error();
    std::vector<MetricPoint> missing;
    std::set_difference(
        had.value().begin(), had.value().end(), has.value().begin(), has.value().end(), std::back_inserter(missing),
        [](const MetricPoint& a, const MetricPoint& b) { return segment_and_step(a) < segment_and_step(b); });
    std::vector<MetricInsert> rows;
    for (const MetricPoint& point : missing)
        rows.push_back({metric, point.segment, point.step, point.value, point.seconds});
    if (!rows.empty())
        if (Status added = store.add_metrics(id, rows); !added) return added.error();
    return static_cast<std::int64_t>(rows.size());
}

/// What is no figure of a curve.
std::vector<JournalEntry> missing_entries(const Store& store, const Store& former, const std::string& id) {
    std::vector<JournalEntry> out;
    const auto compare = [&](const auto& had, const auto& has, const auto& key_of, const auto& text_of,
                             const auto& make) {
        if (!had || !has) return;
        for (const auto& one : lacking(had.value(), has.value(), key_of, text_of)) out.push_back(make(one));
    };
    const auto as_it_is = [](const auto& one) -> JournalEntry { return one; };
    compare(
        former.clock(id), store.clock(id), [](const ClockPoint& c) { return std::pair(c.segment, c.step); },
        [](const ClockPoint&) { return std::string(); },
        [](const ClockPoint& c) -> JournalEntry { return JournalRow{c.segment, c.step, 0, c.seconds, {}, c.time}; });
    compare(
        former.events(id), store.events(id), [](const EventRecord& e) { return std::tuple(e.segment, e.step, e.kind); },
        [](const EventRecord& e) { return e.text; }, as_it_is);
    compare(
        former.samples(id), store.samples(id),
        [](const SampleRecord& s) { return std::tuple(s.segment, s.step, s.prompt); },
        [](const SampleRecord& s) { return s.text; }, as_it_is);
    const auto steps = former.histogram_steps(id);
    if (steps)
        for (const std::int64_t step : steps.value())
            compare(
                former.histograms(id, step), store.histograms(id, step),
                [](const HistogramRecord& h) { return std::tuple(h.segment, h.kind, h.name); },
                [](const HistogramRecord&) { return std::string(); }, as_it_is);
    // Each is known by its folder; the paths are of two databases.
    compare(
        former.checkpoints(id), store.checkpoints(id),
        [](const CheckpointRecord& c) { return fs::path(c.path).filename().string(); },
        [](const CheckpointRecord&) { return std::string(); },
        [](const CheckpointRecord& c) -> JournalEntry {
            return JournalCheckpoint{c, {}};
        });
    return out;
}

}  // namespace

Status RebuildRows::add(const JournalEntry& entry) {
    constexpr int together = 2000;
    if (open_ == 0)
        if (Status begun = store_.begin(); !begun) return begun;
    if (Status kept = keep_entry(store_, run_, entry); !kept) {
        if (kept.error().code != Error::Code::internal) {
            store_.rollback();
            open_ = 0;
            return kept;
        }
        ++refused;
    }
    return ++open_ < together ? Status() : end();
}

Status RebuildRows::end() {
    return std::exchange(open_, 0) > 0 ? store_.commit() : Status();
}

bool copy_former(const Store& former, const std::string& id, std::int64_t below, RebuildRows& rows) {
    bool all = true;
    auto each = [&](const auto& read, auto make) {
        all = all && read;
        if (!read) return;
        for (const auto& one : read.value())
            if (one.segment < below) all = all && rows.add(make(one));
    };
    const auto metrics = former.metrics(id);
    all = bool(metrics);
    if (metrics)
        for (const std::string& metric : metrics.value())
            each(former.series(id, metric), [&](const MetricPoint& p) -> JournalEntry {
                return JournalRow{p.segment, p.step, 0, p.seconds, {{metric, p.value}}, {}};
            });
    each(former.clock(id),
         [](const ClockPoint& c) -> JournalEntry { return JournalRow{c.segment, c.step, 0, c.seconds, {}, c.time}; });
    each(former.events(id), [](const EventRecord& e) -> JournalEntry { return e; });
    each(former.samples(id), [](const SampleRecord& s) -> JournalEntry { return s; });
    if (const auto steps = former.histogram_steps(id))
        for (const std::int64_t step : steps.value())
            each(former.histograms(id, step), [](const HistogramRecord& h) -> JournalEntry { return h; });
    else
        all = false;
    if (auto checkpoints = former.checkpoints(id)) {
        std::reverse(checkpoints.value().begin(), checkpoints.value().end());  // the oldest first
        for (CheckpointRecord& one : checkpoints.value())
            if (one.segment < below) all = all && rows.add(JournalCheckpoint{std::move(one), {}});
    } else {
        all = false;
    }
    return all;
}

Result<std::int64_t> take_over_missing(Store& store, const Store& former, const std::string& id) {
    std::int64_t taken = 0;
    if (const auto metrics = former.metrics(id))
        for (const std::string& metric : metrics.value()) {
            const auto points = missing_points(store, former, id, metric);
            if (!points) return points.error();
            taken += points.value();
        }
    RebuildRows rows(store, id);
    for (const JournalEntry& entry : missing_entries(store, former, id)) {
        if (Status added = rows.add(entry); !added) return added.error();
        ++taken;
    }
    if (Status ended = rows.end(); !ended) return ended.error();
    return taken - rows.refused;
}

}  // namespace gw
