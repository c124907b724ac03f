#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "data/cache_file.h"

namespace gw {

/// The values of all series of a dataset, or of all rows of its tables, one behind the other, memory-mapped: float64
/// [rows, columns].
class ValueStore {
  public:
    ValueStore() = default;
    /// Opens what ValueWriter has written. A file that is cut short or of another version is an error.
    static Result<ValueStore> open(const fs::path& path);
    std::int64_t rows() const { return rows_; }
    std::int64_t columns() const { return columns_; }
    /// The values of `count` rows from `first` on, row by row; throws where there are not so many. Who has copied them
    /// asks require_read().
    std::span<const double> at(std::int64_t first, std::int64_t count) const;
    /// Throws where the file could not be read any more and zeros stood there instead.
    void require_read() const;

  private:
    std::shared_ptr<const MappedFile> file_;
    std::int64_t rows_ = 0, columns_ = 0;
};

/// Writes them row by row; without finish() the file is no store.
class ValueWriter {
  public:
    static Result<ValueWriter> create(const fs::path& path);
    /// The first decides how many columns there are.
    Status add(std::span<const double> values);
    std::int64_t rows() const { return rows_; }
    Status finish();

  private:
    explicit ValueWriter(CacheFileWriter file) : file_(std::move(file)) {}
    CacheFileWriter file_;
    std::int64_t rows_ = 0, columns_ = 0;
};

}  // namespace gw
