#pragma once
#include <algorithm>

#include "fuzz/fuzz.h"
#include "util/rng.h"

namespace gw::fuzz {

/// One to four changes of an input: bits, bytes, numbers in digits, pieces taken out, doubled, moved or taken from
/// another input. The same generator gives the same changes.
inline std::string mutated(std::string bytes, const std::vector<std::string>& seeds, Rng& rng) {
    static const std::vector<std::string> tokens{"\"",
                                                 "\\",
                                                 "{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ":",
                                                 ",",
                                                 "\n",
                                                 "\r\n",
                                                 "\t",
                                                 "1e999",
                                                 "-1",
                                                 "0",
                                                 "null",
                                                 "4294967296",
                                                 "9223372036854775807",
                                                 "18446744073709551616",
                                                 "\xff",
                                                 "\xed\xa0\x80",
                                                 "\xef\xbb\xbf",
                                                 "../",
                                                 "/",
                                                 std::string(1, '\0'),
                                                 std::string(4, '\xff'),
                                                 std::string(8, '\x7f'),
                                                 std::string(300, '['),
                                                 "=1+1"};
    constexpr std::size_t longest = 1 << 16;
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(rng.below(std::max<std::size_t>(n, 1))); };
    for (std::size_t left = 1 + below(4); left > 0; --left) {
        const std::size_t at = below(bytes.size() + 1), length = 1 + below(std::min<std::size_t>(bytes.size(), 32));
        const std::size_t taken = std::min(length, bytes.size() - std::min(at, bytes.size()));
        switch (below(9)) {
            case 0:
                if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
                break;
            case 1:
                if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
                break;
            case 2:
                bytes.erase(std::min(at, bytes.size()), taken);
                break;
            case 3:
                bytes.insert(at, tokens[below(tokens.size())]);
                break;
            case 4:
                bytes.insert(at, bytes.substr(std::min(at, bytes.size()), taken));
                break;
            case 5: {
                const std::string& other = seeds[below(seeds.size())];
                const std::size_t from = below(other.size() + 1);
                bytes.insert(at, other.substr(from, 1 + below(64)));
                break;
            }
            case 6: {  // a number by another
                const std::size_t digit = bytes.find_first_of("0123456789", at);
                if (digit == std::string::npos) break;
                const std::size_t end = std::min(bytes.find_first_not_of("0123456789", digit), bytes.size());
                bytes.replace(digit, end - digit, tokens[11 + below(7)]);
                break;
            }
            case 7:
                bytes.resize(at);
                break;
            default: {  // a length or an offset, in binary
                const std::uint64_t value = std::uint64_t{1} << below(64);
                for (std::size_t i = 0; i < 8 && at + i < bytes.size(); ++i)
                    bytes[at + i] = static_cast<char>((value - 1) >> (8 * i));
            }
        }
        if (bytes.size() > longest) bytes.resize(longest);
    }
    return bytes;
}

}  // namespace gw::fuzz
