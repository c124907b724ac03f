#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "util/descriptor.h"
#include "util/result.h"

namespace gw {

namespace fs = std::filesystem;

/// Read-only memory map of a whole file; an empty file maps to an empty span. Where a page cannot be read any more (the
/// disk fails, or somebody cuts the file short) zeros are read from there on instead of the program being ended by
/// SIGBUS; whoever has used the bytes asks intact() before trusting what came of them.
class MappedFile {
  public:
    /// Errors: there is none, it cannot be read, or it is no regular file (a pipe would block, a device has no end).
    static Result<MappedFile> open(const fs::path& path);
    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();
    std::span<const std::byte> bytes() const { return {data_, size_}; }
    std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }

    /// Whether a page could not be read. Costs one load, so that it can be asked after every row.
    bool failed() const;
    /// An error when a page could not be read, or the file has been written to since it was opened.
    Status intact() const;

  private:
    fs::path path_;
    Descriptor file_;
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
    int place_ = -1;               ///< among the watched maps
    std::int64_t changed_at_ = 0;  ///< nanoseconds, when it was opened
};

}  // namespace gw
