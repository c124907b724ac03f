#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// The tokens of one part of a dataset, memory-mapped; documents stand one after another, each closed by the separator.
class TokenStream {
  public:
    TokenStream() = default;
    std::int64_t size() const { return size_; }    ///< tokens, separators included
    std::int64_t bytes() const { return bytes_; }  ///< bytes of text behind them (a separator stands for none)
    std::int64_t documents() const { return documents_; }
    /// Copies tokens [first, first + count) to `out`; the range must lie inside the stream. Throws where the file
    /// cannot be read any more or holds an id that its vocabulary has not, which on a GPU would end the whole process.
    void copy(std::int64_t first, std::int64_t count, Token* out) const;

  private:
    friend class ShardReader;
    std::shared_ptr<const MappedFile> file_;
    std::int64_t size_ = 0, bytes_ = 0, documents_ = 0;
    Token vocabulary_ = 0;
    int width_ = 2;  ///< bytes a token in the file: 2 below 65,536 ids, else 4
    std::size_t start_ = 0;
};

}  // namespace gw
