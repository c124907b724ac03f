#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "eval/sampling.h"
#include "tokenize/tokenizer.h"
#include "train/score.h"
#include "util/files.h"

namespace gw {

/// Continues `prompt` with the model of a checkpoint folder (verified first). For a masked model: fills each "[MASK]" in the prompt.
Result<std::string> sample_checkpoint(const fs::path& checkpoint, const std::string& prompt, const SamplingOptions& options);

/// Scores a whole part ("validation" or "test") of the data that the checkpoint's own spec names, or of other data of the same form
/// (`data`: paths, all of it; text without labels is read as text_files). A part of nothing is an error.
Result<Score> score_checkpoint(const fs::path& checkpoint, const std::string& part, const std::vector<std::string>& data, const fs::path& cache,
                               const ProgressFn& progress, std::stop_token stop);

/// What a checkpoint with a labelled objective says of texts.
Result<std::vector<std::string>> tell_checkpoint(const fs::path& checkpoint, const std::vector<std::string>& texts);

}  // namespace gw
