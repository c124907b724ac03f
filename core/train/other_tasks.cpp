#include "train/other_tasks.h"

#include <torch/torch.h>

#include <algorithm>

#include "adapt/checkpoint_model.h"
#include "spec/sequence_task.h"
#include "spec/start.h"
#include "train/event_texts.h"
#include "train/prepared_run.h"
#include "train/rehearsal.h"
#include "train/task_check.h"

namespace gw {

namespace {

/// The data of a task, read as the run's own is.
std::unique_ptr<PreparedData> data_of(const TaskFacts& task, const TrainRequest& request, RunPort& port,
                                      const PreparedData& own) {
    PrepareRequest ask{
        task.dataset, task.split,       request.spec.at("tokenizer"), own.tokenizer->state(), false, request.cache,
        {},           port.stop_token()};
    ask.input = own.input;
    if (task.labels.kind != LabelKind::none) ask.labels = task.labels;
    ask.progress = [&](const std::string& phase, double fraction) {
        port.report(Progress{"preparing data", fraction, task.name + ": " + phase});
    };
    auto data = prepare_data(ask);
    if (!data) throw Failure(Error(data.error()).at("task " + task.name));
    if (!task.dataset_hash.empty() && data.value().dataset_hash != task.dataset_hash)
        throw Failure({Error::Code::bad_data,
                       "The data of the task \"" + task.name + "\" is not what was learnt from: it has changed since",
                       "Put the old files back, or go through the sequence again from its first task",
                       {"task " + task.name}});
    return std::make_unique<PreparedData>(std::move(data).value());
}

void settle(TaskFacts& task, const PreparedData& data, const PreparedData& own, std::int64_t context, RunPort& port) {
    if (data.train_examples.kind != own.train_examples.kind || data.train_examples.kind == LabelKind::none)
        throw Failure({Error::Code::bad_spec,
                       "The data of the task \"" + task.name + "\" is not labelled as the run's own is",
                       "Tasks of a sequence have one sort of labels",
                       {"task " + task.name}});
    task.labels = data.train_examples.facts();
    task.dataset_hash = data.dataset_hash;
    auto events = check_task(data, task.labels, context);
    if (!events) throw Failure(Error(events.error()).at("task " + task.name));
    for (Event& event : events.value()) {
        event.text = Phrase{say::of_task, {task.name, event.text}}.text();
        port.report(std::move(event));
    }
}

}  // namespace

OtherTasks other_tasks(const TrainRequest& request, RunPort& port, const CheckpointFacts* resumed,
                       const CheckpointModel* start, const PreparedData& own) {
    OtherTasks out;
    const Json& spec = request.spec;
    const auto settings = sequence_task(spec);
    if (!settings) return out;
    out.replays = settings->replay > 0;
    if (resumed) {
        out.facts = tasks_of(resumed->state.value("tasks", Json()));
    } else {
        if (const auto from = checkpoint_start(spec); start && !from->fresh && !settings->first)
            out.facts = earlier_tasks(start->facts.spec, start->facts.state);
        for (const TaskBeside& beside : tasks_beside(*settings))
            out.facts.push_back(
                {beside.name, beside.dataset, spec.at("split"), spec.at("objective"), {}, "", /*beside=*/true});
    }
    const std::int64_t context =
        find_kind(backbones(), spec.at("backbone").at("kind"))->size(spec.at("backbone"), own.input).context;
    for (TaskFacts& task : out.facts) {
        auto& data = out.data.emplace_back();
        if (!task.beside && !out.replays) continue;
        data = data_of(task, request, port, own);
        if (task.labels.kind == LabelKind::none) settle(task, *data, own, context, port);
    }
    return out;
}

void take_up_tasks(PreparedRun& ready, const TrainRequest& request) {
    const auto settings = sequence_task(request.spec);
    if (!settings) return;
    ready.holding = together(make_rehearsal(ready, request.spec, std::move(ready.others)),
                             holding_named(settings->hold, *ready.model.bank, settings->strength));
    if (!ready.holding) return;
    ready.model.held = ready.holding->state(*ready.model.bank);
    if (ready.resumed) return;
    const bool any_before = std::any_of(ready.model.others.begin(), ready.model.others.end(),
                                        [](const OtherTask& task) { return !task.facts.beside; });
    if (any_before) {
        load_held(checkpoint_start(request.spec)->path, ready.model).or_throw();
        if (!ready.holding->ended())
            throw Failure({Error::Code::bad_spec,
                           "The checkpoint does not say which weights mattered for the tasks before: its run did not "
                           "end with sequence.hold=" +
                               settings->hold,
                           "Set sequence.hold=none, or train every task of the sequence with it to its end",
                           {"field sequence.hold", "field start.path"}});
    }
    ready.holding->begin_task(*ready.model.bank);
}

void end_of_task(PreparedRun& ready) {
    if (!ready.holding) return;
    Model& model = ready.model;
    ready.holding->end_task(*model.bank, [&](const std::function<void()>& visit) {
        constexpr std::int64_t most = 200;
        // Of the model itself, without dropout.
        const Pass pass = model.pass(/*training=*/false);
        for (std::int64_t i = 0; i < std::min(most, ready.source->rows_per_epoch()); ++i) {
            model.bank->zero_gradients();
            const Batch batch = model.objective->feed(ready.source->batch(i, 1), 0).to(ready.compute.device);
            minimised(model.objective->loss(*model.backbone, batch, pass), {batch.counted, 1}).backward();
            visit();
        }
    });
    model.bank->zero_gradients();
}

}  // namespace gw
