#include "train/adapters.h"

#include <torch/torch.h>

#include "artifact/safetensors.h"
#include "train/start_weights.h"

namespace gw {

namespace {

Result<CheckpointModel> adapted(const fs::path& checkpoint) {
    auto loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    if (!lora_of(loaded.value().facts.spec))
        return Error{Error::Code::bad_spec,
                     "This checkpoint has no adapters",
                     "Only runs with start.train=lora have",
                     {"checkpoint " + checkpoint.string()}};
    return loaded;
}

}  // namespace

Status merge_checkpoint(const fs::path& checkpoint, const fs::path& into) {
    auto loaded = adapted(checkpoint);
    if (!loaded) return loaded.error();
    CheckpointModel& it = loaded.value();
    CheckpointFacts facts = it.facts;
    facts.spec["start"]["train"] = "all";
    Model merged = build_model(facts.spec, *it.tokenizer, it.model.compute, it.model.labels);
    if (Status copied = copy_weights(it, merged, /*with_head=*/true); !copied) return copied;
    const Json& optimizer_json = facts.spec.at("optimizer");
    const auto optimizer = find_kind(optimizers(), optimizer_json.at("kind"))->build(optimizer_json, *merged.bank);
    const auto saved = save_checkpoint(into, merged, *optimizer, facts);
    return saved ? Status() : Status(saved.error());
}

Status export_adapters(const fs::path& checkpoint, const fs::path& file) {
    auto loaded = adapted(checkpoint);
    if (!loaded) return loaded.error();
    const LoraShape lora = *lora_of(loaded.value().facts.spec);
    std::vector<torch::Tensor> alive;
    std::vector<TensorView> views;
    for (const Parameter& p : loaded.value().model.backbone->parameters()) {
        if (!p.name.ends_with("lora_a") && !p.name.ends_with("lora_b")) continue;
        alive.push_back(p.tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous());
        views.push_back({p.name, "F32", alive.back().sizes().vec(), alive.back().data_ptr<float>(),
                         static_cast<std::uint64_t>(alive.back().numel()) * sizeof(float)});
    }
    std::string projections;
    for (const std::string& name : lora.projections) projections += (projections.empty() ? "" : ",") + name;
    return write_safetensors(file, views,
                             {{"format", "pt"},
                              {"lora_rank", std::to_string(lora.rank)},
                              {"lora_alpha", Json(lora.alpha).dump()},
                              {"lora_projections", projections}});
}

}  // namespace gw
