#include "workspace/sequence_study.h"

#include <algorithm>

#include "artifact/current.h"
#include "spec/settings.h"
#include "study/sequence_judge.h"
#include "util/name.h"
#include "util/text.h"
#include "workspace/run_name.h"
#include "workspace/sequence_runs.h"

namespace gw {

namespace {

Json to_json(const SequenceStep& step) {
    Json heads = Json::array();
    for (const auto& one : step.by_head) heads.push_back(one ? Json(*one) : Json());
    return {{"strategy", step.strategy}, {"seed", step.seed},           {"task", step.task},
            {"run", step.run},           {"by_head", std::move(heads)}, {"by_neighbours", step.by_neighbours},
            {"seconds", step.seconds}};
}

SequenceStep step_of(const Json& json) {
    SequenceStep step{json.value("strategy", ""),
                      json.value("seed", std::int64_t{1}),
                      json.value("task", std::int64_t{0}),
                      json.value("run", ""),
                      {},
                      json.value("by_neighbours", std::vector<double>()),
                      json.value("seconds", 0.0)};
    for (const Json& one : json.value("by_head", Json::array()))
        step.by_head.push_back(one.is_number() ? std::optional(one.get<double>()) : std::nullopt);
    return step;
}

constexpr const char* runs_key = "runs";  ///< missing in studies whose tasks were not runs of the history

}  // namespace

Json to_json(const SequenceStudy& s) {
    Json results = Json::array(), steps = Json::array();
    for (const SequenceResult& r : s.results) results.push_back(to_json(r));
    for (const SequenceStep& step : s.steps) steps.push_back(to_json(step));
    return {{"name", s.name},
            {"checkpoint", s.checkpoint.string()},
            {"datasets", s.datasets},
            {"group", s.group},
            {"split", s.split},
            {"settings", s.settings},
            {"strategies", s.strategies},
            {"seeds", s.seeds},
            {"results", std::move(results)},
            {runs_key, std::move(steps)},
            {"neighbours_before", s.neighbours_before}};
}

SequenceStudy sequence_study_of(const Json& json) {
    SequenceStudy s{json.value("name", ""),
                    json.value("checkpoint", ""),
                    json.value("datasets", std::vector<Json>()),
                    json.value("group", std::int64_t{0}),
                    json.value("split", Json::object()),
                    json.value("settings", Json::object()),
                    json.value("strategies", std::vector<std::string>()),
                    json.value("seeds", std::int64_t{1}),
                    {}};
    for (const Json& r : json.value("results", Json::array())) s.results.push_back(sequence_result_of(r));
    for (const Json& step : json.value(runs_key, Json::array())) s.steps.push_back(step_of(step));
    s.neighbours_before = json.value("neighbours_before", std::vector<double>());
    return s;
}

std::vector<StrategyRow> strategy_rows(const SequenceStudy& study) {
    std::vector<StrategyRow> rows;
    for (const std::string& strategy : study.strategies) {
        std::vector<double> average, neighbours, forgetting, backward, forward;
        for (const SequenceResult& r : study.results) {
            if (r.strategy != strategy) continue;
            const SequenceFigures f = figures_of(r);
            average.push_back(f.average);
            neighbours.push_back(f.average_neighbours);
            forgetting.push_back(f.forgetting);
            backward.push_back(f.backward);
            forward.push_back(f.forward);
        }
        if (!average.empty())
            rows.push_back({strategy, strategy != "joint", spread_of(average), spread_of(neighbours),
                            spread_of(forgetting), spread_of(backward), spread_of(forward)});
    }
    return rows;
}

namespace {

/// In what two studies ask another question; empty where they ask the same.
std::string other_question(const SequenceStudy& ours, const SequenceStudy& theirs) {
    // In the form in which they are kept, so that one number has one text.
    const Json a = Json::parse(to_json(ours).dump()), b = Json::parse(to_json(theirs).dump());
    for (const auto& [part, words] : {std::pair{"checkpoint", "from another checkpoint"},
                                      {"datasets", "on other data"},
                                      {"group", "of other tasks"},
                                      {"split", "with another split"},
                                      {"settings", "with other settings"}})
        if (a.at(part) != b.at(part)) return words;
    return "";
}

bool has(const std::vector<SequenceResult>& results, const std::string& strategy, std::int64_t seed) {
    return std::any_of(results.begin(), results.end(),
                       [&](const SequenceResult& r) { return r.strategy == strategy && r.seed == seed; });
}

/// Results that are kept under the study's name already are gone on from where they answer the same question; else they
/// stay as they are, and a name that nobody chose gives way to another.
Status take_up_results(const Store& store, SequenceStudy& study, bool named) {
    const auto saved = store.saved("sequence");
    if (!saved) return saved.error();
    const std::string plain = study.name;
    for (int number = 2;; ++number) {
        const auto record = std::find_if(saved.value().begin(), saved.value().end(),
                                         [&](const SavedRecord& r) { return r.name == study.name; });
        if (record == saved.value().end()) return {};
        const SequenceStudy before = sequence_study_of(record->body);
        const bool of_runs = record->body.contains(runs_key) || before.results.empty();
        const std::string other = of_runs ? other_question(study, before) : "of a version whose tasks were no runs";
        if (!other.empty() && named)
            return Error{Error::Code::bad_spec,
                         "There is a sequence \"" + study.name + "\" already, " + other,
                         "Give another name with --name; its results stay as they are",
                         {}};
        if (!other.empty()) {
            study.name = plain + " (" + std::to_string(number) + ")";
            continue;
        }
        for (const SequenceResult& result : before.results)
            if (!has(study.results, result.strategy, result.seed)) study.results.push_back(result);
        if (study.steps.empty()) study.steps = before.steps;
        if (study.neighbours_before.empty()) study.neighbours_before = before.neighbours_before;
        for (const std::string& strategy : before.strategies)
            if (std::find(study.strategies.begin(), study.strategies.end(), strategy) == study.strategies.end())
                study.strategies.push_back(strategy);
        study.seeds = std::max(study.seeds, before.seeds);
        return {};
    }
}

Result<std::vector<SequenceTask>> tasks_of(const Workspace& workspace, const SequenceStudy& study,
                                           const ProgressFn& progress, const std::stop_token& stop) {
    std::vector<SequenceTask> tasks;
    if (study.group > 0) {
        auto cut = tasks_by_class(study.checkpoint, study.datasets.front(), study.split, study.group, workspace.cache(),
                                  progress, stop);
        if (!cut) return cut.error();
        tasks = std::move(cut).value();
    } else {
        // Files of several tasks are often called alike: "books/train" and "dvd/train".
        std::vector<fs::path> files;
        for (const Json& dataset : study.datasets) {
            const Json paths = dataset.value("paths", Json::array());
            files.emplace_back(paths.empty() ? "task " + std::to_string(files.size() + 1)
                                             : paths.front().get<std::string>());
        }
        const std::vector<std::string> names = telling_names(files);
        for (std::size_t i = 0; i < files.size(); ++i) tasks.push_back({names[i], study.datasets[i], {}});
    }
    if (tasks.size() < 2)
        return Error{Error::Code::bad_spec,
                     "A sequence needs two tasks at least",
                     "Name more data, or smaller groups of classes",
                     {}};
    return tasks;
}

Status check_study(const SequenceStudy& study) {
    if (study.datasets.empty())
        return Error{Error::Code::bad_spec, "There is nothing to learn from", "Name labelled data", {}};
    const auto& known = sequence_strategies();
    for (const std::string& strategy : study.strategies)
        if (std::find(known.begin(), known.end(), strategy) == known.end())
            return Error{Error::Code::bad_spec,
                         "\"" + strategy + "\" is no strategy",
                         "There are sequential, lp_ft, ewc, si, replay and joint",
                         {}};
    return {};
}

/// Carries a study out, its tasks known. Throws Failure.
class StudyWork {
  public:
    StudyWork(const Workspace& workspace, const ParentCard& parent, Store& store, SequenceStudy study,
              std::vector<SequenceTask> tasks, const ProgressFn& progress, std::stop_token stop)
        : workspace_(workspace),
          parent_(parent),
          store_(store),
          study_(std::move(study)),
          tasks_(std::move(tasks)),
          progress_(progress),
          stop_(std::move(stop)) {
        (void)schema::load(settings_, study_.settings, "sequence");
    }

