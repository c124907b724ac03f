#include "data/images/picture_decoding.h"

#include <algorithm>
#include <string_view>

#include "data/images/picture_formats.h"
#include "util/text.h"

namespace gw {

namespace {

/// What bytes that are neither JPEG nor PNG are, as far as their beginning tells.
std::string other_content(std::string_view bytes) {
    if (bytes.empty()) return "the file is empty";
    for (const auto& [start, name] : {std::pair{"GIF8", "GIF"}, {"BM", "BMP"}, {"II*", "TIFF"}, {"MM", "TIFF"}})
        if (bytes.starts_with(start)) return std::string("it is a ") + name + ", not a JPEG or PNG";
    if (bytes.starts_with("RIFF") && bytes.substr(0, 16).find("WEBP") != std::string_view::npos)
        return "it is a WebP, not a JPEG or PNG";
    constexpr std::size_t beginning = 512;
    const std::string_view seen = bytes.substr(0, beginning);
    const auto bad = first_bad_utf8(seen);
    const bool cut_character = bad && bytes.size() > beginning && *bad + 4 > seen.size();
    if ((!bad || cut_character) && seen.find('\0') == std::string_view::npos) return "it holds text, not a picture";
    return "it is neither a JPEG nor a PNG";
}

std::uint32_t exif_number(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size, bool big) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = (value << 8) | bytes[at + (big ? i : size - 1 - i)];
    return value;
}

}  // namespace

Error unreadable(const std::string& reason, const std::string& shown, const std::string& detail,
                 const std::string& hint) {
    return {Error::Code::bad_data,
            std::string(unreadable_start) + reason + (detail.empty() ? "" : " (" + detail + ")"),
            hint,
            {"file " + shown}};
}

Status check_pixels(std::uint64_t height, std::uint64_t width, const std::string& shown) {
    const std::string size = std::to_string(height) + " x " + std::to_string(width) + " pixels";
    if (height == 0 || width == 0) return unreadable("it has no pixels", shown, size);
    if (height > static_cast<std::uint64_t>(most_pixels) / width)
        return unreadable("it is larger than " + grouped(most_pixels) + " pixels", shown, size,
                          "Make it smaller, or leave it out");
    return {};
}

int exif_orientation(std::span<const std::uint8_t> tiff) {
    constexpr std::size_t header = 8, entry = 12;
    constexpr std::uint32_t orientation_tag = 0x0112, short_type = 3;
    if (tiff.size() < header) return 1;
    const bool big = tiff[0] == 'M' && tiff[1] == 'M', little = tiff[0] == 'I' && tiff[1] == 'I';
    if (!big && !little) return 1;
    std::size_t at = exif_number(tiff, 4, 4, big);
    if (at > tiff.size() || tiff.size() - at < 2) return 1;
    const std::uint32_t entries = exif_number(tiff, at, 2, big);
    at += 2;
    for (std::uint32_t i = 0; i < entries && tiff.size() - at >= entry; ++i, at += entry) {
        if (exif_number(tiff, at, 2, big) != orientation_tag || exif_number(tiff, at + 2, 2, big) != short_type)
            continue;
        const std::uint32_t value = exif_number(tiff, at + 8, 2, big);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

PictureCopy upright(std::span<const std::uint8_t> pixels, std::int64_t height, std::int64_t width, std::int64_t stored,
                    int orientation) {
    PictureCopy out;
    const bool transparent = stored % 2 == 0, turned = orientation >= 5;
    out.channels = transparent ? stored - 1 : stored;
    out.height = turned ? width : height;
    out.width = turned ? height : width;
    out.pixels.resize(static_cast<std::size_t>(out.channels * out.height * out.width));
    std::uint8_t* next = out.pixels.data();
    for (std::int64_t channel = 0; channel < out.channels; ++channel)
        for (std::int64_t y = 0; y < out.height; ++y)
            for (std::int64_t x = 0; x < out.width; ++x) {
                std::int64_t row = turned ? x : y, column = turned ? y : x;
                if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                    row = height - 1 - row;
                if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                    column = width - 1 - column;
                const std::uint8_t* pixel = pixels.data() + (row * width + column) * stored;
                const std::uint32_t alpha = transparent ? pixel[stored - 1] : 255;
                *next++ = static_cast<std::uint8_t>((pixel[channel] * alpha + 255 * (255 - alpha) + 127) / 255);
            }
    return out;
}

Result<PictureCopy> decode_picture(std::span<const std::uint8_t> bytes, const PictureForm& form,
                                   const std::string& shown, Picture* in_file) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const bool jpeg = text.starts_with("\xFF\xD8\xFF"), png = text.starts_with("\x89PNG\r\n\x1A\n");
    if (!jpeg && !png)
        return unreadable(other_content(text), shown, "", "Convert it to JPEG or PNG, or leave unreadable files out");
    auto decoded = jpeg ? decode_jpeg(bytes, shown) : decode_png(bytes, shown);
    if (!decoded) return decoded.error();
    const PictureCopy& whole = decoded.value();
    if (in_file) *in_file = {whole.channels, whole.height, whole.width, {}};
    if (whole.channels == form.channels && form.height == 0 && form.width == 0) return decoded;
    return formed({whole.channels, whole.height, whole.width, whole.pixels}, form);
}

}  // namespace gw
