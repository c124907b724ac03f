#pragma once
#include <memory>
#include <vector>

#include "util/files.h"

namespace gw {

/// Reads one IDX file from its beginning to its end: two bytes 0, a type, the number of dimensions, each dimension as
/// four big-endian bytes, then the values in row-major order (LeCun, yann.lecun.com/exdb/mnist). Only unsigned bytes
/// (type 0x08) are read. A file that begins as gzip does (RFC 1952) is unpacked on the way; offsets in errors count
/// the unpacked bytes.
class IdxStream {
  public:
    /// Reads the header. The values that it promises are checked against the bytes that the file holds, or can hold
    /// when it is packed, so that no buffer is ever made by a header alone.
    static Result<IdxStream> open(const fs::path& path, const std::string& shown);
    IdxStream(IdxStream&&) noexcept;
    ~IdxStream();
    const std::vector<std::int64_t>& dimensions() const { return dimensions_; }
    /// Offset of the next byte.
    std::int64_t offset() const { return offset_; }
    /// The next `size` values; a file that ends before them is an error.
    Status read(std::uint8_t* into, std::size_t size);
    /// That nothing follows, and that the checksum of a packed file is right.
    Status finish();
    /// An error at a byte of this file.
    Error wrong(const std::string& message, const std::string& hint, std::int64_t offset) const;

  private:
    struct Unpacking;
    explicit IdxStream(std::string shown);
    Status read_header();
    /// Up to `size` bytes; fewer only at the end of the file.
    Result<std::size_t> take(std::uint8_t* into, std::size_t size);
    std::string shown_;
    MappedFile file_;
    std::unique_ptr<Unpacking> unpacking_;  ///< of a packed file, else null
    std::vector<std::int64_t> dimensions_;
    std::int64_t offset_ = 0;
};

}  // namespace gw
