#pragma once
#include "adapt/other_task.h"
#include "data/prepare.h"
#include "train/trainer.h"

namespace gw {

struct CheckpointFacts;
struct CheckpointModel;
struct PreparedRun;

/// The tasks of a sequence besides a run's own, and the data of those that are shown while it trains.
struct OtherTasks {
    std::vector<TaskFacts> facts;
    std::vector<std::unique_ptr<PreparedData>> data;  ///< null where nothing of a task is shown
    bool replays = false;                             ///< earlier tasks are shown, and their heads trained
};

/// Of a run that is a task of a sequence: the tasks that its checkpoint has behind it and those that its spec names
/// beside it; on a resume, as the checkpoint says. `own`: the run's own data. Throws Failure: data that cannot be read,
/// has changed since, or has another sort of labels.
OtherTasks other_tasks(const TrainRequest& request, RunPort& port, const CheckpointFacts* resumed,
                       const CheckpointModel* start, const PreparedData& own);

/// Where tasks share a head: what its outputs stand for, now that the data of all tasks is known, and the labels of
/// that data by it. By place (scenario domain) the classes of each task are its outputs in their order; of all classes
/// (scenario class) those of earlier tasks come first, in the order in which they were learnt, then the run's own, then
/// those beside. Throws Failure: tasks of other numbers of classes, or labels that are not one class each.
void share_labels(PreparedRun& ready, const TrainRequest& request, const CheckpointModel* start);

/// Makes what keeps earlier tasks from being forgotten, once the model has the weights that the run begins from;
/// on a resume load_weights() fills it. Throws Failure: the checkpoint of the task before knows nothing of what
/// mattered for it.
void take_up_tasks(PreparedRun& ready, const TrainRequest& request);

/// At the end of the budget, before the last checkpoint is saved: what later tasks need to know of this one. No stop
/// interrupts it, since it takes no longer than some steps and that checkpoint is to hold it.
void end_of_task(PreparedRun& ready);

}  // namespace gw
