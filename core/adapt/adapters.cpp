#include "adapt/adapters.h"

#include <torch/types.h>

#include "adapt/start_weights.h"
#include "artifact/checkpoint.h"
#include "artifact/safetensors.h"
#include "util/hash.h"

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
    if (Status free = may_write_checkpoint(into); !free) return free;
    auto loaded = adapted(checkpoint);
    if (!loaded) return loaded.error();
    CheckpointModel& it = loaded.value();
    CheckpointFacts facts = it.facts;
    facts.spec["start"]["train"] = "all";
    // Heads of other tasks stay behind with the adapters that they were learnt with.
    facts.spec["sequence"] = {{"kind", "alone"}};
    facts.state.erase("tasks");
    Model merged = build_model(facts.spec, it.model.input, *it.tokenizer, it.model.compute, it.model.labels);
    if (Status copied = copy_weights(it, merged, /*with_head=*/true); !copied) return copied;
    const Json& optimizer_json = facts.spec.at("optimizer");
    const auto optimizer = find_kind(optimizers(), optimizer_json.at("kind"))->build(optimizer_json, *merged.bank);
    const fs::path place = absolute_path(into), aside = aside_of(place);
    const auto saved = save_checkpoint(aside, merged, {{merged.bank.get(), optimizer.get()}}, facts);
    if (!saved) return saved.error();
    Status placed = place_checkpoint(aside, place);
    std::error_code ignored;
    if (!placed) fs::remove_all(aside, ignored);
    return placed;
}

Status export_adapters(const fs::path& checkpoint, const fs::path& file, Existing existing) {
    if (Status free = may_write_file(file, existing); !free) return free;
    auto loaded = adapted(checkpoint);
    if (!loaded) return loaded.error();
    const LoraShape lora = *lora_of(loaded.value().facts.spec);
    std::vector<torch::Tensor> alive;
    std::vector<TensorView> views;
    for (const Parameter& p : loaded.value().model.backbone->parameters()) {
        if (!is_adapter(p.name)) continue;
        alive.push_back(p.tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous());
        views.push_back({p.name, "F32", alive.back().sizes().vec(), alive.back().data_ptr<float>(),
                         static_cast<std::uint64_t>(alive.back().numel()) * sizeof(float)});
    }
    std::string projections;
    for (const std::string& name : lora.projections) projections += (projections.empty() ? "" : ",") + name;
    const TensorMetadata metadata{{"format", "pt"},
                                  {"lora_rank", std::to_string(lora.rank)},
                                  {"lora_alpha", Json(lora.alpha).dump()},
                                  {"lora_projections", projections}};
    return write_named_file(
        file, [&](const fs::path& at) { return write_safetensors(at, views, metadata); }, existing);
}

}  // namespace gw
