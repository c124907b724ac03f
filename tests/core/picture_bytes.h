#pragma once
#include <zlib.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Files of pictures, written by hand.
namespace gw::test {

/// A PNG of `side` x `side` pixels in one colour.
inline std::string one_colour_png(int side, int red, int green, int blue) {
    auto number = [](std::uint32_t value) {
        std::string out;
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
        return out;
    };
    auto chunk = [&](const std::string& name, const std::string& content) {
        const std::string checked = name + content;
        const auto sum = crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
        return number(static_cast<std::uint32_t>(content.size())) + checked + number(static_cast<std::uint32_t>(sum));
    };
    std::string pixels;
    for (int y = 0; y < side; ++y) {
        pixels += '\0';  // no filter
        for (int x = 0; x < side; ++x)
            for (const int value : {red, green, blue}) pixels += static_cast<char>(value);
    }
    uLongf size = compressBound(static_cast<uLong>(pixels.size()));
    std::string packed(size, '\0');
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(pixels.data()),
             static_cast<uLong>(pixels.size()));
    packed.resize(size);
    const auto wide = static_cast<std::uint32_t>(side);
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", number(wide) + number(wide) + std::string("\x08\x02\0\0\0", 5)) +
           chunk("IDAT", packed) + chunk("IEND", "");
}

/// A plain tar of files by name and content.
inline std::string tar_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string out;
    for (const auto& [name, content] : files) {
        std::string header(512, '\0');
        auto put = [&](std::size_t at, const std::string& text) { header.replace(at, text.size(), text); };
        auto octal = [](std::size_t value, std::size_t digits) {
            std::string text(digits, '0');
            for (std::size_t i = digits; value > 0 && i-- > 0; value /= 8) text[i] = static_cast<char>('0' + value % 8);
            return text;
        };
        put(0, name);
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        put(124, octal(content.size(), 11));
        put(136, octal(0, 11));
        put(148, "        ");
        put(156, "0");
        put(257, std::string("ustar\0", 6) + "00");
        std::size_t sum = 0;
        for (const char c : header) sum += static_cast<unsigned char>(c);
        put(148, octal(sum, 6) + std::string("\0 ", 2));
        out += header + content + std::string((512 - content.size() % 512) % 512, '\0');
    }
    return out + std::string(1024, '\0');
}

}  // namespace gw::test
