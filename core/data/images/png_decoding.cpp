#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <optional>

#include "data/images/picture_formats.h"

namespace gw {

namespace {

constexpr std::size_t png_signature = 8, chunk_frame = 12;  // length, type and check of a chunk

/// What the chunks of a PNG say before any is unpacked.
struct PngFacts {
    std::uint32_t height = 0, width = 0;
    bool header = false, animated = false;
    int orientation = 1;
};

std::uint32_t png_number(std::span<const std::uint8_t> bytes, std::size_t at) {
    return (std::uint32_t{bytes[at]} << 24) | (std::uint32_t{bytes[at + 1]} << 16) |
           (std::uint32_t{bytes[at + 2]} << 8) | bytes[at + 3];
}

/// Source: PNG specification, third edition, 5.3 (chunks), 11.2.1 (IHDR), 11.3.2.5 (eXIf), 11.3.6.1 (acTL).
PngFacts png_facts(std::span<const std::uint8_t> bytes) {
    PngFacts out;
    std::size_t at = png_signature;
    while (bytes.size() - at >= chunk_frame) {
        const std::size_t length = png_number(bytes, at), left = bytes.size() - at - chunk_frame;
        if (length > left) break;
        const std::span<const std::uint8_t> data = bytes.subspan(at + 8, length);
        const auto is = [&](const char* type) { return std::memcmp(bytes.data() + at + 4, type, 4) == 0; };
        if (is("IHDR") && length >= 8 && !out.header) {
            out.header = true;
            out.width = png_number(data, 0);
            out.height = png_number(data, 4);
        }
        if (is("acTL")) out.animated = true;
        if (is("eXIf")) out.orientation = exif_orientation(data);
        at += chunk_frame + length;
    }
    return out;
}

/// All that lives across a jump out of libpng; the functions that it jumps out of hold no object of their own.
struct PngReading {
    explicit PngReading(std::span<const std::uint8_t> given) : bytes(given) {}
    PngReading(const PngReading&) = delete;
    PngReading& operator=(const PngReading&) = delete;
    ~PngReading() { png_destroy_read_struct(&png, &info, nullptr); }

    bool read_header() {
        png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, leave, hear);
        if (!png) return false;
        if (setjmp(png_jmpbuf(png))) return false;
        info = png_create_info_struct(png);
        if (!info) return false;
        png_set_read_fn(png, this, give);
        png_read_info(png, info);
        palette = png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE;
        if (palette)
            png_set_packing(png);  // an index a byte: libpng would take one behind the palette's end for black
        else
            png_set_expand(png);  // few bits to 8, one transparent colour to transparency
        png_set_scale_16(png);    // 16 bits to the nearest of 8
        png_set_interlace_handling(png);
        png_read_update_info(png, info);
        return true;
    }
    /// `rows` point to room for all pixels.
    bool read_pixels() {
        if (setjmp(png_jmpbuf(png))) return false;
        png_read_image(png, rows.data());
        png_read_end(png, nullptr);
        return true;
    }
    Error error(const std::string& shown) const {
        if (cut) return unreadable("the PNG is cut short", shown);
        return unreadable("the PNG is damaged or of a sort that is not supported", shown, text);
    }

    [[noreturn]] static void leave(png_structp png, png_const_charp message) {
        auto* reading = static_cast<PngReading*>(png_get_error_ptr(png));
        std::snprintf(reading->text, sizeof reading->text, "%s", message);
        png_longjmp(png, 1);
    }
    static void hear(png_structp, png_const_charp) {}  // warnings are of chunks that no pixel needs
    static void give(png_structp png, png_bytep into, std::size_t size) {
        auto* reading = static_cast<PngReading*>(png_get_io_ptr(png));
        if (reading->bytes.size() - reading->at < size) {
            reading->cut = true;
            png_error(png, "cut short");
        }
        std::memcpy(into, reading->bytes.data() + reading->at, size);
        reading->at += size;
    }

    std::span<const std::uint8_t> bytes;
    std::size_t at = 0;
    bool cut = false, palette = false;
    char text[160] = {};
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::vector<std::uint8_t> pixels;
    std::vector<png_bytep> rows;
};

/// The colours of a palette's indices, [height, width, 3 or 4 with transparency]; nothing where one lies behind its
/// end.
std::optional<std::vector<std::uint8_t>> coloured(const PngReading& reading) {
    png_colorp colours = nullptr;
    png_bytep opacities = nullptr;
    int count = 0, opaque = 0;
    png_get_PLTE(reading.png, reading.info, &colours, &count);
    png_get_tRNS(reading.png, reading.info, &opacities, &opaque, nullptr);
    if (!opacities) opaque = 0;
    std::vector<std::uint8_t> out;
    out.reserve(reading.pixels.size() * (opaque > 0 ? 4 : 3));
    for (const std::uint8_t index : reading.pixels) {
        if (index >= count) return std::nullopt;
        out.insert(out.end(), {colours[index].red, colours[index].green, colours[index].blue});
        if (opaque > 0) out.push_back(index < opaque ? opacities[index] : 255);
    }
    return out;
}

}  // namespace

Result<PictureCopy> decode_png(std::span<const std::uint8_t> bytes, const std::string& shown) {
    const PngFacts facts = png_facts(bytes);
    if (!facts.header)
        return unreadable(
            bytes.size() < png_signature + chunk_frame + 13 ? "the PNG is cut short" : "the PNG is damaged", shown,
            "it has no header");
    if (Status status = check_pixels(facts.height, facts.width, shown); !status) return status.error();
    if (facts.animated)
        return unreadable("the PNG is animated", shown, "", "Save one of its pictures alone, or leave it out");
    PngReading reading(bytes);
    if (!reading.read_header()) return reading.error(shown);
    const std::size_t row = png_get_rowbytes(reading.png, reading.info), height = facts.height;
    const std::int64_t channels = png_get_channels(reading.png, reading.info);
    if (row != static_cast<std::size_t>(channels) * facts.width ||
        png_get_image_height(reading.png, reading.info) != facts.height)
        return unreadable("the PNG is damaged", shown, "its header stands there twice");
    reading.pixels.resize(row * height);
    reading.rows.resize(height);
    for (std::size_t y = 0; y < height; ++y) reading.rows[y] = reading.pixels.data() + y * row;
    if (!reading.read_pixels()) return reading.error(shown);
    if (reading.palette) {
        const auto colours = coloured(reading);
        if (!colours) return unreadable("the PNG is damaged", shown, "a pixel has a colour behind its palette's end");
        return upright(*colours, facts.height, facts.width,
                       static_cast<std::int64_t>(colours->size() / reading.pixels.size()), facts.orientation);
    }
    return upright(reading.pixels, facts.height, facts.width, channels, facts.orientation);
}

}  // namespace gw
