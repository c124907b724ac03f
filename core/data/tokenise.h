#pragma once
#include <array>

#include "data/leak_check.h"
#include "data/shards.h"

namespace gw {

/// Text on its way to the shards of its part: batches are encoded in parallel and written in order.
class Tokeniser {
  public:
    /// Writes `train`, `validation` and `test` with the ending .tokens into `folder`.
    static Result<Tokeniser> create(const fs::path& folder, const Tokenizer& tokenizer);
    /// Appends a document (or the piece of one that lies in this part), which the separator closes.
    Status add(Part part, std::string_view text);
    Status finish();

  private:
    /// A stretch of one document.
    struct Unit {
        Part part;
        std::string text;
        bool closes_document;
    };
    Tokeniser(const Tokenizer& tokenizer, std::vector<ShardWriter> writers);
    Status encode_waiting();
    const Tokenizer* tokenizer_;
    std::vector<ShardWriter> writers_;  ///< by Part
    std::vector<Unit> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::size_t threads_;
};

const char* part_name(Part part);

}  // namespace gw
