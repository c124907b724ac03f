#include "workspace/journal.h"

#include <algorithm>
#include <cmath>

#include "schema/metric.h"
#include "schema/typed.h"
#include "store/notices.h"
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

Journal::Journal(RunRecord record, RunLog& log) : record_(std::move(record)), log_(log) {
    const Json monitoring = record_.spec.value("monitoring", Json::object());
    watching_ = monitoring.value("alerts", true);
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
                const SampleRecord sample{record_.id, s.prompt, s.text, now_utc(), record_.segment, s.step};
                return [sample](Store& store) { return store.add_sample(sample); };
            },
            [&](const CheckpointSaved& saved) { return note_checkpoint(saved); },
            [&](const Event& e) -> StoreWriter::Write {
                is_notice(e.kind) ? log_.warning(e.text) : log_.info(e.text);
                const EventRecord event{record_.id, e.kind, e.text, now_utc(), record_.segment, e.step};
                return [event](Store& store) { return store.add_event(event); };
            },
            [&](const RunFacts& facts) {
                record_.facts = facts_json(facts);
                main_metric_ = "validation/" + facts.main_metric;
                record_.total_steps = facts.total_steps;
                log_.info("facts: " + record_.facts.dump());
                return StoreWriter::Write();
            },
            [&](const Histogram& h) -> StoreWriter::Write {
                const HistogramRecord row{record_.id, h.kind, h.name, record_.segment, h.step, h.low, h.high, h.counts};
                return [row](Store& store) { return store.add_histogram(row); };
            },
        },
        message);
}

StoreWriter::Write Journal::note_row(const MetricRow& row) {
    record_.steps = row.step;
    record_.tokens = row.tokens;
    record_.seconds = row.seconds;
    bool evaluated = false;
    std::vector<MetricInsert> rows;
    for (const Point& point : row.points) {
        rows.push_back({point.metric, record_.segment, row.step, point.value, row.seconds});
        evaluated = evaluated || point.metric.starts_with("validation/");
        if (point.metric == "train/loss") record_.train_loss = point.value;
        if (point.metric == "train/tokens_per_second") record_.tokens_per_second = point.value;
        if (point.metric == "validation/perplexity") record_.perplexity = point.value;
        if (point.metric == "validation/bits_per_byte") record_.bits_per_byte = point.value;
        if (point.metric == main_metric_) note_score(point.value);
        if (point.metric != "validation/loss") continue;
        record_.validation_loss = point.value;
        if (std::isfinite(point.value))
            record_.best_validation_loss = std::min(record_.best_validation_loss.value_or(point.value), point.value);
    }
    if (evaluated) log_.info(line_of(row));
    if (watching_)
        for (Event& alert : watch_.note(row)) alerts_.push_back(std::move(alert));
    // Where the wall clock stood: often enough to tell a pause, seldom enough to cost nothing.
    constexpr double clock_interval = 2;  // seconds
    std::optional<ClockPoint> clock;
    if (const double now = now_seconds(); now - clock_at_ >= clock_interval) {
        clock = ClockPoint{record_.segment, row.step, row.seconds, now};
        clock_at_ = now;
    }
    return [run = record_.id, rows = std::move(rows), clock](Store& store) {
        Status status = store.add_metrics(run, rows);
        if (status && clock) status = store.add_clock(run, *clock);
        return status;
    };
}

void Journal::note_score(double value) {
    record_.score = value;
    const Better better = better_of(main_metric_);
    if (std::isfinite(value) && (!record_.best_score || is_better(better, value, *record_.best_score)))
        record_.best_score = value;
}

StoreWriter::Write Journal::note_checkpoint(const CheckpointSaved& s) {
    log_.info("checkpoint of step " + grouped(s.step) + " (" + byte_text(s.bytes) +
              (s.best ? ", the best so far" : "") + "): " + s.path);
    const CheckpointRecord record{record_.id,        s.path, record_.segment, s.step,   s.tokens, s.bytes,
                                  s.validation_loss, s.best, now_utc(),       s.metric, s.score};
    return [record, removed = s.removed](Store& store) {
        Status status = store.add_checkpoint(record);
        for (auto path = removed.begin(); status && path != removed.end(); ++path)
            status = store.remove_checkpoint(*path);
        return status;
    };
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
