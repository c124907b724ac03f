#pragma once
#include <array>
#include <memory>

#include "data/cache_file.h"
#include "data/images/picture.h"

namespace gw {

/// The pictures of one part of a dataset, memory-mapped; all are of one size.
class PictureStore {
  public:
    PictureStore() = default;
    /// Opens what PictureWriter has written. A file that is cut short or of another version is an error.
    static Result<PictureStore> open(const fs::path& path);
    std::int64_t size() const { return size_; }
    /// Of every picture, without pixels.
    const Picture& shape() const { return shape_; }
    /// `index` in [0, size()), else this throws. Who has copied its pixels asks require_read().
    Picture at(std::int64_t index) const;
    /// Throws where the file could not be read any more and zeros stood there instead.
    void require_read() const;
    /// Of all values of each channel, in 0..1.
    const std::vector<double>& mean() const { return mean_; }
    const std::vector<double>& deviation() const { return deviation_; }

  private:
    std::shared_ptr<const MappedFile> file_;
    Picture shape_;
    std::int64_t size_ = 0;
    std::size_t start_ = 0;
    std::vector<double> mean_, deviation_;
};

/// Writes the pictures of one part: a checked header with the sums of each channel, then the bytes of picture after
/// picture.
class PictureWriter {
  public:
    static Result<PictureWriter> create(const fs::path& path);
    /// The first decides the size of all: another size is an error, whose place the caller knows.
    Status add(const Picture& picture);
    std::int64_t size() const { return size_; }
    /// Writes the header and syncs; without it the file is no store.
    Status finish();

    /// Channels that a picture can have.
    static constexpr std::int64_t most_channels = 4;

  private:
    explicit PictureWriter(CacheFileWriter file) : file_(std::move(file)) {}
    CacheFileWriter file_;
    Picture shape_;
    std::int64_t size_ = 0;
    std::array<std::uint64_t, most_channels> sums_{}, squares_{};  ///< of bytes, exact
};

}  // namespace gw
