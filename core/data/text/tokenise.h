#pragma once
#include <array>
#include <deque>
#include <functional>
#include <memory>

#include "data/example_collector.h"
#include "data/leak_check.h"
#include "data/text/encoding_lane.h"
#include "data/text/shards.h"

namespace gw {

/// Text on its way to the shards of its part: it is encoded by several threads while more is read, and written in
/// order. What is held on the way does not grow with the text.
class Tokeniser {
  public:
    /// Writes `train`, `validation` and `test` with the ending .tokens into `folder`: the same for any number of
    /// `threads`; 0 = as many as there are processors.
    static Result<Tokeniser> create(const fs::path& folder, const Tokenizer& tokenizer, std::size_t threads = 0);
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
    /// Of a stretch of one document.
    struct Place {
        Part part;
        bool closes_document;
        bool begins_word = false;  ///< of a document with a class for each word
    };
    /// Stretches that are encoded together.
    struct Load {
        std::vector<Place> places;
        std::size_t bytes = 0;
    };
    Tokeniser(const Tokenizer& tokenizer, std::vector<ShardWriter> writers, std::size_t threads);
    Status wait_with(std::string text, Place place);
    Status send();
    Status write_oldest();
    const Tokenizer* tokenizer_;
    std::vector<ShardWriter> writers_;  ///< by Part
    std::vector<std::string> texts_;    ///< of `waiting_`
    Load waiting_;
    std::deque<Load> sent_;  ///< in the lane, in its order
    std::unique_ptr<EncodingLane> lane_;
    std::uint64_t encoded_bytes_ = 0;
    std::function<void(std::uint64_t bytes)> told_;
    std::array<std::int64_t, 3> written_{};  ///< tokens, by Part
    ExampleCollector collected_;
    std::array<std::size_t, 3> placed_{};  ///< how many of them have all their tokens
};

}  // namespace gw