    SequenceStudy carry_out() {
        for (const std::string& strategy : study_.strategies) all_ += runs_of(strategy) * study_.seeds;
        for (std::int64_t seed = settings_.seed; seed < settings_.seed + study_.seeds; ++seed)
            for (const std::string& strategy : study_.strategies) {
                if (!has(study_.results, strategy, seed)) go_through(strategy, seed);
                done_ += runs_of(strategy);
            }
        return std::move(study_);
    }

  private:
    std::int64_t runs_of(const std::string& strategy) const {
        return strategy == "joint" ? 1 : static_cast<std::int64_t>(tasks_.size());
    }

    void go_through(const std::string& strategy, std::int64_t seed) {
        meet_judge();
        SequenceResult result{strategy, seed, {}, {}, {}, study_.neighbours_before, 0};
        for (const SequenceTask& task : tasks_) result.tasks.push_back(task.name);
        SequencePlace place{strategy, seed, 0, study_.checkpoint};
        for (std::int64_t number = 0; number < runs_of(strategy); ++number) {
            place.task = strategy == "joint" ? largest() : static_cast<std::size_t>(number);
            const SequenceStep& step = carry_out(place, number);
            result.by_head.push_back(step.by_head);
            result.by_neighbours.push_back(step.by_neighbours);
            result.seconds += step.seconds;
        }
        study_.results.push_back(std::move(result));
        keep();
    }

