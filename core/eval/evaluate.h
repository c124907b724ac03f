#pragma once
#include <torch/types.h>

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "eval/world.h"
#include "objective/objective.h"

namespace gw {

struct EvaluationOptions {
    std::int64_t tokens = 0;  ///< at most about so many are scored, from the beginning of the stream; 0 = all
    double overlap = 0;       ///< share of the context that a window has in common with the one before it (scored once)
    std::int64_t rows = 16;   ///< windows a batch; the numbers are the same for any, to rounding
    torch::Device device = torch::kCPU;
    World* world = nullptr;  ///< whose processes share the look; null = this one alone
};

/// Means over the scored positions of a stream.
struct Evaluation {
    double loss = 0;                      ///< Measures::losses_N: nats per scored token
    std::optional<double> criterion;      ///< Measures::criterion_N, where training minimises something else
    std::map<std::string, double> parts;  ///< Measures::parts, by name
    double accuracy = 0;                  ///< share of scored tokens whose likeliest guess is right
    double bits_per_byte =
        0;  ///< of a language model: its nats for what was scored over the bytes of that text; 0 otherwise
    double nats_per_byte = 0;
    std::int64_t scored = 0;
    std::map<std::string, double> metrics(
        bool is_language_model) const;  ///< by name: loss, accuracy; perplexity, bits_per_byte; criterion
};

/// Scores a stream with the weights as they are. Every token but the first is scored exactly once, each with as much of
/// the context before it as its window holds; `overlap` > 0 gives all but the first window at least that share of the
/// context. Without overlap a backbone that carries a state is carried along: the stream lies in up to 32 lanes of at
/// least 8 windows, each of which begins from nothing once. The same stream and options always give the same number:
/// random choices are named by a window's place in the stream, and sums are taken in its order in float64. Shared by a
/// world every process gets the same numbers, which are those of one to rounding. An empty result (scored = 0) means
/// that `stop` came first, to any of them.
Evaluation evaluate(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer,
                    const TokenStream& stream, const Pass& pass, const EvaluationOptions& options,
                    const std::function<void(double fraction)>& progress, std::stop_token stop);

/// Adds what a batch was measured by to the sums by name: "loss", "criterion", "hits", and of parts "part/NAME". Values
/// are added one after another in float64, so that a sum does not depend on how they were cut into batches.
void add_measures(std::map<std::string, double>& sums, const Measures& found);
/// The means of the parts among such sums, over `count` values.
std::map<std::string, double> parts_of(const std::map<std::string, double>& sums, double count);

/// Bytes of text behind tokens [first, last) of a stream, as the tokenizer writes them; separators and masks stand for
/// none.
std::int64_t text_bytes(const Tokenizer& tokenizer, const TokenStream& stream, std::int64_t first, std::int64_t last);

}  // namespace gw
