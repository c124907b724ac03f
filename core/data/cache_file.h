#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "util/descriptor.h"
#include "util/files.h"
#include "util/hash.h"

// What the files of the cache have in common: a header of fixed size, then values, little-endian and mapped as they
// are. A header is a plain struct that begins with `char magic[8]` and `std::uint32_t version` and ends with
// `std::uint64_t values, check`: checksums of what follows it and of itself.
namespace gw {

/// Writes such a file; without finish() it is none.
class CacheFileWriter {
  public:
    static Result<CacheFileWriter> create(const fs::path& path, std::size_t header_size);
    /// Values to be written; hand it over now and then.
    std::string& values() { return buffer_; }
    Status write_some();
    /// Writes the rest and the header, and syncs.
    Status finish(std::string_view header);
    template <class Header>
    Status finish(Header header) {
        if (Status status = flush(); !status) return status;
        header.values = checksum_.value();
        header.check = check_of(header);
        return finish(std::string_view(reinterpret_cast<const char*>(&header), sizeof header));
    }

    /// hash64 of all that stands before `check`.
    template <class Header>
    static std::uint64_t check_of(const Header& header) {
        return hash64({reinterpret_cast<const char*>(&header), offsetof(Header, check)});
    }

  private:
    CacheFileWriter(fs::path path, Descriptor file, std::size_t header)
        : path_(std::move(path)), file_(std::move(file)), unchecked_(header) {}
    Status flush();
    fs::path path_;
    Descriptor file_;
    std::string buffer_;
    std::size_t unchecked_;  ///< bytes of the header, whose place is written first
    Checksum64 checksum_;    ///< of the values
};

/// The error of a file that is not what was written; `what` begins with "it" or "its".
inline Error damaged_cache_file(const fs::path& path, const std::string& thing, const std::string& what) {
    return {Error::Code::bad_data,
            "The " + thing + " is damaged: " + what,
            "Delete it; it will be made again",
            {"file " + path.string()}};
}

/// The header of a mapped file; `like` has the magic and the version that it must have.
template <class Header>
Result<Header> read_cache_header(const fs::path& path, std::string_view bytes, const Header& like,
                                 const std::string& thing) {
    Header header;
    if (bytes.size() < sizeof header) return damaged_cache_file(path, thing, "it is cut short");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.magic, like.magic, sizeof header.magic) != 0 || header.version != like.version)
        return damaged_cache_file(path, thing, "it is of another kind or version");
    if (header.check != CacheFileWriter::check_of(header))
        return damaged_cache_file(path, thing, "its header does not add up");
    return header;
}

/// Whether what follows the header is what was written: reads all of it, at the pace of memory.
template <class Header>
Status check_cache_values(const fs::path& path, const MappedFile& map, const Header& header, const std::string& thing) {
    Checksum64 values;
    values.add(map.text().substr(sizeof header));
    if (Status whole = map.intact(); !whole) return whole;
    if (header.values != values.value()) return damaged_cache_file(path, thing, "its content does not add up");
    return {};
}

}  // namespace gw
