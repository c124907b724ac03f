#include "workspace/record/run_journal_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>

#include "artifact/run_files.h"
#include "schema/metric.h"
#include "schema/typed.h"
#include "store/run_record_file.h"
#include "store/stored_json.h"
#include "util/crash_point.h"
#include "util/io_error.h"

namespace gw {

namespace {

template <class... Bodies>
struct EntryVisitor : Bodies... {
    using Bodies::operator()...;
};
template <class... Bodies>
EntryVisitor(Bodies...) -> EntryVisitor<Bodies...>;

Json values_json(const JournalRow& row) {
    Json out = Json::object();
    for (const auto& [metric, value] : row.values) out[metric] = number_json(value);
    return out;
}

Json names_of(const std::vector<std::string>& paths) {
    Json out = Json::array();
    for (const std::string& path : paths) out.push_back(fs::path(path).filename().string());
    return out;
}

/// A name of a checkpoint's folder, which leads nowhere else; empty for any other text.
std::string plain_name(const std::string& text) {
    const fs::path name = text;
    return name == name.filename() && text != "." && text != ".." ? text : std::string();
}

JournalRow journal_row_of(const Json& json) {
    JournalRow row;
    row.segment = stored_at(json, "segment", std::int64_t{0});
    row.step = stored_at(json, "step", std::int64_t{0});
    row.tokens = stored_at(json, "tokens", std::int64_t{0});
    row.seconds = number_of_json(stored_at(json, "seconds", Json())).value_or(0);
    row.time = number_of_json(stored_at(json, "time", Json()));
    const Json values = stored_at(json, "values", Json());
    if (values.is_object())
        for (const auto& [metric, value] : values.items())
            if (const auto number = number_of_json(value)) row.values.emplace_back(metric, *number);
    return row;
}

JournalCheckpoint journal_checkpoint_of(const Json& json, const std::string& run, const fs::path& folder) {
    const fs::path checkpoints = folder / run_files::checkpoints;
    JournalCheckpoint out;
    CheckpointRecord& record = out.record;
    record.run = run;
    record.path = (checkpoints / plain_name(stored_at(json, "name", std::string()))).string();
    record.segment = stored_at(json, "segment", std::int64_t{0});
    record.step = stored_at(json, "step", std::int64_t{0});
    record.tokens = stored_at(json, "tokens", std::int64_t{0});
    record.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, stored_at(json, "bytes", std::int64_t{0})));
    record.validation_loss = number_of_json(stored_at(json, "validation_loss", Json()));
    record.best = stored_at(json, "best", false);
    record.created = stored_at(json, "created", std::string());
    record.metric = stored_at(json, "metric", std::string());
    record.score = number_of_json(stored_at(json, "score", Json()));
    const Json removed = stored_at(json, "removed", Json());
    if (removed.is_array())
        for (const Json& name : removed)
            if (const std::string plain = name.is_string() ? plain_name(name.get<std::string>()) : ""; !plain.empty())
                out.removed.push_back((checkpoints / plain).string());
    return out;
}

HistogramRecord histogram_of(const Json& json, const std::string& run) {
    HistogramRecord h;
    h.run = run;
    h.kind = stored_at(json, "kind", std::string());
    h.name = stored_at(json, "name", std::string());
    h.segment = stored_at(json, "segment", std::int64_t{0});
    h.step = stored_at(json, "step", std::int64_t{0});
    h.low = number_of_json(stored_at(json, "low", Json())).value_or(0);
    h.high = number_of_json(stored_at(json, "high", Json())).value_or(0);
    const Json counts = stored_at(json, "counts", Json());
    if (counts.is_array())
        for (const Json& count : counts) h.counts.push_back(count.is_number_integer() ? count.get<std::int64_t>() : 0);
    return h;
}

}  // namespace

Status keep_entry(Store& store, const std::string& run, const JournalEntry& entry) {
    return std::visit(
        EntryVisitor{[&](const JournalRow& row) {
                         std::vector<MetricInsert> rows;
                         for (const auto& [metric, value] : row.values)
                             rows.push_back({metric, row.segment, row.step, value, row.seconds});
                         Status status = store.add_metrics(run, rows);
                         if (status && row.time)
                             status = store.add_clock(run, {row.segment, row.step, row.seconds, *row.time});
                         return status;
                     },
                     [&](const JournalCheckpoint& saved) {
                         Status status = store.add_checkpoint(saved.record);
                         for (auto path = saved.removed.begin(); status && path != saved.removed.end(); ++path)
                             status = store.remove_checkpoint(*path);
                         return status;
                     },
                     [&](const EventRecord& event) { return store.add_event(event); },
                     [&](const SampleRecord& sample) { return store.add_sample(sample); },
                     [&](const HistogramRecord& histogram) { return store.add_histogram(histogram); }},
        entry);
}

