#pragma once
#include <vector>

#include "data/cache_file.h"
#include "data/text/token_stream.h"

namespace gw {

/// Writes the tokens of one part of a dataset to a file: a checked header, then 2 or 4 bytes a token.
class ShardWriter {
  public:
    /// `vocabulary` decides the width: 2 bytes a token up to 65,536 ids, else 4.
    static Result<ShardWriter> create(const fs::path& path, Token vocabulary);
    Status add(const std::vector<Token>& tokens);
    void count(std::int64_t bytes, std::int64_t documents);
    /// Writes the header and syncs; without it the file is no shard.
    Status finish();

  private:
    ShardWriter(CacheFileWriter file, int width) : file_(std::move(file)), width_(width) {}
    CacheFileWriter file_;
    int width_;
    std::int64_t size_ = 0, bytes_ = 0, documents_ = 0;
    Token largest_ = -1;
};

/// Opens what ShardWriter has written. A file that is cut short, of another version, or with an id outside the
/// vocabulary is an error.
class ShardReader {
  public:
    static Result<TokenStream> open(const fs::path& path, Token vocabulary);
};

}  // namespace gw
