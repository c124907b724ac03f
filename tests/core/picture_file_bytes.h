#pragma once
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
// Needs <cstdio> before it.
#include <jpeglib.h>

#include "core/picture_bytes.h"

// Files of pictures of every sort, good ones and ones that are wrong, and archives of them.
namespace gw::test {

inline std::string number_bytes(std::uint64_t value, int size, bool big) {
    std::string out;
    for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * (big ? size - 1 - i : i)));
    return out;
}

inline std::uint32_t check_sum_of(const std::string& bytes) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// `window`: 15 for the zlib form of PNG, 31 for gzip.
inline std::string deflated(const std::string& bytes, int window) {
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) std::abort();
    std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}
inline std::string gzip_file(const std::string& bytes) {
    return deflated(bytes, 31);
}

inline std::string png_chunk(const std::string& type, const std::string& data) {
    return number_bytes(data.size(), 4, true) + type + data + number_bytes(check_sum_of(type + data), 4, true);
}
inline const std::string png_start = "\x89PNG\r\n\x1A\n";
/// Kinds of colour of a PNG.
enum PngColour { png_grey = 0, png_rgb = 2, png_palette = 3, png_grey_alpha = 4, png_rgb_alpha = 6 };
inline std::string png_header(std::uint32_t height, std::uint32_t width, PngColour colour, int depth = 8) {
    return png_chunk("IHDR", number_bytes(width, 4, true) + number_bytes(height, 4, true) + static_cast<char>(depth) +
                                 static_cast<char>(colour) + std::string(3, '\0'));
}
/// `rows` are the bytes of all rows as the colour and depth say; `extra` are chunks before them.
inline std::string png_file(std::uint32_t height, std::uint32_t width, PngColour colour, const std::string& rows,
                            const std::string& extra = "", int depth = 8) {
    std::string filtered;
    const std::size_t row = rows.size() / height;
    for (std::size_t y = 0; y < height; ++y) filtered += '\0' + rows.substr(y * row, row);
    return png_start + png_header(height, width, colour, depth) + extra + png_chunk("IDAT", deflated(filtered, 15)) +
           png_chunk("IEND", "");
}
/// A smooth picture, others for other `first`.
inline std::string painted(int height, int width, int first = 0, int channels = 3) {
    std::string out;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < channels; ++c) out += static_cast<char>((first + 3 * y + 4 * x + 30 * c) % 240);
    return out;
}
inline std::string small_png(int first = 0, int height = 6, int width = 5) {
    return png_file(static_cast<std::uint32_t>(height), static_cast<std::uint32_t>(width), png_rgb,
                    painted(height, width, first));
}

/// `exif`: the content of an EXIF segment, from "Exif" on.
inline std::string jpeg_file(int height, int width, const std::string& rows, int channels, J_COLOR_SPACE colours,
                             const std::string& exif = "", bool progressive = false) {
    jpeg_compress_struct info;
    jpeg_error_mgr errors;
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &bytes, &size);
    info.image_height = static_cast<JDIMENSION>(height);
    info.image_width = static_cast<JDIMENSION>(width);
    info.input_components = channels;
    info.in_color_space = colours;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 98, TRUE);
    if (progressive) jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    if (!exif.empty())
        jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                          static_cast<unsigned>(exif.size()));
    for (int y = 0; y < height; ++y) {
        JSAMPROW row = reinterpret_cast<JSAMPROW>(const_cast<char*>(rows.data())) + y * width * channels;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    std::string out(reinterpret_cast<const char*>(bytes), size);
    jpeg_destroy_compress(&info);
    std::free(bytes);
    return out;
}
inline std::string small_jpeg(int first = 0, int height = 16, int width = 24) {
    return jpeg_file(height, width, painted(height, width, first), 3, JCS_RGB);
}

/// A TIFF structure that holds an orientation alone, as EXIF has it.
inline std::string orientation_tiff(int orientation, bool big) {
    return (big ? std::string("MM") : std::string("II")) + number_bytes(42, 2, big) + number_bytes(8, 4, big) +
           number_bytes(1, 2, big) + number_bytes(0x0112, 2, big) + number_bytes(3, 2, big) + number_bytes(1, 4, big) +
           number_bytes(static_cast<std::uint64_t>(orientation), 2, big) + std::string(2, '\0') +
           number_bytes(0, 4, big);
}

using NamedBytes = std::vector<std::pair<std::string, std::string>>;

/// Files stored as they are. Source: PKWARE, APPNOTE 4.3.
inline std::string zip_file(const NamedBytes& files) {
    std::string out, directory;
    for (const auto& [name, bytes] : files) {
        const std::string facts = number_bytes(20, 2, false) + number_bytes(0x0800, 2, false) + std::string(6, '\0') +
                                  number_bytes(check_sum_of(bytes), 4, false) + number_bytes(bytes.size(), 4, false) +
                                  number_bytes(bytes.size(), 4, false) + number_bytes(name.size(), 2, false) +
                                  number_bytes(0, 2, false);
        directory += std::string("PK\x01\x02") + number_bytes(20, 2, false) + facts + std::string(10, '\0') +
                     number_bytes(out.size(), 4, false) + name;
        out += std::string("PK\x03\x04") + facts + name + bytes;
    }
    return out + directory + std::string("PK\x05\x06") + std::string(4, '\0') + number_bytes(files.size(), 2, false) +
           number_bytes(files.size(), 2, false) + number_bytes(directory.size(), 4, false) +
           number_bytes(out.size(), 4, false) + number_bytes(0, 2, false);
}

}  // namespace gw::test
