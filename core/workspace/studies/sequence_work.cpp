#include <algorithm>
#include <chrono>

#include "artifact/current.h"
#include "spec/sequence_task.h"
#include "spec/settings.h"
#include "study/sequence_judge.h"
#include "util/name.h"
#include "util/text.h"
#include "workspace/run_name.h"
#include "workspace/studies/sequence_lock.h"
#include "workspace/studies/sequence_runs.h"

namespace gw {

namespace {

/// In what two studies ask another question; empty where they ask the same.
std::string other_question(const SequenceStudy& ours, const SequenceStudy& theirs) {
    // In the form in which they are kept, so that one number has one text.
    Json a = Json::parse(to_json(ours).dump()), b = Json::parse(to_json(theirs).dump());
    // Settings that came later are written out in one of them only.
    for (Json* one : {&a, &b}) (*one)["settings"] = sequence_sheet().complete((*one)["settings"]);
    for (const auto& [part, words] : {std::pair{"checkpoint", "from another checkpoint"},
                                      {"datasets", "on other data"},
                                      {"group", "of other tasks"},
                                      {"split", "with another split"},
                                      {"settings", "with other settings"},
                                      {"spec", "with other settings"}})
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
        // The key is missing in studies whose tasks were not runs of the history.
        const bool of_runs = record->body.contains("runs") || before.results.empty();
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
        if (study.steps.size() <= before.steps.size()) study.steps = before.steps;
        if (study.neighbours_before.empty()) study.neighbours_before = before.neighbours_before;
        for (const std::string& strategy : before.strategies)
            if (std::find(study.strategies.begin(), study.strategies.end(), strategy) == study.strategies.end())
                study.strategies.push_back(strategy);
        study.seeds = std::max(study.seeds, before.seeds);
        return {};
    }
}

/// Whether tasks whose classes are known before they are read can share a head by place.
Status fit_one_head(const std::vector<SequenceTask>& tasks, const std::string& scenario) {
    if (scenario != "domain") return {};
    for (const SequenceTask& task : tasks)
        if (task.classes.size() != tasks.front().classes.size())
            return unlike_classes(task.name, task.classes.size(), tasks.front().classes.size(), "scenario");
    return {};
}

Result<std::vector<SequenceTask>> tasks_of(const Workspace& workspace, const SequenceStudy& study,
                                           const SequenceReading& reading, const ProgressFn& progress,
                                           const std::stop_token& stop) {
    std::vector<SequenceTask> tasks;
    if (study.group > 0) {
        auto cut = tasks_by_class(reading, study.datasets.front(), study.split, study.group, workspace.cache(),
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

void tell_preparing(const SequenceWatch& watch, const std::string& phase, double share) {
    if (!watch.progress) return;
    SequenceProgress at;
    at.detail = phase;
    at.share = share;
    watch.progress(at);
}

/// Carries a study out, its tasks known. Throws Failure.
class StudyWork {
  public:
    StudyWork(const Workspace& workspace, const ParentCard* parent, SequenceReading reading, Store& store,
              SequenceStudy study, std::vector<SequenceTask> tasks, const SequenceWatch& watch, std::stop_token stop)
        : workspace_(workspace),
          parent_(parent),
          reading_(std::move(reading)),
          store_(store),
          study_(std::move(study)),
          tasks_(std::move(tasks)),
          watch_(watch),
          stop_(std::move(stop)) {
        (void)schema::load(settings_, study_.settings, "sequence");
        study_.tasks.clear();
        for (const SequenceTask& task : tasks_) study_.tasks.push_back(task.name);
    }

    SequenceStudy carry_out() {
        if (!complete()) meet_judge();
        for (std::int64_t seed = settings_.seed; seed < settings_.seed + study_.seeds; ++seed)
            for (const std::string& strategy : study_.strategies) {
                if (!has(study_.results, strategy, seed)) go_through(strategy, seed);
                for (std::int64_t number = 0; judge_ && number < runs_of(strategy); ++number)
                    done_ += cost_of(strategy, number);
            }
        return std::move(study_);
    }

  private:
    using Clock = std::chrono::steady_clock;

    bool complete() const {
        for (std::int64_t seed = settings_.seed; seed < settings_.seed + study_.seeds; ++seed)
            for (const std::string& strategy : study_.strategies)
                if (!has(study_.results, strategy, seed)) return false;
        return true;
    }

    std::int64_t runs_of(const std::string& strategy) const {
        return strategy == "joint" ? 1 : static_cast<std::int64_t>(tasks_.size());
    }

    double length_of(std::size_t task) const {
        return static_cast<double>(settings_.iterations > 0 ? settings_.iterations : judge_->examples(task));
    }

    /// What a run takes, in examples of a pass or in steps: what all are to each other is all that matters.
    double cost_of(const std::string& strategy, std::int64_t number) const {
        if (strategy == "joint") return length_of(largest()) * static_cast<double>(tasks_.size());
        const double own = length_of(static_cast<std::size_t>(number));
        return strategy == "replay" && number > 0 ? 2 * own : own;
    }

    void go_through(const std::string& strategy, std::int64_t seed) {
        SequenceResult result{strategy, seed, study_.tasks, {}, {}, study_.neighbours_before, 0};
        SequencePlace place{strategy, seed, 0, study_.checkpoint};
        const double before = done_;
        for (std::int64_t number = 0; number < runs_of(strategy); ++number) {
            place.task = strategy == "joint" ? largest() : static_cast<std::size_t>(number);
            const SequenceStep& step = carry_out(place, number);
            result.by_head.push_back(step.by_head);
            result.by_neighbours.push_back(step.by_neighbours);
            result.seconds += step.seconds;
            done_ += cost_of(strategy, number);
        }
        done_ = before;  // counted by who goes through all of them
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

    std::int64_t steps_of(std::size_t task) const {
        if (settings_.iterations > 0) return settings_.iterations;
        const std::int64_t accumulation =
            study_.spec.empty() ? 1 : settings_of<TrainingSettings>(study_.spec, "training").accumulation;
        return static_cast<std::int64_t>(settings_.epochs * static_cast<double>(judge_->examples(task)) /
                                         static_cast<double>(settings_.micro_batch * accumulation)) +
               1;
    }

    const SequenceStep& carry_out(SequencePlace& place, std::int64_t number) {
        SequenceStep& step = step_at(place.strategy, place.seed, number);
        SequenceProgress at;
        at.phase = SequenceProgress::Phase::training;
        at.strategy = place.strategy;
        at.seed = place.seed;
        at.task = number + 1;
        at.tasks = runs_of(place.strategy);
        if (place.strategy != "joint") at.name = tasks_[place.task].name;
        at.run = step.run;
        const double cost = cost_of(place.strategy, number), trained = trained_;
        double from = -1;  // share of the run that an earlier call has trained
        const auto tell = [&](double share) {
            at.share = (done_ + cost * share) / all_;
            at.seconds_left = left(all_ - done_ - cost * share);
            if (watch_.progress) watch_.progress(at);
        };
        tell(0);
        place.steps = steps_of(place.task);
        const LaunchRequest request = sequence_request(parent_, study_, tasks_, place).or_throw();
        const auto begun = [&](const std::string& id) -> Status {
            at.run = id;
            tell(0);
            if (step.run == id) return {};
            step.run = id;
            if (Status tagged = store_.set_tags(id, {"sequence " + study_.name}); !tagged) return tagged;
            return write();
        };
        if (!begun_at_) begun_at_ = Clock::now();
        const RunRecord run = run_to_its_end(
                                  workspace_, step.run, request, begun,
                                  [&](std::int64_t now, std::int64_t steps) {
                                      at.step = now;
                                      at.steps = steps;
                                      const double share =
                                          steps > 0 ? static_cast<double>(now) / static_cast<double>(steps) : 0;
                                      if (from < 0) from = share;
                                      trained_ = trained + cost * (share - from);
                                      tell(share);
                                  },
                                  stop_, watch_.host)
                                  .or_throw();
        place.from = current_checkpoint(run.path).or_throw().path;
        step.seconds = run.seconds;
        if (step.judged()) return step;
        at.phase = SequenceProgress::Phase::evaluating;
        tell(1);
        const SequenceMarks marks = judge_->marks(place.from, stop_).or_throw();
        step.by_head = marks.by_head;
        step.by_neighbours = marks.by_neighbours;
        keep();
        return step;
    }

    /// Seconds for so much more, at the pace of what this call has trained; negative while that is too little to tell.
    double left(double cost) const {
        constexpr double least = 1;
        const double spent = begun_at_ ? std::chrono::duration<double>(Clock::now() - *begun_at_).count() : 0;
        return trained_ > 0 && spent > least ? cost * spent / trained_ : -1;
    }

    SequenceStep& step_at(const std::string& strategy, std::int64_t seed, std::int64_t task) {
        for (SequenceStep& step : study_.steps)
            if (step.strategy == strategy && step.seed == seed && step.task == task) return step;
        return study_.steps.emplace_back(SequenceStep{strategy, seed, task, "", {}, {}, 0});
    }

    /// Reads the data of all tasks, by which everything else is counted.
    void meet_judge() {
        const ProgressFn prepared = [&](const std::string& phase, double share) {
            tell_preparing(watch_, phase, share);
        };
        const Part part = settings_.judged_part == "test" ? Part::test : Part::validation;
        judge_.emplace(SequenceJudge::make(reading_, tasks_, study_.split, part, settings_.judged, workspace_.cache(),
                                           prepared, stop_)
                           .or_throw());
        for (const std::string& strategy : study_.strategies)
            for (std::int64_t number = 0; number < runs_of(strategy); ++number)
                all_ += cost_of(strategy, number) * static_cast<double>(study_.seeds);
        if (!study_.neighbours_before.empty() || study_.checkpoint.empty()) return;
        prepared("evaluating the checkpoint that all begin from", -1);
        study_.neighbours_before = judge_->marks(study_.checkpoint, stop_).or_throw().by_neighbours;
    }

    void keep() { write().or_throw(); }
    Status write() {
        Status kept = store_.set_saved({"sequence", study_.name, to_json(study_), now_utc()});
        if (kept && watch_.kept) watch_.kept(study_);
        return kept;
    }

    const Workspace& workspace_;
    const ParentCard* parent_;  ///< null where the sequence begins from scratch
    const SequenceReading reading_;
    Store& store_;
    SequenceStudy study_;
    const std::vector<SequenceTask> tasks_;
    SequenceSettings settings_;
    const SequenceWatch& watch_;
    const std::stop_token stop_;
    std::optional<SequenceJudge> judge_;
    double all_ = 0, done_ = 0, trained_ = 0;  ///< of cost_of(): of all runs, of those behind us, trained by this call
    std::optional<Clock::time_point> begun_at_;
};

}  // namespace

Result<SequenceStudy> carry_out_study(const Workspace& workspace, SequenceStudy study, const SequenceWatch& watch,
                                      std::stop_token stop) {
    if (Status sound = check_study(study); !sound) return sound.error();
    std::optional<ParentCard> parent;
    SequenceReading reading;
    if (study.checkpoint.empty()) {
        if (study.spec.empty())
            return Error{Error::Code::bad_spec,
                         "There is neither a checkpoint to begin from nor a spec",
                         "Choose a checkpoint",
                         {}};
        reading.tokenizer = study.spec.at("tokenizer");
    } else {
        auto card = parent_card(workspace, study.checkpoint);
        if (!card) return card.error();
        parent = std::move(card).value();
        auto read = SequenceReading::of_checkpoint(study.checkpoint);
        if (!read) return read.error();
        reading = std::move(read).value();
    }
    if (!study.spec.empty() && study.split.empty()) study.split = study.spec.at("split");
    if (!study.split.is_object() || study.split.empty()) {
        const auto suggested = finetune_spec(*parent, {{"dataset", study.datasets.front()}});
        if (!suggested) return suggested.error();
        study.split = suggested.value().at("split");
    }
    const ProgressFn prepared = [&](const std::string& phase, double share) { tell_preparing(watch, phase, share); };
    auto tasks = tasks_of(workspace, study, reading, prepared, stop);
    if (!tasks) return tasks.error();
    if (Status fit = fit_one_head(tasks.value(), study.settings.value("scenario", "task")); !fit) return fit.error();
    const bool named = !study.name.empty();
    if (!named) study.name = fit_name(tasks.value().front().name + " ... " + tasks.value().back().name);
    if (const auto fault = name_fault(study.name))
        return Error{Error::Code::bad_spec, "This name of a sequence " + *fault, "Choose another name with --name", {}};
    auto store = workspace.store();
    if (!store) return store.error();
    if (Status known = take_up_results(store.value(), study, named); !known) return known.error();
    auto alone = SequenceLock::take(workspace, study.name);
    if (!alone) return alone.error();
    // What the program that had the lock until now has written since.
    if (Status known = take_up_results(store.value(), study, /*named=*/true); !known) return known.error();
    try {
        return StudyWork(workspace, parent ? &*parent : nullptr, std::move(reading), store.value(), std::move(study),
                         std::move(tasks).value(), watch, stop)
            .carry_out();
    } catch (const Failure& failure) {
        return failure.error();
    }
}

}  // namespace gw
