#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/field.h"

namespace gw {

/// A metric's name, stored once for the whole process so that rows stay small. Equal names share one address.
std::string_view intern(std::string_view name);

struct Point {
    std::string_view metric;  ///< interned, e.g. "train/loss"
    double value;
};

/// All curves of one step together, so that thinning drops steps and never one of two interleaved curves.
struct MetricRow {
    std::int64_t step = 0;
    double seconds = 0;       ///< of training in this run, all segments, pauses left out
    std::int64_t tokens = 0;  ///< trained on so far
    std::vector<Point> points;
};

/// What the run is doing when it is not simply stepping.
struct Progress {
    std::string phase;     ///< "preparing data", "training", "evaluating", "saving", "sampling", "finished"
    double fraction = -1;  ///< of this phase; negative when unknown
    std::string detail;
};

struct SampleText {
    std::int64_t step = 0;
    std::string prompt, text;
    /// PNG; empty of texts. `prompt` says what is drawn in one word, and `text` in a sentence. Whoever keeps the run's
    /// record writes it to run_files::sample_picture(); it goes to no other process.
    std::string picture = {};
};

struct CheckpointSaved {
    std::int64_t step = 0, tokens = 0;
    std::string path;  ///< absolute
    std::uint64_t bytes = 0;
    double seconds = 0;  ///< it took to write, while training went on
    std::optional<double> validation_loss;
    bool best = false;
    std::vector<std::string> removed;  ///< older checkpoints that retention took away
    std::string metric;                ///< main metric that `score` is of; empty where nothing was judged
    std::optional<double> score;       ///< of the validation part, with these weights
    double stall = 0;                  ///< seconds that training stood still for its copy
};

/// Something worth a mark on the plots or a line in the log.
struct Event {
    std::int64_t step = 0;
    std::string kind;  ///< "leak", "save_failed", "warning", "alert" (what a person must know: store/notices.h),
                       ///< "resume", "knob", "early_stop", "rate", "note"
    std::string text;
};

/// Facts known once the data and the model exist.
struct RunFacts {
    std::int64_t parameters = 0, backbone_parameters = 0, trainable_parameters = 0, vocabulary = 0;
    std::int64_t total_steps = 0, tokens_per_step = 0;
    double steps_per_epoch = 0;  ///< that draw every window, or every example, once
    std::int64_t train_tokens = 0, validation_tokens = 0, validation_bytes = 0;
    std::string device, precision, dataset_hash, tokenizer_hash, libtorch_version;
    int threads = 0;
    std::optional<double> floor_nats_per_byte;  ///< of the data's source, where it is known
    std::optional<double> floor_loss;           ///< the same as a loss in nats per token of the validation split
    Json input = Json::object();  ///< what rows are made of (InputFacts): runs on pictures count those as tokens
    double flops_per_token = 0;   ///< forward and backward
    double clip = 0;              ///< gradient norm limit; 0 = none
    std::int64_t tokens_before =
        0;  ///< that the checkpoint it began from had been trained on, its own ancestors with it
    std::int64_t train_examples = 0, validation_examples = 0, test_examples = 0;  ///< of labelled data
    std::vector<std::string> classes;                                             ///< of labelled data
    std::string main_metric = "loss";  ///< that the run is judged by, of the objective's kind
    std::string unit = "tokens";       ///< what is counted: unit_of(InputFacts)
    bool language_model = false;       ///< the loss is a code length of the text
    Json read, leaks;  ///< what the data's files were taken for (ReadReport), and copies between parts (LeakReport)
};

/// How the values of a tensor are spread: counts in equal bins from `low` to `high`.
struct Histogram {
    std::int64_t step = 0;
    std::string kind;  ///< "weights", "gradients", "activations"
    std::string name;
    double low = 0, high = 0;
    std::vector<std::int64_t> counts;
};

/// The forms of the sentences in events and errors of a run, with %1, %2... in the place of values.
std::span<const char* const> run_texts();

using Message = std::variant<MetricRow, Progress, SampleText, CheckpointSaved, Event, RunFacts, Histogram>;

}  // namespace gw
