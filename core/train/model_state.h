#pragma once
#include <memory>

#include "objective/objective.h"
#include "optim/optimizer.h"
#include "train/device.h"
#include "util/files.h"

namespace gw {

/// The trained whole: backbone, head, and the bank that holds both their weights.
struct Model {
    Compute compute;
    LabelFacts labels;  ///< what the head was made for
    std::unique_ptr<Backbone> backbone;
    std::unique_ptr<Objective> objective;
    std::unique_ptr<ParameterBank> bank;  ///< names begin with "backbone." or "head."
    Pass pass(bool training) const { return {compute.dtype, training}; }
};

/// Builds the model of a complete spec with its first weights, and with the adapters that it asks for. The tokenizer must outlive it.
Model build_model(const Json& spec, const Tokenizer& tokenizer, const Compute& compute, const LabelFacts& labels = {});

/// What a checkpoint holds besides tensors.
struct CheckpointFacts {
    Json spec;
    Json state;      ///< step, tokens, seconds, seed, sampler, schedule, hashes, best so far, labels
    Json tokenizer;  ///< Tokenizer::state()
};

/// Writes a complete checkpoint folder (backbone, head and optimizer apart, state, spec, tokenizer, manifest) atomically; returns
/// its size in bytes. Refuses to write weights that are not finite.
Result<std::uint64_t> save_checkpoint(const fs::path& folder, Model& model, Optimizer& optimizer, const CheckpointFacts& facts);

/// Verifies a checkpoint and reads its JSON parts.
Result<CheckpointFacts> read_checkpoint_facts(const fs::path& folder);

/// Copies weights into the model in place; every tensor must be there with its shape.
Status load_weights(const fs::path& folder, Model& model);

/// Copies the optimizer's state in place.
Status load_optimizer(const fs::path& folder, Model& model, Optimizer& optimizer);

}  // namespace gw
