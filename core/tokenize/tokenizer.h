#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "schema/kind.h"

namespace gw {

using Token = std::int32_t;

/// Turns text into token ids and back. Const calls are safe from several threads.
/// Every tokenizer has two special tokens that no text encodes to: the document separator and the mask.
class Tokenizer {
  public:
    virtual ~Tokenizer() = default;
    virtual std::string kind() const = 0;
    /// Number of ids, specials included; all ids lie in [0, vocabulary()).
    virtual Token vocabulary() const = 0;
    virtual Token separator() const = 0;
    virtual Token mask() const = 0;
    /// Appends the ids of `text` (well-formed UTF-8) to `out`; adds no specials.
    virtual Status encode(std::string_view text, std::vector<Token>& out) const = 0;
    /// Appends the ids of several texts, each to its own list; the same ids as encode() one by one, for less where
    /// calls cost much.
    virtual Status encode_each(std::span<const std::string_view> texts, std::vector<std::vector<Token>>& out) const;
    /// Whether a text cut after a line end encodes to the same ids as the whole, so that long documents can be encoded
    /// in parallel.
    virtual bool cuts_at_line_ends() const { return true; }
    /// The same of a text that is cut before a space behind something else.
    virtual bool cuts_before_spaces() const { return false; }
    /// Text of `ids`; the separator becomes a blank line, the mask "[MASK]". Unknown ids are skipped.
    virtual std::string decode(std::span<const Token> ids) const = 0;
    /// One id as a person should see it (a piece, a character), never empty.
    virtual std::string piece(Token id) const = 0;
    /// Whether a word begins at this id when the id before it is `previous` (for whole-word masking).
    virtual bool starts_word(Token previous, Token id) const = 0;
    /// Whether an id stands for text that no learnt piece covers: a single byte of a character, or "unknown".
    virtual bool is_fallback(Token id) const {
        (void)id;
        return false;
    }
    /// Everything needed to rebuild it without the data it was made from, as JSON (binary as base64).
    virtual Json state() const = 0;
    /// SHA-256 of state(): binds token shards and checkpoints to this tokenizer.
    std::string hash() const;
};

/// Progress of a long preparation: what is done, and how far (0..1, negative when unknown).
using ProgressFn = std::function<void(const std::string& phase, double fraction)>;

/// What a tokenizer may learn from: the training text, piece by piece (documents). Calls the sink for each until it
/// returns false.
using TextSource = std::function<Status(const std::function<bool(std::string_view)>&)>;

struct TokenizerInputs {
    TextSource text;  ///< training documents only
    ProgressFn progress;
    std::stop_token stop;  ///< a stopped build gives Error::Code::cancelled
};

/// How many ids a tokenizer will have, as far as its settings tell before it has seen its text.
struct ExpectedVocabulary {
    std::int64_t ids = 0;
    bool exact = false;
};

/// Files of another program that a tokenizer can be loaded from.
struct ForeignTokenizer {
    std::string ending;                                    ///< of their names: ".model"
    std::function<Json(const std::string& path)> section;  ///< settings that load such a file
};

struct TokenizerKind : Kind<Result<std::unique_ptr<Tokenizer>>, const TokenizerInputs&> {
    std::function<ExpectedVocabulary(const Json& settings)> expects;
    /// Rebuilds one from its state(). Throws Json::exception on a state that it did not write.
    std::function<Result<std::unique_ptr<Tokenizer>>(const Json& state)> from_state;
    std::optional<ForeignTokenizer> foreign;
    bool usually_trained = false;  ///< what "make a tokenizer from this text" means unless another kind is named
};

/// All tokenizer kinds, in the order people see them.
std::span<const TokenizerKind> tokenizers();

/// Rebuilds a tokenizer from state().
Result<std::unique_ptr<Tokenizer>> tokenizer_from_state(const Json& state);

}  // namespace gw
