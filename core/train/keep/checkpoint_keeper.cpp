#include "train/keep/checkpoint_keeper.h"

#include <cmath>
#include <memory>
#include <utility>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "artifact/retention.h"
#include "artifact/run_files.h"
#include "schema/parse_json.h"
#include "train/guard/engine_error.h"
#include "train/message/event_texts.h"
#include "util/crash_point.h"

namespace gw {

namespace {

Json read_json(const fs::path& file) {
    const auto text = read_file(file);
    return text ? json_or_null(text.value()) : Json();
}

/// What is known of a checkpoint that an earlier stretch has written.
CheckpointSaved found_again(const fs::path& folder, std::int64_t step) {
    CheckpointSaved out;
    for (const CheckpointEntry& entry : list_checkpoints(folder))
        if (entry.path == folder / checkpoint_name(step)) {
            const Json state = read_json(entry.path / "state.json");
            out.step = step;
            out.tokens = state.is_object() ? state.value("tokens", std::int64_t{0}) : 0;
            out.path = entry.path.string();
            out.bytes = entry.bytes;
        }
    return out;
}

}  // namespace

CheckpointKeeper::CheckpointKeeper(fs::path folder, SavingSettings settings, bool keep_best, RunPort& port, bool writes)
    : folder_(std::move(folder)), settings_(std::move(settings)), port_(port), writes_(writes), keep_best_(keep_best) {}

CheckpointKeeper::~CheckpointKeeper() {
    try {
        (void)land();
    } catch (...) {  // the run has ended with another reason already, which is told
        (void)lane_.take_told();
    }
}

fs::path CheckpointKeeper::folder_of(std::int64_t step) const {
    return folder_ / checkpoint_name(step);
}

bool CheckpointKeeper::owns(const fs::path& checkpoint) const {
    std::error_code ignored;
    return fs::equivalent(checkpoint.parent_path(), folder_, ignored);
}

Json CheckpointKeeper::judged_state(const fs::path& checkpoint, const Json& state) {
    Json out = state;
    const Json verdict = read_json(checkpoint / run_files::verdict);
    // One that is damaged or of another step counts as none: what it says is then made up.
    if (verdict.is_object() && verdict.value("step", Json()) == state.value("step", Json(-1))) out.update(verdict);
    return out;
}

bool CheckpointKeeper::resume_from(const fs::path& checkpoint, const std::string& metric,
                                   const std::optional<Verdict::Best>& best) {
    saved_ = found_again(folder_, checkpoint_step(checkpoint));
    begun_ = saved_.path.empty() ? std::nullopt : std::optional(saved_.step);
    if (Status marked = note_current(checkpoint.filename().string(), "resumed"); !marked)
        warn(at_once_, saved_.step, say::current_not_noted, marked.error());
    best_saved_ = best ? found_again(folder_, best->step) : CheckpointSaved();
    const bool there = !best_saved_.path.empty();
    best_step_ = there ? std::optional(best->step) : std::nullopt;
    const std::optional<BestCheckpoint> before = best_checkpoint_of(folder_.parent_path());
    std::optional<BestCheckpoint> mark;
    if (there) mark = BestCheckpoint{best_saved_.path, best->step, metric, best->figure.value, best->figure.loss};
    if (Status marked = note_best(mark); !marked) warn(at_once_, saved_.step, say::best_not_marked, marked.error());
    if (before && before->path != best_saved_.path) tell_best(before->path, metric, best);
    return there || !best;
}

/// After a rewind another checkpoint is the best than the history says.
void CheckpointKeeper::tell_best(const fs::path& before, const std::string& metric,
                                 const std::optional<Verdict::Best>& best) {
    if (best_saved_.path.empty()) {
        // One that is no whole checkpoint any more has no figures to tell.
        if (const CheckpointSaved unmarked = found_again(folder_, checkpoint_step(before)); !unmarked.path.empty())
            port_.report(unmarked);
        return;
    }
    best_saved_.best = true;
    best_saved_.metric = metric;
    best_saved_.score = best->figure.value;
    best_saved_.validation_loss = best->figure.loss;
    port_.report(best_saved_);
}

bool CheckpointKeeper::save(const Standing& at, const Take& take) {
    if (saved(at.step)) return true;
    const auto start = RunClock::Clock::now();
    Result<Ready> ready = Ready{};
    if (writes_) ready = take(folder_of(at.step));
    if (!ready) {
        tell();
        port_.report(Event{at.step, "save_failed", Phrase{say::not_saved, {to_text(ready.error())}}.text()});
        error_ = ready.error();
        return false;
    }
    error_.reset();
    begun_ = at.step;
    const bool now = ready.value().now;
    const auto shared = std::make_shared<Ready>(std::move(ready).value());
    const double stall = RunClock::since(start);
    lane_.add([this, at, shared, stall](const Tell& tell) { write(at, *shared, stall, tell); });
    if (now) lane_.wait();
    tell();
    return true;
}

/// In the lane.
void CheckpointKeeper::write(const Standing& at, const Ready& ready, double stall, const Tell& tell) {
    const auto start = RunClock::Clock::now();
    const fs::path folder = folder_of(at.step);
    const Result<std::uint64_t> bytes = writes_ ? caught([&] { return ready.write([this] { return port_.settle(); }); })
                                                : Result<std::uint64_t>(std::uint64_t{0});
    const double took = RunClock::since(start);
    cost_.stall += stall + (ready.now ? took : 0);
    if (!bytes) {
        failed_.emplace(at.step, bytes.error());
        return tell(Event{at.step, "save_failed", Phrase{say::not_saved, {to_text(bytes.error())}}.text()});
    }
    saved_ = CheckpointSaved();
    saved_.step = at.step;
    saved_.tokens = at.tokens;
    saved_.path = folder.string();
    saved_.bytes = bytes.value();
    saved_.seconds = took;
    saved_.stall = stall + (ready.now ? took : 0);
    cost_.written += 1;
    cost_.writing += took;
    crash_point("checkpoint before current");
    if (Status marked = note_current(folder.filename().string(), "saved"); !marked)
        warn(tell, saved_.step, say::current_not_noted, marked.error());
    saved_.removed = apply_retention(tell);
    tell(saved_);
    put_mark(tell);
    crash_point("checkpoint before verdict");
}

std::optional<std::int64_t> CheckpointKeeper::land(bool training) {
    const auto start = RunClock::Clock::now();
    lane_.wait();
    if (training) cost_.stall += RunClock::since(start);
    tell();
    if (!failed_) return std::nullopt;
    const std::int64_t step = failed_->first;
    error_ = std::move(failed_->second);
    failed_.reset();
    begun_ = saved_.path.empty() ? std::nullopt : std::optional(saved_.step);
    return step;
}

void CheckpointKeeper::tell() {
    for (Message& message : lane_.take_told()) port_.report(std::move(message));
}

void CheckpointKeeper::not_saved() {
    if (writes_) return;
    (void)land();
    saved_ = CheckpointSaved();
    begun_.reset();
    error_ = Error{Error::Code::io, say::first_could_not, "See its log", {}};
}

void CheckpointKeeper::mark_best(const std::string& metric, const Verdict::Best& best) {
    if (!saved(best.step)) return;
    lane_.add([this, metric, best](const Tell& tell) {
        if (saved_.step != best.step || saved_.path.empty()) return;  // it came to nothing
        saved_.validation_loss = best.figure.loss;
        saved_.metric = metric;
        saved_.score = best.figure.value;
        unmarked_.emplace(BestCheckpoint{saved_.path, best.step, metric, best.figure.value, best.figure.loss}, saved_);
        put_mark(tell);
    });
}

void CheckpointKeeper::put_mark(const Tell& tell) {
    if (!unmarked_) return;
    // The pointer first: until it has moved the older best checkpoint must stay.
    const BestCheckpoint& mark = unmarked_->first;
    if (Status marked = note_best(mark); !marked) return warn(tell, mark.step, say::best_not_marked, marked.error());
    best_step_ = mark.step;
    best_saved_ = unmarked_->second;
    unmarked_.reset();
    best_saved_.best = true;
    if (saved_.step == best_saved_.step) saved_.best = true;
    best_saved_.removed = apply_retention(tell);
    tell(best_saved_);
}

void CheckpointKeeper::write_verdict(const Json& verdict) {
    if (!writes_ || !begun_) return;
    lane_.add([this, verdict, step = *begun_](const Tell& tell) {
        if (saved_.step != step || saved_.path.empty()) return;
        // What it says was done a resume does not do again: it must not be lost with the rows of the history.
        Status written = port_.settle();
        Json with_step = verdict;
        with_step["step"] = step;
        if (written) written = write_file_atomic(fs::path(saved_.path) / run_files::verdict, with_step.dump(1) + "\n");
        if (!written) warn(tell, step, say::verdict_not_written, written.error());
    });
}

void CheckpointKeeper::end(bool went_back) {
    (void)land();
    put_mark(at_once_);
    if (went_back && best_step_)
        if (Status marked = note_current(checkpoint_name(*best_step_), "best"); !marked)
            warn(at_once_, saved_.step, say::current_not_noted, marked.error());
    keep_best_ = settings_.keep_best || went_back;
    if (const auto removed = apply_retention(at_once_); !removed.empty()) {
        saved_.removed = removed;
        port_.report(saved_);
    }
}

void CheckpointKeeper::report_figure(std::int64_t step, const std::string& metric, const Ranking::Figure& figure) {
    (void)land();
    CheckpointSaved& of = best_step_ == step && !best_saved_.path.empty() ? best_saved_ : saved_;
    if (of.step != step || of.path.empty()) return;
    of.removed.clear();
    of.best = best_step_ == step;
    of.metric = metric;
    of.score = std::isfinite(figure.value) ? std::optional(figure.value) : std::nullopt;
    of.validation_loss = figure.loss;
    port_.report(of);
}

Status CheckpointKeeper::note_current(const std::string& name, const std::string& why) const {
    return writes_ ? set_current_checkpoint(folder_, name, why) : Status();
}

Status CheckpointKeeper::note_best(const std::optional<BestCheckpoint>& best) const {
    return writes_ ? set_best_checkpoint(folder_, best) : Status();
}

void CheckpointKeeper::warn(const Tell& tell, std::int64_t step, const char* form, const Error& error) {
    tell(Event{step, "warning", Phrase{form, {to_text(error)}}.text()});
}

/// Only after a save: the newest checkpoint, which always stays, is then one that was written whole a moment ago.
std::vector<std::string> CheckpointKeeper::apply_retention(const Tell& tell) {
    if (!writes_) return {};
    // What the pointer names is kept too: it may have moved though its folder could not be synced, which counts as not
    // moved here.
    const std::optional<BestCheckpoint> marked = best_checkpoint_of(folder_.parent_path());
    const auto is_best = [&](const fs::path& path) {
        return (best_step_ && path == folder_of(*best_step_)) || (marked && path == marked->path) ||
               (unmarked_ && path == unmarked_->first.path);
    };
    std::vector<RetentionEntry> oldest_first;
    for (const CheckpointEntry& entry : list_checkpoints(folder_))
        oldest_first.insert(oldest_first.begin(), {entry.path.string(), keep_best_ && is_best(entry.path)});
    std::vector<std::string> removed;
    for (const std::string& path : checkpoints_to_remove(oldest_first, settings_.keep_last)) {
        if (Status gone = remove_checkpoint(path); gone)
            removed.push_back(path);
        else
            tell(Event{saved_.step, "warning", to_text(gone.error())});
    }
    return removed;
}

}  // namespace gw
