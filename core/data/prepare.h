#pragma once
#include <array>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "data/batch_source.h"
#include "data/dataset.h"
#include "data/split.h"
#include "data/text/token_stream.h"
#include "data/value_store.h"
#include "schema/kind.h"

namespace gw {

/// How much of the held-out text also stands in a part that is learnt from or chosen by.
struct LeakReport {
    /// Of one held-out part against another part.
    struct Pair {
        std::string held_out, within;  ///< "validation" in "train", "test" in "train", "test" in "validation"
        std::int64_t checked = 0;      ///< texts (or lines of long ones) of the held-out part that were looked for
        std::int64_t exact = 0;        ///< of these stand word for word, or pixel for pixel, in the other part
        std::int64_t near = 0;         ///< of these differ from one there by case, white space, punctuation or the form
                                       ///< of characters alone; pictures by brightness, contrast or compression
        std::string example, example_within;  ///< the first of them and its like, shortened; empty if none
        FilePlace example_at, example_within_at;
    };
    std::vector<Pair> pairs;
    bool pictures = false;                   ///< of pictures
    double looked_at = 1;                    ///< share of the texts that was compared: below 1 for very many of them
    std::int64_t conflicts = 0;              ///< texts that stand several times in the data with different labels
    std::string conflict_example;            ///< the first of them, shortened
    std::vector<FilePlace> conflict_places;  ///< its first two places
    const Pair* pair(const std::string& held_out, const std::string& within) const;
};
Json to_json(const LeakReport& report);
LeakReport leak_report_of(const Json& json);
/// One sentence for each pair with copies, and one for conflicting labels; empty when there is nothing to tell.
std::vector<std::string> leak_texts(const LeakReport& report);

/// A dataset made ready for training: tokenizer, token streams, what is known of the data.
struct PreparedData {
    std::shared_ptr<const Tokenizer> tokenizer;
    InputFacts input;                        ///< what its rows are made of
    bool captions = false;                   ///< of pictures: a row holds the tokens of its caption too
    TokenStream train, validation, test;     ///< of text; of captions, where they are asked for
    std::array<PictureStore, 3> pictures;    ///< of pictures, by Part
    ValueStore values;                       ///< of series and tables: those of all parts
    std::vector<TableColumn> table_columns;  ///< of tables: what their values mean
    /// Of labelled data and of what is one thing a row: pictures, windows of series, rows of tables; else empty.
    ExampleTable train_examples, validation_examples, test_examples;
    std::string dataset_hash, tokenizer_hash;
    LeakReport leaks;
    ReadReport read;                                       ///< the same from the cache as from the files
    std::optional<double> floor_nats_per_byte;             ///< expected, from the source's probabilities
    std::optional<double> validation_floor_nats_per_byte;  ///< of the very validation documents at hand
    bool from_cache = false;

    const TokenStream& stream(Part part) const {
        return part == Part::train ? train : part == Part::validation ? validation : test;
    }
    const ExampleTable& examples(Part part) const {
        return part == Part::train ? train_examples : part == Part::validation ? validation_examples : test_examples;
    }
    ExampleTable& examples(Part part) { return const_cast<ExampleTable&>(std::as_const(*this).examples(part)); }
    /// Tokens, pictures, windows or rows of a part.
    std::int64_t units(Part part) const {
        if (input.series || input.table) return examples(part).size();
        return input.image ? pictures[static_cast<std::size_t>(part)].size() : stream(part).size();
    }
    /// Whether an objective that learns from such labels is fed examples one by one: labelled texts, pictures, windows,
    /// rows.
    bool feeds_examples(LabelKind learnt) const { return input.is_one_thing() || learnt != LabelKind::none; }
    /// Makes rows of the examples of a part; a text is read as far as `longest` tokens. This must outlive it,
    /// and stay where it is.
    std::unique_ptr<ExampleRows> rows(Part part, std::int64_t longest) const;
    /// Of a row of a table, or of the last row that a window looks back at, what it holds, for people; empty of others.
    std::string row_text(const Example& example) const;
};

struct PrepareRequest {
    Json dataset, split, tokenizer;       ///< sections of a spec, already checked
    std::optional<Json> tokenizer_state;  ///< a tokenizer that exists already (resume, fine-tune): nothing is trained
    bool judge_only =
        false;       ///< all documents make the validation part, whatever `split` says; no training part is needed
    fs::path cache;  ///< folder of token shards and trained tokenizers, shared between runs
    ProgressFn progress;
    std::stop_token stop;
    std::optional<LabelFacts>
        labels{};  ///< what a trained head was made for: its classes keep their order, and others are errors
    std::optional<InputFacts> input{};  ///< what a trained backbone was made for: pictures of another size are errors
    /// Of pictures: rows hold the tokens of their captions too. A picture without one is an error.
    bool captions = false;
};

/// Trains (or loads) the tokenizer, tokenises what is not yet in the cache, and opens the streams.
/// A second call with the same data and settings reads nothing but the fingerprint's files.
Result<PreparedData> prepare_data(const PrepareRequest& request);

/// Whether a checkpoint's state was made from this very data: the same content, read in the same way
/// (ReadReport::reading).
bool is_data_of(const Json& state, const PreparedData& data);

}  // namespace gw
