#pragma once
#include <memory>

#include "objective/objective.h"

namespace gw {

/// A task that a model has a head for besides its own: learnt before it, or at the same time. All that is needed to
/// judge the task again, and to go on showing its examples.
struct TaskFacts {
    std::string name;
    Json dataset, split, objective;  ///< sections of a spec
    LabelFacts labels;               ///< what its head was made for
    std::string dataset_hash;        ///< of the data as it was learnt from; empty = not known yet
    bool beside = false;             ///< learnt at the same time
    bool shared = false;             ///< judged and trained by the run's own head: the task has none of its own
};
Json to_json(const std::vector<TaskFacts>& tasks);
std::vector<TaskFacts> tasks_of(const Json& json);

/// Such a task's head. One that is trained stands in the parameter bank as "head.task.N.*"; one that rests is no
/// parameter and is merely kept.
struct OtherTask {
    TaskFacts facts;
    bool trained = false;
    std::unique_ptr<Objective> head;  ///< null where facts.shared
};

/// The head that says something of a task: its own, or the one that all share.
const Objective& head_of(const OtherTask& task, const Objective& own);

/// The heads of these tasks, on the device. Those beside are trained, and of those before all or none.
std::vector<OtherTask> heads_of(const std::vector<TaskFacts>& tasks, bool train_earlier, const ObjectiveInputs& inputs,
                                torch::Device device);

/// Name of a head's weight in the checkpoint's file of heads: "task.2.output.weight".
std::string task_weight(std::size_t number, const std::string& name);

/// Parameters that are trained, by their names in a bank.
Parameters trained_heads(const std::vector<OtherTask>& tasks);
/// All else of the heads that a checkpoint must hold, by the names in its file: weights at rest, and state.
Parameters resting_heads(const std::vector<OtherTask>& tasks);

struct CheckpointModel;
struct Model;
/// The tasks that a run which begins from this checkpoint has behind it, in the order in which they were learnt: those
/// that the checkpoint has heads for, and the one that it was trained on itself. None unless that was a task of a
/// sequence.
std::vector<TaskFacts> earlier_tasks(const Json& spec, const Json& state);
/// Gives the heads of earlier tasks the weights that the checkpoint has for them; a head that all tasks share goes on
/// from the checkpoint's own, whose classes are its first.
Status copy_task_heads(const CheckpointModel& from, Model& into);

/// The rows of `theirs` as the first of `ours`, which may have more behind them. False where they do not fit.
bool copy_grown(const torch::Tensor& theirs, const torch::Tensor& ours);

}  // namespace gw
