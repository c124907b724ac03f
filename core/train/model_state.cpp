#include "train/model_state.h"

#include <torch/torch.h>

#include "artifact/checkpoint.h"
#include "artifact/safetensors.h"
#include "train/start.h"
#include "util/rng.h"

namespace gw {

namespace {

constexpr std::string_view backbone_prefix = "backbone.", head_prefix = "head.";

std::uint64_t seed_of(const Json& spec) { return static_cast<std::uint64_t>(spec.at("training").at("seed").get<std::int64_t>()); }

/// Tensors of one file, kept alive while their views are written.
struct Outgoing {
    std::vector<torch::Tensor> alive;
    std::vector<TensorView> views;

    void add(const std::string& name, const torch::Tensor& tensor) {
        alive.push_back(tensor.detach().to(torch::kCPU).contiguous());
        const torch::Tensor& t = alive.back();
        views.push_back({name, "F32", t.sizes().vec(), t.data_ptr<float>(), static_cast<std::uint64_t>(t.numel()) * sizeof(float)});
    }
};

Error misplaced(const std::string& what, const fs::path& file) {
    return {Error::Code::bad_data, what, "The checkpoint was made with another architecture; use the spec that lies beside it", {"file " + file.string()}};
}

/// Copies each wanted tensor from the file into place.
Status copy_in(const fs::path& path, const std::vector<std::pair<std::string, torch::Tensor>>& wanted) {
    Result<SafetensorsFile> file = SafetensorsFile::open(path);
    if (!file) return file.error();
    const torch::NoGradGuard no_grad;
    for (const auto& [name, target] : wanted) {
        const TensorView* found = file.value().find(name);
        if (!found) return misplaced("The tensor \"" + name + "\" is missing", path);
        if (found->dtype != "F32" || found->shape != target.sizes().vec()) return misplaced("The tensor \"" + name + "\" has another shape or type", path);
        torch::Tensor destination = target;
        destination.copy_(torch::from_blob(const_cast<void*>(found->data), target.sizes(), torch::kFloat32));
    }
    return {};
}

}  // namespace

Model build_model(const Json& spec, const Tokenizer& tokenizer, const Compute& compute, const LabelFacts& labels) {
    Model model;
    model.compute = compute;
    model.labels = labels;
    const Json& backbone = spec.at("backbone");
    const Json& objective = spec.at("objective");
    const ObjectiveKind& objective_kind = *find_kind(objectives(), objective.at("kind"));
    const BackboneInputs inputs{tokenizer.vocabulary(), objective_kind.causal, mix64(seed_of(spec), 1)};
    model.backbone = find_kind(backbones(), backbone.at("kind"))->build(backbone, inputs);
    if (const auto lora = lora_of(spec)) model.backbone->adapt(*lora, mix64(seed_of(spec), 3));
    model.objective = objective_kind.build(objective, ObjectiveInputs{model.backbone->facts(), tokenizer, mix64(seed_of(spec), 2), labels});
    Parameters all;
    for (const Parameter& p : model.backbone->parameters()) all.push_back({std::string(backbone_prefix) + p.name, p.tensor});
    for (const Parameter& p : model.objective->parameters()) all.push_back({std::string(head_prefix) + p.name, p.tensor});
    model.bank = std::make_unique<ParameterBank>(all, compute.device);
    return model;
}

Result<std::uint64_t> save_checkpoint(const fs::path& folder, Model& model, Optimizer& optimizer, const CheckpointFacts& facts) {
    if (!torch::isfinite(model.bank->weights()).all().item<bool>())
        return Error{Error::Code::diverged, "The weights are not finite any more, so no checkpoint was written", "Go back to an earlier checkpoint", {}};
    Outgoing backbone, head, state;
    for (const auto& entry : model.bank->entries()) {
        const bool of_head = entry.name.rfind(head_prefix, 0) == 0;
        const std::string name = entry.name.substr(of_head ? head_prefix.size() : backbone_prefix.size());
        (of_head ? head : backbone).add(name, model.bank->view(model.bank->weights(), entry));
        for (const auto& [kind, flat] : optimizer.state()) state.add(kind + "." + entry.name, model.bank->view(flat, entry));
    }
    std::uint64_t expected = 0;
    for (const Outgoing* part : {&backbone, &head, &state}) expected += safetensors_bytes(part->views);
    Result<CheckpointWriter> writer = CheckpointWriter::begin(folder, expected);
    if (!writer) return writer.error();
    for (const auto& [name, part] : {std::pair{"backbone.safetensors", &backbone}, {"head.safetensors", &head}, {"optimizer.safetensors", &state}})
        if (Status written = write_safetensors(writer.value().file(name), part->views, {{"format", "pt"}}); !written) return written.error();
    for (const auto& [name, json] : {std::pair{"state.json", &facts.state}, {"spec.json", &facts.spec}, {"tokenizer.json", &facts.tokenizer}})
        if (Status written = writer.value().add(name, json->dump(1)); !written) return written.error();
    return writer.value().commit();
}

Result<CheckpointFacts> read_checkpoint_facts(const fs::path& folder) {
    if (Status whole = verify_checkpoint(folder); !whole) return whole.error();
    CheckpointFacts facts;
    for (const auto& [name, target] : {std::pair{"state.json", &facts.state}, {"spec.json", &facts.spec}, {"tokenizer.json", &facts.tokenizer}}) {
        Result<std::string> text = read_file(folder / name);
        if (!text) return text.error();
        *target = Json::parse(text.value(), nullptr, /*allow_exceptions=*/false);
        if (target->is_discarded())
            return Error{Error::Code::bad_data, "The checkpoint's " + std::string(name) + " is not valid JSON", "Use another checkpoint", {folder.string()}};
    }
    return facts;
}

Status load_weights(const fs::path& folder, Model& model) {
    std::vector<std::pair<std::string, torch::Tensor>> backbone, head;
    for (const auto& entry : model.bank->entries()) {
        const bool of_head = entry.name.rfind(head_prefix, 0) == 0;
        const std::string name = entry.name.substr(of_head ? head_prefix.size() : backbone_prefix.size());
        (of_head ? head : backbone).emplace_back(name, model.bank->view(model.bank->weights(), entry));
    }
    if (Status copied = copy_in(folder / "backbone.safetensors", backbone); !copied) return copied;
    return copy_in(folder / "head.safetensors", head);
}

Status load_optimizer(const fs::path& folder, Model& model, Optimizer& optimizer) {
    std::vector<std::pair<std::string, torch::Tensor>> wanted;
    for (const auto& entry : model.bank->entries())
        for (const auto& [kind, flat] : optimizer.state()) wanted.emplace_back(kind + "." + entry.name, model.bank->view(flat, entry));
    return copy_in(folder / "optimizer.safetensors", wanted);
}

}  // namespace gw
