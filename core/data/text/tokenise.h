#pragma once
#include <array>
#include <functional>

#include "data/example_collector.h"
#include "data/leak_check.h"
#include "data/text/shards.h"

namespace gw {

/// Text on its way to the shards of its part: batches are encoded in parallel and written in order.
class Tokeniser {
  public:
    /// Writes `train`, `validation` and `test` with the ending .tokens into `folder`.
    static Result<Tokeniser> create(const fs::path& folder, const Tokenizer& tokenizer);
    /// Appends a document (or the piece of one that lies in this part), which the separator closes.
    Status add(Part part, std::string_view text);
    /// Appends a whole document as an example: a labelled one, or the caption of the picture with this number.
    Status add(Part part, std::string_view text, const Document& document, std::int64_t picture = -1);
    Status finish();
    /// Is told, batch by batch, how many bytes are encoded: documents may be long.
    void on_encoded(std::function<void(std::uint64_t bytes)> told) { told_ = std::move(told); }
    /// What was added with labels. Complete after finish().
    const ExampleCollector& examples() const { return collected_; }

  private:
    /// A stretch of one document.
    struct Unit {
        Part part;
        std::string text;
        bool closes_document;
        bool begins_word = false;  ///< of a document with a class for each word
    };
    Tokeniser(const Tokenizer& tokenizer, std::vector<ShardWriter> writers);
    Status encode_waiting();
    const Tokenizer* tokenizer_;
    std::vector<ShardWriter> writers_;  ///< by Part
    std::vector<Unit> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::uint64_t encoded_bytes_ = 0;
    std::function<void(std::uint64_t bytes)> told_;
    std::size_t threads_;
    std::array<std::int64_t, 3> written_{};  ///< tokens, by Part
    ExampleCollector collected_;
    std::array<std::size_t, 3> placed_{};  ///< how many of them have all their tokens
};

}  // namespace gw
