#include "workspace/studies/sequence_runs.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "spec/settings.h"
#include "util/text.h"
#include "workspace/record/run_lock.h"
#include "workspace/run_name.h"

namespace gw {

namespace {

/// A task's section, its paths as they are meant here.
Json dataset_from_here(const SequenceTask& task) {
    Json dataset = dataset_of(task);
    if (const auto paths = dataset.find("paths"); paths != dataset.end() && paths->is_array())
        for (Json& path : *paths) path = fs::absolute(path.get<std::string>()).lexically_normal().string();
    return dataset;
}

/// The section "sequence" of a run's spec.
Json task_section(const std::vector<SequenceTask>& tasks, const SequencePlace& place,
                  const SequenceSettings& settings) {
    const std::string& strategy = place.strategy;
    const bool held = strategy == "ewc" || strategy == "si";
    Json beside = Json::array();
    if (strategy == "joint")
        for (std::size_t i = 0; i < tasks.size(); ++i)
            if (i != place.task)
                beside.push_back(Json{{"name", tasks[i].name}, {"dataset", dataset_from_here(tasks[i])}}.dump());
    return {{"kind", "task"},
            {"name", tasks[place.task].name},
            {"scenario", settings.scenario},
            {"first", place.task == 0 || strategy == "joint"},
            {"hold", held ? strategy : "none"},
            {"strength", strategy == "si" ? settings.si_strength : settings.ewc_strength},
            {"replay", strategy == "replay" ? settings.replay_examples : std::int64_t{0}},
            {"beside", std::move(beside)}};
}

/// The study's own spec for a task: it begins where the task before ended, and the first as the spec says.
Json own_spec(const SequenceStudy& study, const SequencePlace& place, const Json& start) {
    Json spec = study.spec;
    spec["split"] = study.split;
    Json& begins = spec["start"];
    const bool from_checkpoint = begins.is_object() && begins.value("kind", "") == "checkpoint";
    if (place.from.empty()) return spec;
    if (!from_checkpoint) begins = Json::object();
    begins.update(start);
    // What the task before learnt goes on; all tasks at once begin as every first task does.
    if (place.task > 0 && place.from != study.checkpoint) begins["fresh"] = false;
    return spec;
}

/// What a crash costs at most: a tenth of a task, but so few steps that saving hardly counts are not saved apart, and
/// a long task is saved as often as any run.
std::int64_t steps_between_saves(std::int64_t steps) {
    constexpr std::int64_t least = 20, most = 500, parts = 10;
    return steps > 0 ? std::clamp((steps + parts - 1) / parts, least, most) : most;
}

/// What is there of a run to go on with.
std::optional<RunRecord> found_run(Store& store, const std::string& id) {
    if (id.empty()) return std::nullopt;
    auto run = store.run(id);
    if (!run || !run.value().trashed.empty()) return std::nullopt;
    return std::move(run).value();
}

/// Until it has ended.
Status wait_for(LiveRun& run, const std::function<void(std::int64_t step, std::int64_t steps)>& progress,
                const std::stop_token& stop) {
    std::int64_t step = 0, steps = 0;
    bool told = false;
    for (;;) {
        Delivery news;
        run.drain(news);
        const std::int64_t before = step;
        for (const Message& message : news.messages) {
            if (const auto* facts = std::get_if<RunFacts>(&message)) steps = facts->total_steps;
            if (const auto* row = std::get_if<MetricRow>(&message)) step = std::max(step, row->step);
        }
        if (step > before && progress) progress(step, steps);
        if (news.ended) break;
        if (stop.stop_requested() && !told) {
            told = true;
            run.stop(/*save_first=*/true);
        }
        constexpr std::chrono::milliseconds between_looks(20);
        std::this_thread::sleep_for(between_looks);
    }
    const Outcome outcome = run.wait();
    if (outcome.error) return Error(*outcome.error).at("run " + run.name());
    if (outcome.end == Outcome::End::finished) return {};
    if (told) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    return Error{Error::Code::cancelled,
                 "The run was stopped before its end",
                 "Carry the sequence out again: it goes on where it stands",
                 {"run " + run.name()}};
}

}  // namespace

Result<LaunchRequest> sequence_request(const ParentCard* parent, const SequenceStudy& study,
                                       const std::vector<SequenceTask>& tasks, const SequencePlace& place) {
    SequenceSettings settings;
    (void)schema::load(settings, study.settings, "sequence");
    Json start = {{"kind", "checkpoint"}, {"path", place.from.string()}, {"forgetting", false}};
    if (place.strategy == "lp_ft") {
        start["head_first"] = settings.head_share;
        start["head_rate"] = settings.head_rate;
    } else if (!study.spec.empty()) {
        start["head_first"] = 0;  // what the spec says of a single run would make every strategy LP-FT
    }
    Json spec;
    if (study.spec.empty()) {
        auto suggested = finetune_spec(*parent, {{"dataset", dataset_of(tasks[place.task])},
                                                 {"split", study.split},
                                                 {"start", std::move(start)},
                                                 {"sequence", task_section(tasks, place, settings)}});
        if (!suggested) return Error(suggested.error()).at("task " + tasks[place.task].name);
        spec = std::move(suggested).value();
    } else {
        spec = own_spec(study, place, start);
        spec["dataset"] = dataset_of(tasks[place.task]);
        spec["sequence"] = task_section(tasks, place, settings);
        spec = complete_spec(spec);
    }
    spec["optimizer"]["lr"] = settings.lr;
    Json& training = spec["training"];
    training["budget"] = settings.iterations > 0 ? static_cast<double>(settings.iterations) : settings.epochs;
    training["budget_unit"] = settings.iterations > 0 ? "steps" : "epochs";
    training["micro_batch"] = settings.micro_batch;
    const bool has_spec = !study.spec.empty();
    if (!has_spec) training["accumulation"] = 1;
    training["clip"] = settings.clip;
    training["seed"] = place.seed;
    training["threads"] = settings.threads;
    // The next task goes on from the last weights, so those are all that is kept.
    spec["evaluation"]["patience"] = 0;
    Json& saving = spec["saving"];
    saving["keep_best"] = false;
    const auto every = saving.value("every", std::int64_t{0});
    if (!has_spec || every == 0 || every == SavingSettings().every) saving["every"] = steps_between_saves(place.steps);
    if (!has_spec) spec["probing"]["every"] = 0;
    if (Status sound = spec_status(spec); !sound) return sound.error();
    LaunchRequest request;
    const std::string which = place.strategy == "joint"
                                  ? "all tasks"
                                  : "task " + std::to_string(place.task + 1) + " of " + std::to_string(tasks.size());
    request.name = study.name + " · " + place.strategy + " · seed " + std::to_string(place.seed) + " · " + which;
    request.spec = std::move(spec);
    return request;
}

Result<RunRecord> run_to_its_end(const Workspace& workspace, const std::string& id, const LaunchRequest& request,
                                 const std::function<Status(const std::string& id)>& begun,
                                 const std::function<void(std::int64_t step, std::int64_t steps)>& progress,
                                 std::stop_token stop, HostChoice host) {
    auto store = workspace.store();
    if (!store) return store.error();
    if (auto swept = store.value().sweep_orphans(RunLock::is_trained); !swept) return swept.error();
    LaunchRequest launch = request;
    if (const auto known = found_run(store.value(), id)) {
        if (is_active(known->status))
            return Error{
                Error::Code::bad_spec,
                "A run of this sequence is being trained right now (process " + std::to_string(known->process) + ")",
                "Wait for its end, or stop it there",
                {"run " + known->name}};
        const bool any = static_cast<bool>(current_checkpoint(known->path));  // a damaged one is as good as none
        if (known->status == "finished" && any) return *known;
        if (any) {
            launch = {};
            launch.resume_run = id;
        } else if (Status gone = store.value().set_trashed(id, true); !gone) {
            return gone.error();
        }
    }
    if (launch.resume_run.empty()) launch.name = unused_name(store.value(), launch.name);
    auto run = LiveRun::launch(workspace, launch, host_for(workspace, launch, host));
    if (!run) return run.error();
    LiveRun& live = *run.value();
    if (Status kept = begun(live.id()); !kept) return kept.error();
    if (Status ended = wait_for(live, progress, stop); !ended) return ended.error();
    return store.value().run(live.id());
}

}  // namespace gw
