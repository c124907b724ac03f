#pragma once
#include <cstring>

#include "util/hash.h"

namespace gw::fuzz {

/// A file of the cache whose two sums, the last words of its header, are those of its content.
inline std::string sealed(std::string_view input, std::size_t header) {
    std::string bytes(input);
    if (bytes.size() < header) return bytes;
    Checksum64 values;
    values.add(std::string_view(bytes).substr(header));
    const std::uint64_t sum = values.value();
    std::memcpy(bytes.data() + header - 16, &sum, sizeof sum);
    const std::uint64_t check = hash64(std::string_view(bytes).substr(0, header - 8));
    std::memcpy(bytes.data() + header - 8, &check, sizeof check);
    return bytes;
}

}  // namespace gw::fuzz
