#pragma once
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "data/examples.h"
#include "data/split.h"
#include "data/token_stream.h"
#include "schema/kind.h"

namespace gw {

/// How much of the held-out text also stands, word for word, in the training text.
struct LeakReport {
    std::int64_t validation_checked = 0, validation_leaked = 0;
    std::int64_t test_checked = 0, test_leaked = 0;
    std::string example;  ///< first leaked text, shortened; empty if none
};

/// A dataset made ready for training: tokenizer, token streams, what is known of the data.
struct PreparedData {
    std::shared_ptr<const Tokenizer> tokenizer;
    TokenStream train, validation, test;
    ExampleTable train_examples, validation_examples, test_examples;  ///< empty unless the dataset is labelled
    std::string dataset_hash, tokenizer_hash;
    LeakReport leaks;
    std::optional<double> floor_nats_per_byte;             ///< expected, from the source's probabilities
    std::optional<double> validation_floor_nats_per_byte;  ///< of the very validation documents at hand
    bool from_cache = false;

    const TokenStream& stream(Part part) const { return part == Part::train ? train : part == Part::validation ? validation : test; }
    const ExampleTable& examples(Part part) const {
        return part == Part::train ? train_examples : part == Part::validation ? validation_examples : test_examples;
    }
};

struct PrepareRequest {
    Json dataset, split, tokenizer;      ///< sections of a spec, already checked
    std::optional<Json> tokenizer_state; ///< a tokenizer that exists already (resume, fine-tune): nothing is trained
    bool judge_only = false;             ///< all documents make the validation part, whatever `split` says; no training part is needed
    fs::path cache;                      ///< folder of token shards and trained tokenizers, shared between runs
    ProgressFn progress;
    std::stop_token stop;
    std::optional<LabelFacts> labels{};  ///< what a trained head was made for: its classes keep their order, and others are errors
};

/// Trains (or loads) the tokenizer, tokenises what is not yet in the cache, and opens the streams.
/// A second call with the same data and settings reads nothing but the fingerprint's files.
Result<PreparedData> prepare_data(const PrepareRequest& request);

}  // namespace gw
