#include "study/sequence_judge.h"

#include <torch/types.h>

#include "adapt/checkpoint_model.h"
#include "data/prepare.h"
#include "eval/judge.h"
#include "eval/probes.h"
#include "eval/task_metrics.h"
#include "spec/sequence_task.h"
#include "util/text.h"

namespace gw {

struct SequenceJudge::Task {
    std::string name;
    PreparedData data;
    ExampleTable neighbours, held_out;
    std::int64_t examples = 0;
};

namespace {

Error interrupted() {
    return {Error::Code::cancelled, "Stopped before the end", "", {}};
}

/// The head that a model has for a task; null where it has none.
const Objective* head_for(const CheckpointModel& loaded, const std::string& task) {
    const auto own = sequence_task(loaded.facts.spec);
    if (!own) return nullptr;
    if (own->name == task) return loaded.model.objective.get();
    for (const OtherTask& other : loaded.model.others)
        if (other.facts.name == task) return &head_of(other, *loaded.model.objective);
    return nullptr;
}

FeatureSet features(const CheckpointModel& loaded, const PreparedData& data, Part part, const ExampleTable& table,
                    const std::stop_token& stop) {
    const Model& model = loaded.model;
    const auto rows = data.rows(part, model.backbone->facts().context);
    const auto examples = spread(table, 0);
    FeatureSet set{features_of(*model.backbone, *rows, examples, "mean", model.pass(false), model.compute.device,
                               model.units_at_once, {}, stop),
                   {},
                   {},
                   {}};
    if (!set.features_ND.defined()) throw Failure(interrupted());
    for (const Example* example : examples) {
        set.classes.push_back(example->classes.front());
        set.documents.push_back(example->row);
    }
    return set;
}

}  // namespace

SequenceJudge::SequenceJudge() = default;
SequenceJudge::SequenceJudge(SequenceJudge&&) noexcept = default;
SequenceJudge::~SequenceJudge() = default;

Result<SequenceJudge> SequenceJudge::make(const SequenceReading& reading, const std::vector<SequenceTask>& tasks,
                                          const Json& split, Part part, std::int64_t judged, const fs::path& cache,
                                          const ProgressFn& progress, std::stop_token stop) {
    SequenceJudge judge;
    judge.part_ = part;
    for (const SequenceTask& asked : tasks) {
        PrepareRequest ask{dataset_of(asked), split, reading.tokenizer, reading.state, false, cache, progress, stop};
        ask.input = reading.input;
        auto data = prepare_data(ask);
        if (!data) return Error(data.error()).at("task " + asked.name);
        auto task = std::make_unique<Task>();
        task->name = asked.name;
        task->data = std::move(data).value();
        const ExampleTable& train = task->data.train_examples;
        if (train.kind != LabelKind::one_class)
            return Error{Error::Code::bad_spec,
                         "A task of a sequence needs one class a text",
                         "Choose labelled data with dataset.labels=class",
                         {"task " + asked.name}};
        task->examples = train.size();
        task->neighbours = train.drawn(judged, 2);
        task->held_out = task->data.examples(part).drawn(judged, 1);
        if (train.classes.size() < 2 || task->held_out.size() == 0)
            return Error{Error::Code::bad_data,
                         "The task \"" + asked.name + "\" has " +
                             grouped(static_cast<std::int64_t>(train.classes.size())) + " classes and " +
                             grouped(task->held_out.size()) +
                             " held-out examples: two classes and one example are the least",
                         "Make larger groups of classes, or keep a larger part of the data for evaluation",
                         {"task " + asked.name}};
        judge.tasks_.push_back(std::move(task));
    }
    return judge;
}

std::int64_t SequenceJudge::examples(std::size_t task) const {
    return tasks_[task]->examples;
}

Result<SequenceMarks> SequenceJudge::marks(const fs::path& checkpoint, std::stop_token stop) const {
    auto loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    const Model& model = it.model;
    const auto its_task = sequence_task(it.facts.spec);
    const bool by_class = its_task && its_task->scenario == "class";
    SequenceMarks out;
    try {
        for (const auto& task : tasks_) {
            const FeatureSet known = features(it, task->data, Part::train, task->neighbours, stop),
                             asked = features(it, task->data, part_, task->held_out, stop);
            out.by_neighbours.push_back(
                task_metrics(knn_probe(known, asked, LabelKind::one_class, task->neighbours.classes)).at("accuracy"));
            const Objective* head = head_for(it, task->name);
            if (!head) {
                out.by_head.emplace_back();
                continue;
            }
            ExampleTable named = task->held_out;
            // A head that all tasks share numbers the classes of all of them.
            if (by_class)
                if (Status known = named.rename(it.model.labels.classes); !known) return known.error();
            const auto rows = task->data.rows(part_, model.backbone->facts().context);
            const Judged judged = judge(*model.backbone, *head, *rows, named, model.pass(false),
                                        {32, 0, model.compute.device, model.units_at_once}, {}, stop);
            if (judged.rows == 0) return interrupted();
            out.by_head.emplace_back(task_metrics(judged.predictions).at("accuracy"));
        }
    } catch (const Failure& failure) {
        return failure.error();
    }
    return out;
}

}  // namespace gw
