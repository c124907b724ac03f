#include "train/tasks/other_tasks.h"

#include <torch/types.h>

#include <algorithm>

#include "adapt/checkpoint_model.h"
#include "spec/sequence_task.h"
#include "spec/start.h"
#include "train/message/event_texts.h"
#include "train/prepared_run.h"
#include "train/tasks/rehearsal.h"
#include "train/tasks/task_check.h"
#include "util/text.h"

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

/// Of a head over all classes seen: each task brings classes of its own.
void need_other_classes(const LabelFacts& all, const LabelFacts& more, const std::string& task) {
    for (const std::string& name : more.classes)
        if (std::find(all.classes.begin(), all.classes.end(), name) != all.classes.end())
            throw Failure({Error::Code::bad_spec,
                           "The class \"" + name + "\" of task " + task + " is called as one of another task",
                           "Give the classes other names (dataset.classes), or set sequence.scenario to domain or task",
                           {"field sequence.scenario"}});
}

/// Puts classes behind those that are there, and counts their examples.
void add_classes(LabelFacts& all, const LabelFacts& more) {
    for (std::size_t i = 0; i < more.classes.size(); ++i) {
        const auto known = std::find(all.classes.begin(), all.classes.end(), more.classes[i]);
        const auto at = static_cast<std::size_t>(known - all.classes.begin());
        if (known == all.classes.end()) {
            all.classes.push_back(more.classes[i]);
            all.counts.push_back(0);
        }
        all.counts[at] += more.counts[i];
    }
    all.examples += more.examples;
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
        const bool shared = settings->scenario != "task";
        if (const auto from = checkpoint_start(spec); start && !from->fresh && !settings->first) {
            out.facts = earlier_tasks(start->facts.spec, start->facts.state);
            const auto before = sequence_task(start->facts.spec);
            if (before && before->scenario != settings->scenario)
                throw Failure({Error::Code::bad_spec,
                               "The task before was learnt with sequence.scenario=" + before->scenario + ", this one " +
                                   "is to be learnt with " + settings->scenario,
                               "Train every task of a sequence in the same scenario, or begin one with "
                               "sequence.first=true",
                               {"field sequence.scenario", "field start.path"}});
        }
        for (const TaskBeside& beside : tasks_beside(*settings))
            out.facts.push_back(
                {beside.name, beside.dataset, spec.at("split"), spec.at("objective"), {}, "", /*beside=*/true, shared});
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

void share_labels(PreparedRun& ready, const TrainRequest& request, const CheckpointModel* start) {
    const auto settings = sequence_task(request.spec);
    if (!settings || settings->scenario == "task" || ready.resumed) return;
    if (ready.labels.kind != LabelKind::one_class)
        throw Failure({Error::Code::bad_spec,
                       "Tasks that share a head need one class an example",
                       "Choose data with one class an example, or set sequence.scenario=task",
                       {"field sequence.scenario"}});
    OtherTasks& others = ready.others;
    if (settings->scenario == "domain") {
        for (const TaskFacts& task : others.facts)
            if (task.labels.classes.size() != ready.labels.classes.size())
                throw Failure(unlike_classes(task.name, task.labels.classes.size(), ready.labels.classes.size(),
                                             "sequence.scenario"));
        return;
    }
    LabelFacts all;
    all.kind = LabelKind::one_class;
    const bool before =
        std::any_of(others.facts.begin(), others.facts.end(), [](const TaskFacts& task) { return !task.beside; });
    if (before) add_classes(all, start->model.labels);
    need_other_classes(all, ready.labels, settings->name);
    add_classes(all, ready.labels);
    for (const TaskFacts& task : others.facts) {
        if (!task.beside) continue;
        need_other_classes(all, task.labels, task.name);
        add_classes(all, task.labels);
    }
    const auto by_all = [&](PreparedData& data) {
        for (const Part part : {Part::train, Part::validation, Part::test})
            if (Status named = data.examples(part).rename(all.classes); !named) throw Failure(named.error());
    };
    by_all(ready.data);
    ready.labels = all;
    for (std::size_t i = 0; i < others.facts.size(); ++i) {
        if (others.data[i]) by_all(*others.data[i]);
        others.facts[i].labels = all;
    }
}

void take_up_tasks(PreparedRun& ready, const TrainRequest& request) {
    const auto settings = sequence_task(request.spec);
    if (!settings) return;
    ready.holding = together(make_rehearsal(ready, request.spec, std::move(ready.others)),
                             holding_named(settings->hold, *ready.model.bank, settings->strength,
                                           /*with_head=*/settings->scenario != "task"));
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
