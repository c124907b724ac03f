#pragma once
#include "adapt/model_state.h"
#include "data/prepare.h"
#include "eval/generate.h"
#include "spec/settings.h"
#include "train/message/messages.h"

namespace gw {

/// Writes what a reader should see of a model: continuations of the prompts for a language model, filled masks for a
/// masked one and filled gaps for one that writes those, what it says of texts for one with labels, pictures of one
/// that draws. Without prompts the validation part of `data` serves. The same step and seed always write the same.
std::vector<SampleText> write_samples(const Model& model, const PreparedData& data, const SamplingSettings& settings,
                                      std::uint64_t seed, std::int64_t step, std::stop_token stop);

/// Continues `prompt`, or fills its masks; the whole text is returned, prompt included.
Result<std::string> write_text(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer,
                               const std::string& prompt, const SamplingOptions& options, const Pass& pass,
                               torch::Device device, std::stop_token stop);

}  // namespace gw
