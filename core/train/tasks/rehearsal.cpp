#include "train/tasks/rehearsal.h"

#include <torch/types.h>

#include <cmath>

#include "spec/sequence_task.h"
#include "spec/settings.h"
#include "train/prepared_run.h"
#include "train/step/dropout_stream.h"
#include "util/rng.h"

namespace gw {

namespace {

/// What keeps the draws of rehearsals apart from those of the run, which are named by the seed and the step as well.
constexpr std::uint64_t rehearsal_purpose = 0x72656865617273;

struct ShownTask {
    const Objective* head = nullptr;
    std::unique_ptr<PreparedData> data;
    ExampleTable examples;
    std::unique_ptr<ExampleRows> rows;
    std::unique_ptr<BatchSource> source;
    double share = 1;  ///< of the steps in which it is shown, of a task beside
};

class Rehearsal final : public Holding {
  public:
    Rehearsal(const PreparedRun& ready, const TrainingSettings& training)
        : ready_(ready),
          model_(ready.model),
          seed_(static_cast<std::uint64_t>(training.seed)),
          dropout_(ready.compute.device),
          step_(torch::zeros({1}, torch::kInt64)) {}

    void add(bool beside, std::unique_ptr<ShownTask> task) { (beside ? beside_ : earlier_).push_back(std::move(task)); }
    bool any() const { return !beside_.empty() || !earlier_.empty(); }

    void begin_task(ParameterBank&) override { step_.zero_(); }

    void before_update(ParameterBank&) override {
        const auto step = step_.item<std::int64_t>();
        dropout_.seed(mix64(seed_, rehearsal_purpose, static_cast<std::uint64_t>(step)));
        if (!earlier_.empty()) {
            const auto tasks = static_cast<std::int64_t>(earlier_.size());
            learn(*earlier_[static_cast<std::size_t>(step % tasks)], step / tasks);
        }
        for (const auto& task : beside_) {
            const double before = std::floor(static_cast<double>(step) * task->share),
                         after = std::floor(static_cast<double>(step + 1) * task->share);
            for (double batch = before; batch < after; ++batch) learn(*task, static_cast<std::int64_t>(batch));
        }
        step_.add_(1);
    }

    Parameters state(const ParameterBank&) override { return {{shown_so_far, step_}}; }

  private:
    /// Adds the gradients of the task's batch with this number.
    void learn(const ShownTask& task, std::int64_t number) {
        std::vector<Batch> batches;
        StepCounts counts;
        // As large a step as the run's own, which each process makes whole.
        const std::int64_t micro_batches = ready_.cut.number * ready_.processes;
        for (std::int64_t micro = 0; micro < micro_batches; ++micro) {
            const std::int64_t place = number * micro_batches + micro;
            const HostBatch rows = task.source->batch(place * ready_.cut.rows, ready_.cut.rows);
            batches.push_back(
                task.head->feed(rows, mix64(seed_, rehearsal_purpose, static_cast<std::uint64_t>(place))));
            counts.counted += batches.back().counted;
            counts.rows += rows.rows;
        }
        const Pass pass = dropout_.of(model_.pass(/*training=*/true));
        for (const Batch& batch : batches)
            minimised(task.head->loss(*model_.backbone, batch.to(model_.compute.device), pass), counts).backward();
    }

    const PreparedRun& ready_;
    const Model& model_;
    const std::uint64_t seed_;
    DropoutStream dropout_;
    torch::Tensor step_;  ///< of the run, as a checkpoint holds it
    std::vector<std::unique_ptr<ShownTask>> earlier_, beside_;
};

}  // namespace

std::unique_ptr<Holding> make_rehearsal(const PreparedRun& ready, const Json& spec, OtherTasks tasks) {
    const auto settings = sequence_task(spec);
    const auto training = settings_of<TrainingSettings>(spec, "training");
    const auto seed = static_cast<std::uint64_t>(training.seed);
    auto rehearsal = std::make_unique<Rehearsal>(ready, training);
    const std::int64_t context = ready.model.backbone->facts().context;
    for (std::size_t i = 0; i < tasks.facts.size(); ++i) {
        if (!tasks.data[i]) continue;
        const bool beside = tasks.facts[i].beside;
        auto task = std::make_unique<ShownTask>();
        task->head = &head_of(ready.model.others[i], *ready.model.objective);
        task->data = std::move(tasks.data[i]);
        task->examples = beside ? task->data->train_examples : task->data->train_examples.drawn(settings->replay, seed);
        task->rows = task->data->rows(Part::train, context);
        task->source = example_source(*task->rows, task->examples, mix64(seed, rehearsal_purpose, i),
                                      ready.model.augmentation.get());
        task->share = static_cast<double>(task->examples.size()) / static_cast<double>(ready.source->rows_per_epoch());
        rehearsal->add(beside, std::move(task));
    }
    if (!rehearsal->any()) return nullptr;
    return rehearsal;
}

}  // namespace gw
