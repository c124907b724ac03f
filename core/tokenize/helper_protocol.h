#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// What groundwork-tokenizer and its client say to each other. All numbers are little-endian 32-bit; a frame is a length
// and that many bytes.
//
// - train, in: one frame of JSON settings, then one frame a sentence, then an empty frame;
//   out: lines: "progress TEXT", then "model BASE64" or "error TEXT"
// - serve, in: one frame with a model; then frames of texts (each a frame of its own inside);
//   out: one frame of JSON about the model {"pieces", "types", "prefix", "error"}; then, for each frame of texts, a
//   frame of id lists (each a frame of 32-bit ids)
namespace gw::helper {

/// Longest frame that either side accepts: a broken stream must not become an allocation of gigabytes.
inline constexpr std::uint32_t longest_frame = 1u << 30;

/// Longest text that is encoded at once: its ids, four bytes each and one a byte at worst, must fit into a frame.
inline constexpr std::size_t longest_text = std::size_t{longest_frame} / 8;

inline constexpr std::string_view space_mark = "\xe2\x96\x81";  ///< U+2581, SentencePiece's sign for a space

inline void put_number(std::string& out, std::uint32_t n) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((n >> shift) & 255u);
}
inline std::uint32_t get_number(std::string_view bytes) {
    std::uint32_t n = 0;
    for (int i = 3; i >= 0; --i) n = (n << 8) | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    return n;
}
inline void put_frame(std::string& out, std::string_view bytes) {
    put_number(out, static_cast<std::uint32_t>(bytes.size()));
    out += bytes;
}
/// Takes the frame at the front of `bytes` off; false when there is no whole one.
inline bool take_frame(std::string_view& bytes, std::string_view& frame) {
    if (bytes.size() < 4) return false;
    const std::uint32_t size = get_number(bytes);
    if (size > longest_frame || bytes.size() - 4 < size) return false;
    frame = bytes.substr(4, size);
    bytes.remove_prefix(4 + std::size_t{size});
    return true;
}

}  // namespace gw::helper
