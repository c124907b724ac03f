#pragma once
#include <torch/types.h>

#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "objective/objective.h"

namespace gw {

struct EvaluationOptions {
    std::int64_t tokens = 0;    ///< at most about so many are scored, from the beginning of the stream; 0 = all
    double overlap = 0;         ///< share of the context that a window has in common with the one before it (scored once)
    std::int64_t rows = 16;     ///< windows a batch
    torch::Device device = torch::kCPU;
};

/// Means over the scored positions of a stream.
struct Evaluation {
    double loss = 0;                  ///< nats per scored token
    double accuracy = 0;              ///< share of scored tokens whose likeliest guess is right
    double bits_per_byte = 0;         ///< of a language model; 0 otherwise
    double nats_per_byte = 0;
    std::int64_t scored = 0;
    std::map<std::string, double> metrics(bool is_language_model) const;  ///< by name: loss, perplexity, bits_per_byte, accuracy
};

/// Scores a stream with the weights as they are. Every token but the first is scored exactly once, each with as much of the
/// context before it as its window holds; `overlap` > 0 gives all but the first window at least that share of the context.
/// The same stream and options always give the same number. An empty result (scored = 0) means that `stop` came first.
Evaluation evaluate(Backbone& backbone, const Objective& objective, const TokenStream& stream, const Pass& pass, const EvaluationOptions& options,
                    const std::function<void(double fraction)>& progress, std::stop_token stop);

}  // namespace gw
