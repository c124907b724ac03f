#include "util/hash.h"

#include <openssl/evp.h>

#include <array>
#include <random>
#include <stdexcept>

#include "util/rng.h"

namespace gw {

namespace {

constexpr char hex[] = "0123456789abcdef";

void require(int ok) {
    if (ok != 1) throw std::runtime_error("OpenSSL cannot compute a SHA-256");
}

}  // namespace

struct Sha256::Impl {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
    require(EVP_DigestInit_ex(impl_->context.get(), EVP_sha256(), nullptr));
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    require(EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()));
}

std::string Sha256::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(impl_->context.get(), digest.data(), &size));
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += hex[digest[i] >> 4];
        text += hex[digest[i] & 15];
    }
    return text;
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::uint64_t hash64(std::string_view bytes) {
    // FNV-1a, 64 bits (draft-eastlake-fnv); its low bits are weak, hence the mix.
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return mix64(hash);
}

std::string make_uuid() {
    std::random_device source;
    std::string text;
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
        unsigned nibble = source() & 15u;
        if (i == 12) nibble = 4;                  // version: random
        if (i == 16) nibble = 8 | (nibble & 3u);  // variant of RFC 4122
        text += hex[nibble];
    }
    return text;
}

}  // namespace gw
