#pragma once
#include "adapt/adaptation.h"
#include "adapt/forgetting.h"
#include "adapt/holding.h"
#include "adapt/model_state.h"
#include "data/batch_source.h"
#include "data/prepare.h"
#include "spec/budget.h"
#include "train/step/micro_batches.h"
#include "train/step/player.h"
#include "train/tasks/other_tasks.h"
#include "train/trainer.h"

namespace gw {

/// All that the loop of a run works on, made in the order of the members. It stays where it was made: batches point
/// into its data.
struct PreparedRun {
    Compute compute;
    std::optional<CheckpointFacts> resumed;
    PreparedData data;
    LabelFacts labels;
    std::optional<CheckpointModel> teacher;  ///< of an objective that learns from one
    OtherTasks others;                       ///< of a task of a sequence
    Model model;
    std::vector<Player> players;        ///< at least one: the first trains the backbone
    std::unique_ptr<Holding> holding;   ///< holds what earlier tasks need; null = nothing
    std::unique_ptr<ExampleRows> rows;  ///< of labelled data and of pictures
    std::unique_ptr<BatchSource> source;
    Budget budget;
    MicroBatches cut;  ///< of a step's rows: the spec's, or smaller ones where memory ran out
    Adaptation adaptation;
    std::optional<ForgettingProbe> forgetting;
    std::int64_t processes = 1;      ///< that train together
    double steps_per_epoch = 0;      ///< that draw every row once
    double flops_per_unit = 0;       ///< of the model's products, forward and backward
    std::int64_t tokens_before = 0;  ///< that the checkpoint it begins from was trained on

    PreparedRun() = default;
    PreparedRun(const PreparedRun&) = delete;
    PreparedRun& operator=(const PreparedRun&) = delete;
    /// Throws Failure. Tells progress and what is worth an event to the port.
    void prepare(const TrainRequest& request, RunPort& port);
    RunFacts facts(const Json& spec) const;

  private:
    void read_data(const TrainRequest& request, RunPort& port, const std::optional<CheckpointModel>& start);
    void call_teacher(const TrainRequest& request, RunPort& port, const std::optional<CheckpointModel>& start);
    void build(const TrainRequest& request);
    void begin_from(CheckpointModel& start, const TrainRequest& request, RunPort& port);
};

}  // namespace gw
