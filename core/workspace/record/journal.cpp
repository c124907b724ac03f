#include "workspace/record/journal.h"

#include <algorithm>
#include <cmath>

#include "artifact/run_files.h"
#include "schema/typed.h"
#include "store/notices.h"
#include "store/stored_json.h"
#include "util/text.h"

namespace gw {

namespace {

template <class... Bodies>
struct Overloaded : Bodies... {
    using Bodies::operator()...;
};
template <class... Bodies>
Overloaded(Bodies...) -> Overloaded<Bodies...>;

std::string line_of(const MetricRow& row) {
    std::string text = "step " + grouped(row.step);
    for (const Point& point : row.points) text += "  " + std::string(point.metric) + " " + significant(point.value, 5);
    return text;
}

Status write_picture(const fs::path& path, const std::string& bytes) {
    std::error_code unknown;
    if (fs::is_symlink(fs::symlink_status(path.parent_path(), unknown)))
        return Error{Error::Code::io,
                     "The folder of pictures is a link, and nothing of a run is written through one",
                     "Remove it",
                     {"folder " + path.parent_path().string()}};
    if (Status made = make_folder(path.parent_path()); !made) return made;
    return write_file_atomic(path, bytes);
}

}  // namespace

Json facts_json(const RunFacts& f) {
    return {{"parameters", f.parameters},
            {"backbone_parameters", f.backbone_parameters},
            {"trainable_parameters", f.trainable_parameters},
            {"vocabulary", f.vocabulary},
            {"total_steps", f.total_steps},
            {"tokens_per_step", f.tokens_per_step},
            {"steps_per_epoch", f.steps_per_epoch},
            {"train_tokens", f.train_tokens},
            {"validation_tokens", f.validation_tokens},
            {"validation_bytes", f.validation_bytes},
            {"device", f.device},
            {"precision", f.precision},
            {"dataset_hash", f.dataset_hash},
            {"tokenizer_hash", f.tokenizer_hash},
            {"libtorch_version", f.libtorch_version},
            {"program_version", GROUNDWORK_VERSION},
            {"threads", f.threads},
            {"floor_nats_per_byte", or_null(f.floor_nats_per_byte)},
            {"floor_loss", or_null(f.floor_loss)},
            {"input", f.input},
            {"flops_per_token", f.flops_per_token},
            {"clip", f.clip},
            {"tokens_before", f.tokens_before},
            {"train_examples", f.train_examples},
            {"validation_examples", f.validation_examples},
            {"test_examples", f.test_examples},
            {"classes", f.classes},
            {"main_metric", f.main_metric},
            {"unit", f.unit},
            {"language_model", f.language_model},
            {"read", f.read},
            {"leaks", f.leaks}};
}

Journal::Journal(RunRecord record, RunLog& log) : record_(std::move(record)), log_(log), file_(record_.path) {
    watching_ = stored_at(record_.spec, "monitoring.alerts", true);
}

StoreWriter::Write Journal::written(JournalEntry entry) {
    noted_.push_back(entry);
    return [run = record_.id, entry = std::move(entry)](Store& store) { return keep_entry(store, run, entry); };
}

void Journal::keep() {
    std::vector<JournalEntry> noted;
    std::vector<std::pair<fs::path, std::string>> pictures;
    {
        const std::scoped_lock lock(mutex_);
        noted = std::exchange(noted_, {});
        pictures = std::exchange(pictures_, {});
    }
    for (const auto& [path, bytes] : pictures)
        if (const Status written = write_picture(path, bytes); !written) log_.warning(to_text(written.error()));
    const Status kept = file_.append(std::move(noted));
    if (!kept && !file_failed_) log_.warning(to_text(kept.error()));
    file_failed_ = !kept;
}

std::vector<Event> Journal::take_alerts() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(alerts_, {});
}

