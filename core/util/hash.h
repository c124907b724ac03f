#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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

/// 64-bit non-cryptographic hash (FNV-1a with a final mix) for sets and sharding; stable across platforms.
std::uint64_t hash64(std::string_view bytes);

/// Random (version 4) UUID in its 36-character text form.
std::string make_uuid();

}  // namespace gw
