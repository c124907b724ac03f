#pragma once
#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "eval/sampling.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// Continues `prompt` with the model of a checkpoint folder (verified first). For a masked model: fills each "[MASK]" in the prompt.
Result<std::string> sample_checkpoint(const fs::path& checkpoint, const std::string& prompt, const SamplingOptions& options);

/// Metrics over a whole part ("validation" or "test") of the data that the checkpoint's own spec names, or of other text
/// (`data`: paths read as text_files, all of it): loss, perplexity, bits_per_byte, accuracy, tokens, bytes.
Result<std::map<std::string, double>> evaluate_checkpoint(const fs::path& checkpoint, const std::string& part, const std::vector<std::string>& data,
                                                          const fs::path& cache, const ProgressFn& progress, std::stop_token stop);

}  // namespace gw