std::string journal_line(const JournalEntry& entry) {
    auto optional = [](Json& json, const char* key, const std::optional<double>& value) {
        if (value) json[key] = number_json(*value);
    };
    const Json json =
        std::visit(EntryVisitor{[&](const JournalRow& r) {
                                    Json out = {{"is", "row"},        {"segment", r.segment},
                                                {"step", r.step},     {"seconds", number_json(r.seconds)},
                                                {"tokens", r.tokens}, {"values", values_json(r)}};
                                    optional(out, "time", r.time);
                                    return out;
                                },
                                [&](const JournalCheckpoint& saved) {
                                    const CheckpointRecord& c = saved.record;
                                    Json out = {{"is", "checkpoint"}, {"segment", c.segment},
                                                {"step", c.step},     {"name", fs::path(c.path).filename().string()},
                                                {"tokens", c.tokens}, {"bytes", c.bytes},
                                                {"best", c.best},     {"created", c.created},
                                                {"metric", c.metric}, {"removed", names_of(saved.removed)}};
                                    optional(out, "validation_loss", c.validation_loss);
                                    optional(out, "score", c.score);
                                    return out;
                                },
                                [&](const EventRecord& e) {
                                    return Json{{"is", "event"},  {"segment", e.segment}, {"step", e.step},
                                                {"kind", e.kind}, {"text", e.text},       {"created", e.created}};
                                },
                                [&](const SampleRecord& s) {
                                    return Json{{"is", "sample"},     {"segment", s.segment}, {"step", s.step},
                                                {"prompt", s.prompt}, {"text", s.text},       {"created", s.created}};
                                },
                                [&](const HistogramRecord& h) {
                                    return Json{{"is", "histogram"},
                                                {"segment", h.segment},
                                                {"step", h.step},
                                                {"kind", h.kind},
                                                {"name", h.name},
                                                {"low", number_json(h.low)},
                                                {"high", number_json(h.high)},
                                                {"counts", h.counts}};
                                }},
                   entry);
    return schema::json_line(json);
}

std::optional<JournalEntry> entry_of_line(const std::string& line, const std::string& run, const fs::path& run_folder) {
    const auto json = stored_object(line);
    if (!json) return std::nullopt;
    const std::string is = stored_at(*json, "is", std::string());
    const std::int64_t segment = stored_at(*json, "segment", std::int64_t{-1}),
                       step = stored_at(*json, "step", std::int64_t{-1});
    constexpr std::int64_t most = std::int64_t{1} << 52;  // what lies beyond is damage
    if (segment < 0 || segment > most || step < 0 || step > most) return std::nullopt;
    if (is == "row") return journal_row_of(*json);
    if (is == "checkpoint") {
        JournalCheckpoint saved = journal_checkpoint_of(*json, run, run_folder);
        if (!fs::path(saved.record.path).has_filename()) return std::nullopt;
        return saved;
    }
    if (is == "event")
        return EventRecord{run,
                           stored_at(*json, "kind", std::string()),
                           stored_at(*json, "text", std::string()),
                           stored_at(*json, "created", std::string()),
                           segment,
                           step};
    if (is == "sample")
        return SampleRecord{run,
                            stored_at(*json, "prompt", std::string()),
                            stored_at(*json, "text", std::string()),
                            stored_at(*json, "created", std::string()),
                            segment,
                            step};
    if (is == "histogram") return histogram_of(*json, run);
    return std::nullopt;
}

Result<JournalReading> read_journal(const fs::path& run_folder, const std::string& run,
                                    const std::function<Status(const JournalEntry&)>& take) {
    const fs::path path = run_folder / run_files::journal;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return io_error("read", path, ENOENT);
    std::ifstream in(path, std::ios::binary);
    if (!in) return io_error("read", path, errno);
    JournalReading reading;
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty()) continue;
        const auto entry = entry_of_line(line, run, run_folder);
        if (!entry) {
            ++reading.damaged;
            continue;
        }
        ++reading.entries;
        if (Status taken = take(*entry); !taken) return taken.error();
    }
    if (in.bad()) return io_error("read", path, EIO);
    return reading;
}

void take_figures(RunRecord& run, const JournalRow& row, const std::string& main_metric) {
    run.steps = row.step;
    run.tokens = row.tokens;
    run.seconds = row.seconds;
    for (const auto& [metric, value] : row.values) {
        if (metric == "train/loss") run.train_loss = value;
        if (metric == "train/tokens_per_second") run.tokens_per_second = value;
        if (metric == "validation/perplexity") run.perplexity = value;
        if (metric == "validation/bits_per_byte") run.bits_per_byte = value;
        if (metric == main_metric) {
            run.score = value;
            if (std::isfinite(value) && (!run.best_score || is_better(better_of(main_metric), value, *run.best_score)))
                run.best_score = value;
        }
        if (metric != "validation/loss") continue;
        run.validation_loss = value;
        if (std::isfinite(value)) run.best_validation_loss = std::min(run.best_validation_loss.value_or(value), value);
    }
}

Status RunJournalFile::open() {
    const fs::path path = folder_ / run_files::journal;
    file_ = open_file(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
    if (!file_) return io_error("write", path, errno);
    // A line that a crash cut short must not spoil the next one.
    const off_t size = ::lseek(file_.get(), 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(file_.get(), &last, 1, size - 1) == 1 && last != '\n') waiting_.insert(0, "\n");
    return {};
}

Status RunJournalFile::write(const std::string& lines, bool sync) {
    const fs::path path = folder_ / run_files::journal;
    struct stat before {};
    if (::fstat(file_.get(), &before) != 0) return io_error("write", path, errno);
    if (!write_all(file_, lines)) {
        const int problem = errno;
        // All of them come again.
        if (file_layer().truncate(file_.get(), before.st_size) != 0) file_ = Descriptor();
        return io_error("write", path, problem);
    }
    if (sync && !file_.sync()) return io_error("write", path, errno);
    return {};
}

Status RunJournalFile::append(std::vector<JournalEntry> entries) {
    // A full disk has no room for either file; the rows themselves wait in the writer of the history.
    constexpr std::size_t most = 64 << 20;
    for (const JournalEntry& entry : entries) {
        if (waiting_.size() < most) waiting_ += journal_line(entry) + "\n";
        waiting_checkpoint_ = waiting_checkpoint_ || std::holds_alternative<JournalCheckpoint>(entry);
    }
    if (waiting_.empty()) return {};
    if (!file_)
        if (Status opened = open(); !opened) return opened;
    if (Status status = write(waiting_, waiting_checkpoint_); !status) return status;
    crash_point("journal written");
    waiting_.clear();
    waiting_checkpoint_ = false;
    return {};
}

}  // namespace gw
