#pragma once
#include "study/sequence.h"
#include "util/spread.h"
#include "workspace/live_run.h"
#include "workspace/workspace.h"

namespace gw {

/// One run of a sequence: a task learnt by a strategy with a seed, and how well it knows all tasks since.
struct SequenceStep {
    std::string strategy;
    std::int64_t seed = 1, task = 0;  ///< task: from 0 in the order of the sequence; of joint training 0
    std::string run;                  ///< id in the history; empty = not begun
    std::vector<std::optional<double>> by_head;
    std::vector<double> by_neighbours;  ///< empty = not judged yet
    double seconds = 0;                 ///< of training
    bool judged() const { return !by_neighbours.empty(); }
};

/// Strategies of going through a sequence of tasks, beside each other with several seeds; kept in the history under its
/// name. Each task of each is a run of the history with the tag "sequence NAME".
struct SequenceStudy {
    std::string name;  ///< empty: made from the data
    fs::path checkpoint;
    std::vector<Json> datasets;  ///< sections of a spec: a task each, or one that is cut by `group`
    std::int64_t group = 0;      ///< classes a task; 0 = each dataset is a task
    Json split, settings;        ///< section of a spec (empty: as for fine-tuning); SequenceSettings
    std::vector<std::string> strategies;
    std::int64_t seeds = 3;  ///< 1, 2, ... from settings.seed on
    std::vector<SequenceResult> results;
    std::vector<SequenceStep> steps = {};
    std::vector<double> neighbours_before = {};  ///< kNN of each task by the checkpoint that all begin from
    std::vector<std::string> tasks = {};         ///< their names in order; empty = not known yet
    /// What each task is trained by besides `settings`, a complete spec; empty = as fine-tuning the checkpoint
    /// suggests. The first task has its section "start", from scratch where `checkpoint` is empty.
    Json spec = Json::object();
};
Json to_json(const SequenceStudy& study);
SequenceStudy sequence_study_of(const Json& json);

/// The study that a spec describes whose section "sequence" is a whole sequence; nothing of other specs.
std::optional<SequenceStudy> study_of_spec(const Json& spec);

/// Figures over seeds by name: "task/si/accuracy" (scenario, strategy), with "accuracy_deviation" and "accuracy_seeds";
/// likewise forgetting, and accuracy_neighbours.
Json study_scores(const SequenceStudy& study);

/// One strategy over its seeds.
struct StrategyRow {
    std::string strategy;
    bool in_turn = true;  ///< joint training forgets nothing, for it goes through nothing in turn
    Spread average, neighbours, forgetting, backward, forward;  ///< forward: of none where nothing stands before
};
std::vector<StrategyRow> strategy_rows(const SequenceStudy& study);

/// The results, and behind them those of which some tasks are learnt: with as many rows as tasks.
std::vector<SequenceResult> begun_results(const SequenceStudy& study);

/// How a study gets on: what is done at the moment, and how much of all.
struct SequenceProgress {
    enum class Phase { preparing, training, evaluating };
    Phase phase = Phase::preparing;
    std::string detail;    ///< while preparing: what is done, such as "reading text"
    std::string strategy;  ///< empty while preparing what all strategies share
    std::int64_t seed = 0;
    std::int64_t task = 0, tasks = 0;  ///< number of the task at hand, from 1, of so many that are learnt in turn
    std::string name;                  ///< of that task; empty where all are learnt at once
    std::string run;                   ///< id of the run at hand; empty = not begun
    std::int64_t step = 0, steps = 0;  ///< of it; 0 = not known
    double share = -1;         ///< done of `detail` while preparing, else of the whole study; negative = unknown
    double seconds_left = -1;  ///< of the whole study; negative = unknown
};
/// "Replay, seed 1: training c | d (task 2 of 3), step 120 of 480".
std::string progress_text(const SequenceProgress& progress);

/// Who looks on; called in the thread that carries the study out.
struct SequenceWatch {
    std::function<void(const SequenceProgress&)> progress = {};
    std::function<void(const SequenceStudy&)> kept = {};  ///< whenever a run has begun or a task is evaluated
    HostChoice host = HostChoice::thread;                 ///< where its runs are trained
};

/// Carries out what is missing of a study, one run after another, and keeps it after every run: what was stopped or
/// interrupted goes on from its checkpoint, and what is done is never done again. Results that are kept under its name
/// are gone on from; an error where they answer another question, or while another program carries it out.
Result<SequenceStudy> carry_out_study(const Workspace& workspace, SequenceStudy study, const SequenceWatch& watch,
                                      std::stop_token stop);

}  // namespace gw
