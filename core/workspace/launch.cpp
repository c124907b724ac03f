#include "workspace/launch.h"

#include <unistd.h>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "schema/parse_json.h"
#include "spec/run_spec.h"
#include "util/crash_point.h"
#include "util/hash.h"
#include "util/named_file.h"
#include "util/text.h"
#include "workspace/continuation.h"
#include "workspace/new_run.h"
#include "workspace/record/catch_up.h"
#include "workspace/record/checkpoint_rows.h"
#include "workspace/run_name.h"

namespace gw {

namespace {

Status enough_space(const Workspace& workspace) {
    constexpr std::uint64_t least = 32 << 20;  // history, log and a small checkpoint
    const std::uint64_t free = free_bytes(workspace.root());
    if (free >= least) return {};
    return Error{Error::Code::io,
                 "The disk of the workspace is full: " + byte_text(free) + " are free",
                 "Free some space, or choose another workspace with --workspace",
                 {"workspace " + workspace.root().string()}};
}

void set_process(RunRecord& record) {
    record.status = "preparing";
    record.process = ::getpid();
    record.heartbeat = static_cast<std::int64_t>(now_seconds());
}

/// From here on nobody else may train the run, nor take its folder away.
Status take_lock(Launch& launch) {
    auto lock = RunLock::take(launch.record.path);
    if (!lock) return Error(lock.error()).at("run " + launch.record.name);
    launch.lock = std::move(lock).value();
    if (!launch.lock.works())
        launch.events.push_back({0, "warning",
                                 "The file system of the workspace cannot lock files: nothing keeps two computers from "
                                 "training this run at one time"});
    return {};
}

Status open_log(Launch& launch) {
    auto log = RunLog::open(log_of(launch.record.path));
    if (!log) return log.error();
    launch.log = std::move(log).value();
    return {};
}

Json knobs_in(const fs::path& checkpoint) {
    const auto text = read_file(checkpoint / "state.json");
    const Json state = text ? json_or_null(text.value()) : Json();
    return state.is_object() ? state.value("knobs", Json()) : Json();
}

/// Puts the folder and the row of a new run in place, or neither.
Status put_in_place(Store& store, Launch& launch, bool with_log) {
    const fs::path folder = launch.record.path;
    Status status = make_folder(folder);
    // Before there is a row: a run that nobody holds would pass for one whose program is gone.
    if (status) status = take_lock(launch);
    if (status) status = write_spec(folder, launch.record.spec);
    if (status && with_log) status = open_log(launch);
    crash_point("run before row");
    if (status) status = store.add_run(launch.record);
    if (!status) (void)remove_tree(folder);
    return status;
}

Result<Launch> prepare_new(const Workspace& workspace, Store& store, const LaunchRequest& request) {
    auto record = new_record(workspace, store, request);
    if (!record) return record.error();
    Launch launch;
    launch.record = std::move(record).value();
    launch.record.started = launch.record.created;
    set_process(launch.record);
    if (Status status = put_in_place(store, launch, /*with_log=*/true); !status) return status.error();
    return launch;
}

/// A run that waited its turn: its row and folder exist, its spec was frozen when it was queued.
Result<Launch> prepare_queued(Store& store, const LaunchRequest& request) {
    if (Status status = store.begin(); !status) return status.error();
    Launch launch;
    auto found = store.run(request.queued_run);
    Status status = found ? Status() : Status(found.error());
    if (status && found.value().status != "queued")
        status = Error{
            Error::Code::bad_spec, "This run does not wait in the queue any more", "", {"run " + found.value().name}};
    if (status) status = still_waits(found.value());
    if (status) {
        launch.record = std::move(found).value();
        launch.record.started = now_utc();
        set_process(launch.record);
        status = take_lock(launch);
    }
    if (status) status = store.dequeue(launch.record.id);
    if (status) status = store.update_run(launch.record);
    if (status) status = open_log(launch);
    if (status)
        status = store.commit();
    else
        store.rollback();
    if (!status) return status.error();
    return launch;
}

/// The checkpoint to go on from; damaged ones are named in `passed_over`.
Result<fs::path> checkpoint_for(const RunRecord& record, const std::string& chosen,
                                std::vector<std::string>& passed_over, const HashProgress& progress) {
    const fs::path folder = checkpoints_of(record.path);
    if (!chosen.empty()) {
        const fs::path path = absolute_path(chosen);
        const Status whole = verify_checkpoint(path, progress);
        if (whole) return path;
        Error error = whole.error();
        if (error.code == Error::Code::cancelled) return error;
        if (const auto before = newest_whole_checkpoint(folder, path))
            error.hint = "Resume from the one before it: " + before.value().string();
        return error;
    }
    if (Status listed = can_be_listed(folder); !listed) return Error(listed.error()).at("run " + record.name);
    if (list_checkpoints(folder).empty())
        return Error{Error::Code::bad_data,
                     "This run has no checkpoint to resume from",
                     "Start it again as a new run",
                     {"run " + record.name, "folder " + record.path}};
    const auto current = current_checkpoint(record.path, /*verified=*/true, progress);
    if (!current) return Error(current.error()).at("run " + record.name);
    for (const std::string& damaged : current.value().passed_over)
        passed_over.push_back(damaged + "; going on from " + current.value().path.filename().string() +
                              " instead of it");
    return current.value().path;
}

/// The same for a request, whose checkpoint may have been read before.
Result<fs::path> checkpoint_for(const RunRecord& record, const std::string& chosen, const LaunchRequest& request,
                                std::vector<Event>& events) {
    std::vector<std::string> passed_over = request.passed_over;
    auto found = request.checked.empty() ? checkpoint_for(record, chosen, passed_over, {})
                                         : Result<fs::path>(fs::path(request.checked));
    for (std::string& sentence : passed_over) events.push_back({0, "warning", std::move(sentence)});
    return found;
}

/// Refuses what would end before its first step.
Status something_left(const RunRecord& run, const Json& spec, std::int64_t step) {
    const Json training = spec.value("training", Json::object());
    if (!budget_left(run, training, step).spent) return {};
    return Error{Error::Code::bad_spec,
                 "The budget is spent: nothing is left to train at step " + grouped(step),
                 "Give it a larger one than training.budget=" + training.value("budget", Json()).dump() + " (" +
                     training.value("budget_unit", "") + ")",
                 {"run " + run.name}};
}

/// A step to stop at that was passed already would be noticed only behind one more step.
Status stop_lies_ahead(const RunRecord& run, std::int64_t stop_at, std::int64_t step) {
    if (stop_at <= 0 || stop_at > step) return {};
    return Error{
        Error::Code::bad_spec,
        "The checkpoint is of step " + grouped(step) + ": there is no step " + grouped(stop_at) + " ahead to stop at",
        "Name a later step, or an earlier checkpoint with --checkpoint",
        {"run " + run.name}};
}

/// The run's spec with other training settings; checked as a whole.
Result<Json> extended(const Json& spec, const Json& extend) {
    Json out = spec;
    for (const auto& [key, value] : extend.items()) {
        if (key == "schedule")
            out["schedule"] = value;
        else if (key == "lr")
            out["optimizer"]["lr"] = value;
        else if (key == "budget" || key == "budget_unit")
            out["training"][key] = value;
        else
            return Error{Error::Code::bad_spec,
                         "training." + key + " of a run cannot be changed any more",
                         "Only training.budget and training.budget_unit can be extended",
                         {}};
    }
    if (Status sound = spec_status(out); !sound) return sound.error();
    return complete_spec(out);
}

/// Why a run cannot be taken up again, or success.
Status may_resume(const RunRecord& record, const LaunchRequest& request) {
    auto refuse = [&](const std::string& message, const std::string& hint) {
        return Error{Error::Code::bad_spec, message, hint, {"run " + record.name}};
    };
    if (!record.trashed.empty())
        return refuse("This run lies in the trash", "Take it out first: groundwork-cli restore RUN");
    if (is_active(record.status))
        return refuse("This run is being trained right now (process " + std::to_string(record.process) + ")",
                      "Stop it there first");
    if (record.status == "finished" && request.extend.empty())
        return refuse("This run has finished: its budget is spent",
                      "Extend it: groundwork-cli extend RUN --set training.budget=...");
    return {};
}

/// What the history missed while it could not be written is brought back from the run's own journal.
Status catch_up(Store& store, Launch& launch) {
    const auto added = catch_up_with_journal(store, launch.record);
    if (!added) return added.error();
    if (added.value() > 0)
        launch.events.push_back({launch.record.steps, "note",
                                 "The history lacked " + grouped(added.value()) +
                                     " entries, which the run's own journal has: they were taken from there"});
    return {};
}

/// Marks the run as taken by this program, unless another one was quicker. Its row is read again in the transaction: it
/// may have been renamed, thrown away or taken up since it was looked at.
Status take_up(Store& store, Launch& launch, const LaunchRequest& request, const Json& spec) {
    if (Status locked = take_lock(launch); !locked) return locked;
    clean_run_leftovers(launch.record.path);
    if (Status status = store.begin(); !status) return status;
    auto now = store.run(launch.record.id);
    Status status = now ? may_resume(now.value(), request) : Status(now.error());
    if (status && now.value().spec != launch.record.spec)
        status = Error{Error::Code::bad_spec,
                       "The settings of this run were changed while it was being taken up",
                       "Try again",
                       {"run " + launch.record.name}};
    if (status) {
        launch.record = std::move(now).value();
        status = reconcile_checkpoints(store, launch.record);
        if (status) status = catch_up(store, launch);
    }
    if (status && spec != launch.record.spec) {
        for (const SpecDifference& d : diff_specs(complete_spec(launch.record.spec), spec))
            launch.events.push_back(
                {0, "note", "Extended: " + d.path + " was " + d.left.dump() + " and is now " + d.right.dump()});
        const std::string name = name_after_change(store, launch.record.name, complete_spec(launch.record.spec), spec);
        if (name != launch.record.name) status = store.rename_run(launch.record.id, launch.record.name = name);
        launch.record.spec = spec;
        if (status) status = store.set_spec(launch.record.id, spec);
        if (status) status = write_spec(launch.record.path, spec);
    }
    launch.record.segment += 1;
    launch.record.cause = launch.record.ended = "";
    set_process(launch.record);
    if (status) status = store.update_run(launch.record);
    if (status) status = open_log(launch);
    if (status) return store.commit();
    store.rollback();
    return status;
}

/// A person went back to a checkpoint of the run: it stands for the run from now on. Before the loop does so too, a
/// crash while the data is read would go on from what they went back from.
void note_rewind(Launch& launch, const fs::path& checkpoint) {
    const fs::path checkpoints = checkpoints_of(launch.record.path);
    std::error_code ignored;
    if (!fs::equivalent(checkpoint.parent_path(), checkpoints, ignored)) return;
    if (Status noted = set_current_checkpoint(checkpoints, checkpoint.filename().string(), "resumed"); !noted)
        launch.events.push_back({0, "warning", to_text(noted.error())});
}

Result<Launch> prepare_old(Store& store, const LaunchRequest& request) {
    if (auto swept = store.sweep_orphans(RunLock::is_trained); !swept) return swept.error();
    auto found = store.run(request.resume_run);
    if (!found) return found.error();
    Launch launch;
    launch.record = std::move(found).value();
    if (Status status = may_resume(launch.record, request); !status) return status.error();
    auto checkpoint = checkpoint_for(launch.record, request.resume_checkpoint, request, launch.events);
    if (!checkpoint) return checkpoint.error();
    const std::int64_t step = checkpoint_step(checkpoint.value());
    if (Status ahead = stop_lies_ahead(launch.record, request.stop_at, step); !ahead) return ahead.error();
    launch.request.resume_from = checkpoint.value();
    launch.knobs = knobs_of(knobs_in(checkpoint.value()));
    auto spec = extended(launch.record.spec, request.extend);
    if (!spec) return spec.error();
    if (!request.extend.empty())
        if (Status left = something_left(launch.record, spec.value(), step); !left) return left.error();
    if (Status status = take_up(store, launch, request, spec.value()); !status) return status.error();
    if (!request.resume_checkpoint.empty()) note_rewind(launch, checkpoint.value());
    return launch;
}

/// What a fork may not change: the weights and the tokens must still fit.
Status may_fork(const RunRecord& parent, const Json& spec) {
    // Settings that came later are written out in one of them only.
    for (const SpecDifference& difference : diff_specs(complete_spec(parent.spec), spec))
        for (const char* fixed : {"dataset", "split", "tokenizer", "backbone", "objective", "start", "sequence"})
            if (difference.path.starts_with(std::string(fixed) + "."))
                return Error{Error::Code::bad_spec,
                             difference.path + " cannot differ from the run that is forked",
                             "Change how it is trained (training, optimizer, schedule...), or start a new run",
                             {"run " + parent.name}};
    return {};
}

Result<Launch> prepare_fork(const Workspace& workspace, Store& store, const LaunchRequest& request) {
    auto parent = store.run(request.fork_run);
    if (!parent) return parent.error();
    if (!parent.value().trashed.empty())
        return Error{Error::Code::bad_spec,
                     "This run lies in the trash",
                     "Take it out first: groundwork-cli restore RUN",
                     {"run " + parent.value().name}};
    Launch launch;
    auto checkpoint = checkpoint_for(parent.value(), request.fork_checkpoint, request, launch.events);
    if (!checkpoint) return checkpoint.error();
    const std::int64_t step = checkpoint_step(checkpoint.value());
    if (Status ahead = stop_lies_ahead(parent.value(), request.stop_at, step); !ahead) return ahead.error();
    LaunchRequest asked = request;
    if (asked.spec.is_null() || asked.spec.empty()) asked.spec = parent.value().spec;
    if (asked.name.empty()) asked.name = unused_name(store, parent.value().name + " (fork)");
    auto record = new_record(workspace, store, asked);
    if (!record) return record.error();
    if (Status fits = may_fork(parent.value(), record.value().spec); !fits) return fits.error();
    if (Status left = something_left(parent.value(), record.value().spec, step); !left) return left.error();
    launch.record = std::move(record).value();
    launch.record.started = launch.record.created;
    launch.record.parent = parent.value().id;
    launch.record.fork_step = step;
    launch.request.resume_from = checkpoint.value();
    launch.knobs = knobs_of(knobs_in(checkpoint.value()));
    launch.events.push_back(
        {launch.record.fork_step, "note",
         "Forked from \"" + parent.value().name + "\" at step " + grouped(launch.record.fork_step)});
    set_process(launch.record);
    if (Status status = put_in_place(store, launch, /*with_log=*/true); !status) return status.error();
    return launch;
}

}  // namespace

bool reads_a_checkpoint(const LaunchRequest& request) {
    if (!request.checked.empty() || !request.queued_run.empty()) return false;
    return !request.resume_run.empty() || !request.fork_run.empty() || !start_checkpoint(request.spec).empty();
}

Result<LaunchRequest> check_launch(const Workspace& workspace, LaunchRequest request, const HashProgress& progress) {
    if (!reads_a_checkpoint(request)) return request;
    const bool resumes = !request.resume_run.empty();
    if (!resumes && request.fork_run.empty()) {
        if (Status sound = spec_status(request.spec); !sound) return sound.error();
        if (Status whole = check_parent(request, progress); !whole) return whole.error();
        request.checked = start_checkpoint(request.spec).string();
        return request;
    }
    const auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    const auto run = store.value().run(resumes ? request.resume_run : request.fork_run);
    if (!run) return run.error();
    const auto found = checkpoint_for(run.value(), resumes ? request.resume_checkpoint : request.fork_checkpoint,
                                      request.passed_over, progress);
    if (!found) return found.error();
    request.checked = found.value().string();
    return request;
}

Result<Launch> prepare_launch(const Workspace& workspace, const LaunchRequest& request) {
    if (Status space = enough_space(workspace); !space) return space.error();
    auto store = workspace.store();
    if (!store) return store.error();
    auto launch = !request.resume_run.empty()   ? prepare_old(store.value(), request)
                  : !request.queued_run.empty() ? prepare_queued(store.value(), request)
                  : !request.fork_run.empty()   ? prepare_fork(workspace, store.value(), request)
                                                : prepare_new(workspace, store.value(), request);
    if (!launch) return launch.error();
    Launch& ready = launch.value();
    ready.request.spec = ready.record.spec;
    ready.request.run_folder = ready.record.path;
    ready.request.cache = workspace.cache();
    ready.request.stop_at = request.stop_at;
    ready.store = std::move(store).value();
    return launch;
}

}  // namespace gw
