#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "util/result.h"

namespace gw {

/// Streaming SHA-256.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::string_view bytes);
    /// Lower-case hex, 64 characters; the object is spent afterwards.
    std::string finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// SHA-256 of `bytes`, lower-case hex.
std::string sha256(std::string_view bytes);

/// A file's size in bytes and its SHA-256, read piece by piece so that a disk that fails is an error and not a signal.
struct FileHash {
    std::uint64_t bytes = 0;
    std::string sha256;
};
Result<FileHash> hash_file(const std::filesystem::path& path);

/// Hands a file's size and then its bytes, some MiB at a time, to a receiver, which returns false to end. Errors: it
/// cannot be read, is no regular file, or became shorter or longer meanwhile.
Status read_in_pieces(const std::filesystem::path& path, const std::function<void(std::uint64_t bytes)>& begin,
                      const std::function<bool(std::string_view piece)>& piece);

/// Streaming 64-bit checksum of much data: XXH64 of seed 0 (Y. Collet, https://xxhash.com), at the pace of memory. It
/// finds damage, not malice.
class Checksum64 {
  public:
    void add(std::string_view bytes);
    std::uint64_t value() const;

  private:
    void stripe(const char* bytes);
    std::uint64_t lanes_[4] = {0x60ea27eeadc0b5d6ULL, 0xc2b2ae3d27d4eb4fULL, 0, 0x61c8864e7a143579ULL};
    char waiting_[32] = {};
    std::size_t held_ = 0;  ///< bytes of it
    std::uint64_t total_ = 0;
};

/// 64-bit non-cryptographic hash (FNV-1a with a final mix) for sets and sharding; stable across platforms.
std::uint64_t hash64(std::string_view bytes);

/// Random (version 4) UUID in its 36-character text form.
std::string make_uuid();

}  // namespace gw
