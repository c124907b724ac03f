#include "util/hash.h"

#include <openssl/evp.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <random>
#include <stdexcept>

#include "util/descriptor.h"
#include "util/io_error.h"
#include "util/rng.h"

namespace gw {

namespace {

constexpr char hex[] = "0123456789abcdef";

// Of XXH64, as its specification names them.
constexpr std::uint64_t prime_1 = 0x9e3779b185ebca87ULL, prime_2 = 0xc2b2ae3d27d4eb4fULL,
                        prime_3 = 0x165667b19e3779f9ULL, prime_4 = 0x85ebca77c2b2ae63ULL,
                        prime_5 = 0x27d4eb2f165667c5ULL;

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

Status read_in_pieces(const std::filesystem::path& path, const std::function<void(std::uint64_t bytes)>& begin,
                      const std::function<bool(std::string_view piece)>& piece) {
    constexpr std::size_t longest = 4 << 20;
    // Without O_NONBLOCK a pipe would be waited for here.
    const Descriptor file = open_file(path.c_str(), O_RDONLY | O_NONBLOCK);
    if (!file) return io_error("open", path, errno);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return io_error("read", path, errno);
    if (S_ISDIR(info.st_mode)) return io_error("read", path, EISDIR);
    if (!S_ISREG(info.st_mode))
        return Error{Error::Code::io,
                     "Cannot read " + path.string() + ": it is a pipe, a socket or a device, not a file",
                     "Choose a file, or write what it gives into one",
                     {}};
    const auto size = static_cast<std::uint64_t>(info.st_size);
    begin(size);
    std::string buffer(std::min<std::uint64_t>(longest, size + 1), '\0');
    std::uint64_t have = 0;
    for (;;) {
        const ssize_t count = file_layer().read(file.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return io_error("read", path, errno);
        if (count == 0) break;
        have += static_cast<std::uint64_t>(count);
        if (!piece({buffer.data(), static_cast<std::size_t>(count)})) return {};
    }
    if (have == size) return {};
    return Error{Error::Code::io,
                 "The file " + path.string() + " was written to while it was being read",
                 "Wait until nothing writes to it any more, then start again",
                 {}};
}

Result<FileHash> hash_file(const std::filesystem::path& path) {
    FileHash out;
    Sha256 hash;
    const Status read = read_in_pieces(
        path, [&](std::uint64_t bytes) { out.bytes = bytes; },
        [&](std::string_view piece) {
            hash.add(piece);
            return true;
        });
    if (!read) return read.error();
    out.sha256 = hash.finish();
    return out;
}

void Checksum64::stripe(const char* bytes) {
    for (std::uint64_t& lane : lanes_) {
        std::uint64_t word;
        std::memcpy(&word, bytes, sizeof word);
        lane = std::rotl(lane + word * prime_2, 31) * prime_1;
        bytes += sizeof word;
    }
}

void Checksum64::add(std::string_view bytes) {
    total_ += bytes.size();
    if (held_ > 0) {
        const std::size_t taken = std::min(sizeof waiting_ - held_, bytes.size());
        std::memcpy(waiting_ + held_, bytes.data(), taken);
        bytes.remove_prefix(taken);
        held_ += taken;
        if (held_ < sizeof waiting_) return;
        stripe(waiting_);
        held_ = 0;
    }
    for (; bytes.size() >= sizeof waiting_; bytes.remove_prefix(sizeof waiting_)) stripe(bytes.data());
    std::memcpy(waiting_, bytes.data(), bytes.size());
    held_ = bytes.size();
}

std::uint64_t Checksum64::value() const {
    std::uint64_t hash = prime_5;
    if (total_ >= sizeof waiting_) {
        hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) + std::rotl(lanes_[3], 18);
        for (const std::uint64_t lane : lanes_)
            hash = (hash ^ (std::rotl(lane * prime_2, 31) * prime_1)) * prime_1 + prime_4;
    }
    hash += total_;
    const char *at = waiting_, *end = waiting_ + held_;
    for (; end - at >= 8; at += 8) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        hash = std::rotl(hash ^ (std::rotl(word * prime_2, 31) * prime_1), 27) * prime_1 + prime_4;
    }
    if (end - at >= 4) {
        std::uint32_t word;
        std::memcpy(&word, at, sizeof word);
        hash = std::rotl(hash ^ (word * prime_1), 23) * prime_2 + prime_3;
        at += 4;
    }
    for (; at < end; ++at) hash = std::rotl(hash ^ (static_cast<unsigned char>(*at) * prime_5), 11) * prime_1;
    hash = (hash ^ (hash >> 33)) * prime_2;
    hash = (hash ^ (hash >> 29)) * prime_3;
    return hash ^ (hash >> 32);
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
