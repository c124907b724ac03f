#include "workspace/record/catch_up.h"

#include <algorithm>
#include <fstream>
#include <map>

#include "artifact/run_files.h"
#include "workspace/record/run_journal_file.h"

namespace gw {

namespace {

/// What the history has of a run.
class Kept {
  public:
    Kept(const Store& store, const RunRecord& run) : store_(store), run_(run) {}

    /// The last step of a segment with a value of this metric; -1 = none.
    std::int64_t last(std::int64_t segment, const std::string& metric) {
        const auto [place, is_new] = last_.try_emplace({segment, metric}, -1);
        if (!is_new) return place->second;
        // Where it cannot be read the writing of what then seems to be missing fails too.
        if (const auto step = store_.last_step(run_.id, metric, segment)) place->second = step.value();
        return place->second;
    }
    bool has(const EventRecord& one) {
        if (!events_) events_ = read(store_.events(run_.id));
        return take(*events_, [&](const EventRecord& e) {
            return e.segment == one.segment && e.step == one.step && e.kind == one.kind && e.text == one.text;
        });
    }
    bool has(const SampleRecord& one) {
        if (!samples_) samples_ = read(store_.samples(run_.id));
        return take(*samples_, [&](const SampleRecord& s) {
            return s.segment == one.segment && s.step == one.step && s.prompt == one.prompt && s.text == one.text;
        });
    }
    bool has(const HistogramRecord& one) const {
        const auto there = store_.histograms(run_.id, one.step);
        return there && std::any_of(there.value().begin(), there.value().end(), [&](const HistogramRecord& h) {
                   return h.segment == one.segment && h.kind == one.kind && h.name == one.name;
               });
    }

  private:
    template <class Record>
    static std::vector<Record> read(Result<std::vector<Record>> records) {
        return records ? std::move(records).value() : std::vector<Record>();
    }
    /// Each is found once: the same may have been told twice.
    template <class Record, class Same>
    static bool take(std::vector<Record>& all, const Same& same) {
        const auto it = std::find_if(all.begin(), all.end(), same);
        if (it == all.end()) return false;
        all.erase(it);
        return true;
    }
    const Store& store_;
    const RunRecord& run_;
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> last_;
    std::optional<std::vector<EventRecord>> events_;
    std::optional<std::vector<SampleRecord>> samples_;
};

/// The last figures that the journal tells of, in the run's segment or a later one.
JournalRow last_told(const RunRecord& run) {
    constexpr std::streamoff end = 256 << 10;  // bytes: some hundred rows, with histograms between them
    std::ifstream in(fs::path(run.path) / run_files::journal, std::ios::binary | std::ios::ate);
    JournalRow last;
    if (!in) return last;
    in.seekg(std::max<std::streamoff>(0, static_cast<std::streamoff>(in.tellg()) - end));
    for (std::string line; std::getline(in, line);)  // the first may be cut, and is then none
        if (auto entry = entry_of_line(line, run.id, run.path))
            if (auto* row = std::get_if<JournalRow>(&*entry);
                row && row->segment >= run.segment && !row->values.empty())
                last = std::move(*row);
    return last;
}

/// What of a step's values the history lacks.
JournalRow missing_of(JournalRow row, Kept& kept) {
    std::erase_if(row.values, [&](const auto& value) { return row.step <= kept.last(row.segment, value.first); });
    if (row.values.empty()) row.time.reset();
    return row;
}

}  // namespace

Result<std::int64_t> catch_up_with_journal(Store& store, RunRecord& run) {
    std::error_code unknown;
    const fs::path journal = fs::path(run.path) / run_files::journal;
    if (!fs::is_regular_file(fs::symlink_status(journal, unknown))) return std::int64_t{0};
    Kept kept(store, run);
    if (missing_of(last_told(run), kept).values.empty()) return std::int64_t{0};
    const std::string main_metric = "validation/" + main_metric_of(run);
    const std::int64_t first = run.segment;
    std::int64_t added = 0;
    const auto add = [&](const JournalEntry& entry, std::int64_t segment) -> Status {
        if (Status written = keep_entry(store, run.id, entry); !written) return written;
        ++added;
        run.segment = std::max(run.segment, segment);
        return {};
    };
    const auto read = read_journal(run.path, run.id, [&](const JournalEntry& entry) -> Status {
        if (const auto* row = std::get_if<JournalRow>(&entry)) {
            if (row->segment < first) return {};
            JournalRow missing = missing_of(*row, kept);
            if (missing.values.empty()) return {};
            take_figures(run, missing, main_metric);
            return add(std::move(missing), row->segment);
        }
        if (const auto* event = std::get_if<EventRecord>(&entry))
            return event->segment < first || kept.has(*event) ? Status() : add(entry, event->segment);
        if (const auto* sample = std::get_if<SampleRecord>(&entry))
            return sample->segment < first || kept.has(*sample) ? Status() : add(entry, sample->segment);
        if (const auto* histogram = std::get_if<HistogramRecord>(&entry))
            return histogram->segment < first || kept.has(*histogram) ? Status() : add(entry, histogram->segment);
        return {};  // checkpoints are those that lie in the folder
    });
    if (!read) return read.error();
    return added;
}

}  // namespace gw
