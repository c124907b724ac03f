#pragma once
#include <optional>

#include "adapt/model_state.h"
#include "data/prepare.h"

namespace gw {

/// A checkpoint brought to life on this machine, for looking, scoring and writing; never for training on.
struct CheckpointModel {
    CheckpointFacts facts;
    std::unique_ptr<Tokenizer> tokenizer;
    Model model;
    /// Where `compute` says, else as it was trained as far as this machine can: on the processor where that was asked
    /// for, with the threads that were asked for, and in the same precision on the same kind of device, so that it
    /// scores as it did then.
    static Result<CheckpointModel> load(const fs::path& checkpoint,
                                        const std::optional<Compute>& compute = std::nullopt);
    /// Asks for the data of `spec` (its own, or one that goes on from it) as this model reads it: by its tokenizer, in
    /// its size, with the classes of its head, and with captions where a kind of the spec needs them.
    PrepareRequest data_of(const Json& spec, const fs::path& cache, const ProgressFn& progress,
                           std::stop_token stop) const;
};

}  // namespace gw