    /// The task whose passes are counted where all are learnt at once.
    std::size_t largest() const {
        std::size_t found = 0;
        for (std::size_t i = 1; i < tasks_.size(); ++i)
            if (judge_->examples(i) > judge_->examples(found)) found = i;
        return found;
    }

    const SequenceStep& carry_out(SequencePlace& place, std::int64_t number) {
        SequenceStep& step = step_at(place.strategy, place.seed, number);
        const std::string what = strategy_title(place.strategy) + ", seed " + std::to_string(place.seed) + ": ";
        const std::string task = place.strategy == "joint" ? "all tasks" : tasks_[place.task].name;
        const auto tell = [&](const std::string& phase, double share) {
            if (progress_)
                progress_(what + phase + task,
                          (static_cast<double>(done_ + number) + share) / static_cast<double>(all_));
        };
        tell("training ", 0);
        const LaunchRequest request = sequence_request(parent_, study_, tasks_, place).or_throw();
        const auto begun = [&](const std::string& id) -> Status {
            if (step.run == id) return {};
            step.run = id;
            if (Status tagged = store_.set_tags(id, {"sequence " + study_.name}); !tagged) return tagged;
            return store_.set_saved({"sequence", study_.name, to_json(study_), now_utc()});
        };
        const RunRecord run =
            run_to_its_end(
                workspace_, step.run, request, begun, [&](double share) { tell("training ", share); }, stop_)
                .or_throw();
        place.from = current_checkpoint(run.path).or_throw().path;
        step.seconds = run.seconds;
        if (step.judged()) return step;
        tell("judging after ", 1);
        const SequenceMarks marks = judge_->marks(place.from, stop_).or_throw();
        step.by_head = marks.by_head;
        step.by_neighbours = marks.by_neighbours;
        keep();
        return step;
    }

    SequenceStep& step_at(const std::string& strategy, std::int64_t seed, std::int64_t task) {
        for (SequenceStep& step : study_.steps)
            if (step.strategy == strategy && step.seed == seed && step.task == task) return step;
        return study_.steps.emplace_back(SequenceStep{strategy, seed, task, "", {}, {}, 0});
    }

    void meet_judge() {
        if (judge_) return;
        judge_.emplace(SequenceJudge::make(study_.checkpoint, tasks_, study_.split, settings_.judged,
                                           workspace_.cache(), progress_, stop_)
                           .or_throw());
        if (study_.neighbours_before.empty())
            study_.neighbours_before = judge_->marks(study_.checkpoint, stop_).or_throw().by_neighbours;
    }

    void keep() { store_.set_saved({"sequence", study_.name, to_json(study_), now_utc()}).or_throw(); }

    const Workspace& workspace_;
    const ParentCard& parent_;
    Store& store_;
    SequenceStudy study_;
    const std::vector<SequenceTask> tasks_;
    SequenceSettings settings_;
    const ProgressFn& progress_;
    const std::stop_token stop_;
    std::optional<SequenceJudge> judge_;
    std::int64_t all_ = 0, done_ = 0;  ///< runs
};

}  // namespace

Result<SequenceStudy> carry_out_study(const Workspace& workspace, SequenceStudy study, const ProgressFn& progress,
                                      std::stop_token stop) {
    if (Status sound = check_study(study); !sound) return sound.error();
    auto parent = parent_card(workspace, study.checkpoint);
    if (!parent) return parent.error();
    if (!study.split.is_object() || study.split.empty()) {
        const auto suggested = finetune_spec(parent.value(), {{"dataset", study.datasets.front()}});
        if (!suggested) return suggested.error();
        study.split = suggested.value().at("split");
    }
    auto tasks = tasks_of(workspace, study, progress, stop);
    if (!tasks) return tasks.error();
    const bool named = !study.name.empty();
    if (!named) study.name = fit_name(tasks.value().front().name + " ... " + tasks.value().back().name);
    if (const auto fault = name_fault(study.name))
        return Error{Error::Code::bad_spec,
                     "This name of a sequence " + *fault,
                     "Choose another name with --name",
                     {"option --name"}};
    auto store = workspace.store();
    if (!store) return store.error();
    if (Status known = take_up_results(store.value(), study, named); !known) return known.error();
    try {
        return StudyWork(workspace, parent.value(), store.value(), std::move(study), std::move(tasks).value(), progress,
                         stop)
            .carry_out();
    } catch (const Failure& failure) {
        return failure.error();
    }
}

}  // namespace gw
