#pragma once
#include <functional>
#include <stop_token>
#include <vector>

#include "eval/sampling.h"
#include "objective/objective.h"

namespace gw {

/// Draws one token from logits [V] (float32, CPU): softmax of logits / temperature, cut to the `top_k` likeliest and to
/// the smallest set that holds `top_p` of the probability. Ties break towards the lower id.
Token draw_token(const torch::Tensor& logits_V, const SamplingOptions& options, double uniform);

/// Continues `prompt` token by token; returns the new tokens alone. The model sees the last `context` tokens each time.
std::vector<Token> continue_tokens(Backbone& backbone, const Objective& objective, std::vector<Token> prompt,
                                   Token separator, const SamplingOptions& options, const Pass& pass,
                                   torch::Device device, std::stop_token stop);

/// Replaces each mask in `ids` by the likeliest token there, all at once.
std::vector<Token> fill_masks(Backbone& backbone, const Objective& objective, std::vector<Token> ids, Token mask,
                              const Pass& pass, torch::Device device);

}  // namespace gw
