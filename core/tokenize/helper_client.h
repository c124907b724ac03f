#pragma once
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tokenize/tokenizer.h"
#include "util/files.h"
#include "util/subprocess.h"

namespace gw {

/// What a SentencePiece model holds, enough to decode without the helper.
struct PieceTable {
    enum Type {
        normal = 1,
        unknown = 2,
        control = 3,
        user_defined = 4,
        unused = 5,
        byte = 6
    };  ///< as in sentencepiece_model.proto
    std::vector<std::string> pieces;
    std::vector<int> types;
    bool prefix = false;  ///< the model puts a space before every text
};

/// The table as JSON holds it, {"pieces": base64, "types", "prefix"}; nothing where it cannot be used: a type that is
/// none, a byte piece that names no byte, lists of different lengths.
std::optional<PieceTable> piece_table(const Json& facts);

/// The helper program: $GROUNDWORK_TOKENIZER, beside this program, or in bin/ of its installation.
fs::path helper_program();

/// Trains a SentencePiece model in the helper and returns its bytes. `settings` are trainer options by SentencePiece's
/// own names.
Result<std::string> train_in_helper(const Json& settings, const TokenizerInputs& inputs, std::uint64_t memory_limit);

/// Encodes with one SentencePiece model, in as many helpers as there are callers at once (up to the number of cores),
/// started when needed.
class EncoderPool {
  public:
    explicit EncoderPool(std::string model);
    ~EncoderPool();
    /// Starts the first helper; errors when the model cannot be read.
    Result<PieceTable> table();
    /// Ids of each text. Safe from several threads.
    Result<std::vector<std::vector<Token>>> encode(std::span<const std::string_view> texts);

  private:
    Result<std::vector<std::vector<Token>>> encode_some(std::span<const std::string_view> texts);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw
