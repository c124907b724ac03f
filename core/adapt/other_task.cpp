#include "adapt/other_task.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

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

/// False where the one is no head like the other.
bool copy_all(const Parameters& theirs, const Parameters& ours) {
    bool fits = theirs.size() == ours.size();
    for (std::size_t at = 0; fits && at < ours.size(); ++at)
        fits = theirs[at].name == ours[at].name && copy_grown(theirs[at].tensor, ours[at].tensor);
    return fits;
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
                       {"beside", task.beside},
                       {"shared", task.shared}});
    return out;
}

std::vector<TaskFacts> tasks_of(const Json& json) {
    std::vector<TaskFacts> out;
    if (!json.is_array()) return out;
    for (const Json& task : json)
        out.push_back({task.value("name", ""), task.value("dataset", Json::object()),
                       task.value("split", Json::object()), task.value("objective", Json::object()),
                       label_facts_of(task.value("labels", Json())), task.value("dataset_hash", ""),
                       task.value("beside", false), task.value("shared", false)});
    return out;
}

std::vector<OtherTask> heads_of(const std::vector<TaskFacts>& tasks, bool train_earlier, const ObjectiveInputs& inputs,
                                torch::Device device) {
    std::vector<OtherTask> out;
    for (const TaskFacts& facts : tasks) {
        if (facts.shared) {
            out.push_back({facts, false, nullptr});
            continue;
        }
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

const Objective& head_of(const OtherTask& task, const Objective& own) {
    return task.head ? *task.head : own;
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
        if (!tasks[i].head) continue;
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
    const bool shared = own->scenario != "task";
    for (TaskFacts& task : out) task.beside = false;
    out.push_back({own->name, spec.at("dataset"), spec.at("split"), spec.at("objective"),
                   label_facts_of(state.value("labels", Json())), state.value("dataset_hash", ""), false, shared});
    return out;
}

bool copy_grown(const torch::Tensor& theirs, const torch::Tensor& ours) {
    const torch::NoGradGuard no_grad;
    torch::Tensor into = ours;
    if (theirs.sizes() != ours.sizes()) {
        const bool rows = theirs.dim() > 0 && theirs.dim() == ours.dim() && theirs.size(0) < ours.size(0) &&
                          theirs.sizes().slice(1) == ours.sizes().slice(1);
        if (!rows) return false;
        into = ours.narrow(0, 0, theirs.size(0));
    }
    into.copy_(theirs);
    return true;
}

Status copy_task_heads(const CheckpointModel& from, Model& into) {
    const torch::NoGradGuard no_grad;
    const auto not_its_head = [](const std::string& task) {
        return Error{Error::Code::bad_data,
                     "The checkpoint's head of the task \"" + task + "\" is not the one that its state describes",
                     "Use another checkpoint",
                     {"field start.path"}};
    };
    const auto shared = std::find_if(into.others.begin(), into.others.end(),
                                     [](const OtherTask& task) { return task.facts.shared && !task.facts.beside; });
    if (shared != into.others.end() && !copy_all(all_of(*from.model.objective), all_of(*into.objective)))
        return not_its_head(shared->facts.name);
    for (std::size_t i = 0; i < into.others.size(); ++i) {
        if (into.others[i].facts.beside || into.others[i].facts.shared) continue;
        const bool carried = i < from.model.others.size();
        const Parameters theirs = all_of(carried ? *from.model.others[i].head : *from.model.objective),
                         ours = all_of(*into.others[i].head);
        if (!copy_all(theirs, ours)) return not_its_head(into.others[i].facts.name);
    }
    return {};
}

}  // namespace gw