StoreWriter::Write Journal::note(const Message& message) {
    const std::scoped_lock lock(mutex_);
    return std::visit(
        Overloaded{
            [&](const MetricRow& row) { return note_row(row); },
            [&](const Progress& progress) {
                note_phase(progress);
                return StoreWriter::Write();
            },
            [&](const SampleText& s) -> StoreWriter::Write {
                log_.info("sample: " + s.text);
                if (!s.picture.empty())
                    if (fs::path path = run_files::sample_picture(record_.path, s.step, s.prompt); !path.empty())
                        pictures_.emplace_back(std::move(path), s.picture);
                return written(SampleRecord{record_.id, s.prompt, s.text, now_utc(), record_.segment, s.step});
            },
            [&](const CheckpointSaved& saved) { return note_checkpoint(saved); },
            [&](const Event& e) -> StoreWriter::Write {
                is_notice(e.kind) ? log_.warning(e.text) : log_.info(e.text);
                return written(EventRecord{record_.id, e.kind, e.text, now_utc(), record_.segment, e.step});
            },
            [&](const RunFacts& facts) {
                record_.facts = facts_json(facts);
                main_metric_ = "validation/" + facts.main_metric;
                record_.total_steps = facts.total_steps;
                log_.info("facts: " + record_.facts.dump());
                return StoreWriter::Write();
            },
            [&](const Histogram& h) -> StoreWriter::Write {
                return written(
                    HistogramRecord{record_.id, h.kind, h.name, record_.segment, h.step, h.low, h.high, h.counts});
            },
        },
        message);
}

StoreWriter::Write Journal::note_row(const MetricRow& row) {
    JournalRow entry{record_.segment, row.step, row.tokens, row.seconds, {}, {}};
    bool evaluated = false;
    for (const Point& point : row.points) {
        entry.values.emplace_back(point.metric, point.value);
        evaluated = evaluated || point.metric.starts_with("validation/");
    }
    take_figures(record_, entry, main_metric_);
    if (evaluated) log_.info(line_of(row));
    if (watching_)
        for (Event& alert : watch_.note(row)) alerts_.push_back(std::move(alert));
    // Where the wall clock stood: often enough to tell a pause, seldom enough to cost nothing.
    constexpr double clock_interval = 2;  // seconds
    if (const double now = now_seconds(); now - clock_at_ >= clock_interval) entry.time = clock_at_ = now;
    return written(std::move(entry));
}

StoreWriter::Write Journal::note_checkpoint(const CheckpointSaved& s) {
    log_.info("checkpoint of step " + grouped(s.step) + " (" + byte_text(s.bytes) +
              (s.best ? ", the best so far" : "") + "): " + s.path);
    return written(JournalCheckpoint{{record_.id, s.path, record_.segment, s.step, s.tokens, s.bytes, s.validation_loss,
                                      s.best, now_utc(), s.metric, s.score},
                                     s.removed});
}

void Journal::note_phase(const Progress& progress) {
    if (progress.phase == phase_) return;
    phase_ = progress.phase;
    log_.info("phase: " + phase_);
    if (phase_ == "training" && record_.status == "preparing") record_.status = "running";
}

void Journal::set_status(const std::string& status) {
    const std::scoped_lock lock(mutex_);
    // A run that is still preparing shows that, and one that is stopping goes on to stop.
    const bool resumes = status == "running" && record_.status != "paused";
    if (ended_ || resumes || record_.status == "stopping") return;
    record_.status = status;
    log_.info("status: " + status);
}

void Journal::end(const Outcome& outcome) {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    record_.ended = now_utc();
    switch (outcome.end) {
        case Outcome::End::finished:
            record_.status = "finished";
            break;
        case Outcome::End::stopped:
            record_.status = "stopped";
            break;
        case Outcome::End::failed:
            record_.status = "failed";
            break;
    }
    record_.cause = outcome.error ? to_text(*outcome.error) : "";
    if (outcome.error) log_.error(record_.cause);
    log_.info(record_.status + " after " + grouped(record_.steps) + " steps and " + duration_text(record_.seconds));
}

RunRecord Journal::record() const {
    const std::scoped_lock lock(mutex_);
    RunRecord now = record_;
    now.heartbeat = static_cast<std::int64_t>(now_seconds());
    return now;
}

}  // namespace gw
