#pragma once
#include "train/model_state.h"

namespace gw {

/// A checkpoint brought to life on this machine, for looking, scoring and writing; never for training on.
struct CheckpointModel {
    CheckpointFacts facts;
    std::unique_ptr<Tokenizer> tokenizer;
    Model model;
    static Result<CheckpointModel> load(const fs::path& checkpoint);
};

}  // namespace gw
