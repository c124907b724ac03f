#include "adapt/other_task.h"

#include <torch/torch.h>

#include "adapt/checkpoint_model.h"
#include "spec/sequence_task.h"

namespace gw {

namespace {

/// What a head must find again: its weights, and what its kind calls state.
Parameters all_of(const Objective& head) {
    Parameters all = head.parameters();
    for (const Buffer& buffer : head.buffers())
        if (buffer.state) all.push_back({buffer.name, buffer.tensor});
    return all;
}

}  // namespace

Json to_json(const std::vector<TaskFacts>& tasks) {
    Json out = Json::array();
    for (const TaskFacts& task : tasks)
        out.push_back({{"name", task.name},
                       {"dataset", task.dataset},
                       {"split", task.split},
                       {"objective", task.objective},
                       {"labels", to_json(task.labels)},
                       {"dataset_hash", task.dataset_hash},
                       {"beside", task.beside}});
    return out;
}

std::vector<TaskFacts> tasks_of(const Json& json) {
    std::vector<TaskFacts> out;
    if (!json.is_array()) return out;
    for (const Json& task : json)
        out.push_back({task.value("name", ""), task.value("dataset", Json::object()),
                       task.value("split", Json::object()), task.value("objective", Json::object()),
                       label_facts_of(task.value("labels", Json())), task.value("dataset_hash", ""),
                       task.value("beside", false)});
    return out;
}

std::vector<OtherTask> heads_of(const std::vector<TaskFacts>& tasks, bool train_earlier, const ObjectiveInputs& inputs,
                                torch::Device device) {
    std::vector<OtherTask> out;
    for (const TaskFacts& facts : tasks) {
        ObjectiveInputs own = inputs;
        own.seed = mix64(inputs.seed, 1 + out.size());
        own.labels = facts.labels;
        const ObjectiveKind& kind = *find_kind(objectives(), facts.objective.at("kind"));
        OtherTask& task =
            out.emplace_back(OtherTask{facts, facts.beside || train_earlier, kind.build(facts.objective, own)});
        for (Buffer& buffer : task.head->buffers()) buffer.tensor.set_data(buffer.tensor.to(device));
        if (task.trained) continue;  // the bank moves what is trained
        for (const Parameter& parameter : task.head->parameters()) {
            torch::Tensor tensor = parameter.tensor;
            tensor.set_requires_grad(false);
            tensor.set_data(tensor.to(device));
        }
    }
    return out;
}

std::string task_weight(std::size_t number, const std::string& name) {
    return "task." + std::to_string(number) + "." + name;
}

Parameters trained_heads(const std::vector<OtherTask>& tasks) {
    Parameters out;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        if (tasks[i].trained)
            for (const Parameter& parameter : tasks[i].head->parameters())
                out.push_back({"head." + task_weight(i, parameter.name), parameter.tensor});
    return out;
}

Parameters resting_heads(const std::vector<OtherTask>& tasks) {
    Parameters out;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const std::size_t in_bank = tasks[i].trained ? tasks[i].head->parameters().size() : 0;
        const Parameters all = all_of(*tasks[i].head);
        for (std::size_t at = in_bank; at < all.size(); ++at)
            out.push_back({task_weight(i, all[at].name), all[at].tensor});
    }
    return out;
}

std::vector<TaskFacts> earlier_tasks(const Json& spec, const Json& state) {
    std::vector<TaskFacts> out;
    const auto own = sequence_task(spec);
    if (!own) return out;
    out = tasks_of(state.value("tasks", Json()));
    for (TaskFacts& task : out) task.beside = false;
    out.push_back({own->name, spec.at("dataset"), spec.at("split"), spec.at("objective"),
                   label_facts_of(state.value("labels", Json())), state.value("dataset_hash", ""), false});
    return out;
}

Status copy_task_heads(const CheckpointModel& from, Model& into) {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < into.others.size(); ++i) {
        if (into.others[i].facts.beside) continue;
        const bool carried = i < from.model.others.size();
        const Parameters theirs = all_of(carried ? *from.model.others[i].head : *from.model.objective),
                         ours = all_of(*into.others[i].head);
        bool fits = theirs.size() == ours.size();
        for (std::size_t at = 0; fits && at < ours.size(); ++at) {
            torch::Tensor destination = ours[at].tensor;
            fits = theirs[at].name == ours[at].name && theirs[at].tensor.sizes() == destination.sizes();
            if (fits) destination.copy_(theirs[at].tensor);
        }
        if (!fits)
            return Error{Error::Code::bad_data,
                         "The checkpoint's head of the task \"" + into.others[i].facts.name +
                             "\" is not the one that its state describes",
                         "Use another checkpoint",
                         {"field start.path"}};
    }
    return {};
}

}  // namespace gw
