#include <csetjmp>
#include <cstdio>
// In this order: the numbers of the messages depend on what the library's own header says of its version.
// clang-format off
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

#include "data/images/picture_formats.h"

namespace gw {

namespace {

/// What libjpeg leaves by instead of ending the program; its own part stands first, as libjpeg knows that address
/// alone.
struct JpegTrouble {
    jpeg_error_mgr own{};
    std::jmp_buf back{};
    int code = 0;
    char text[JMSG_LENGTH_MAX] = {};
};

[[noreturn]] void leave_jpeg(j_common_ptr common) {
    auto* trouble = reinterpret_cast<JpegTrouble*>(common->err);
    trouble->code = common->err->msg_code;
    common->err->format_message(common, trouble->text);
    std::longjmp(trouble->back, 1);
}

/// libjpeg goes on after these with grey or repeated pixels, which nobody should learn from. Other warnings, such as
/// bytes that belong to nothing, leave the picture whole.
void hear_jpeg(j_common_ptr common, int level) {
    if (level >= 0) return;  // not a warning
    const int code = common->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_MUST_RESYNC ||
        code == JWRN_ARITH_BAD_CODE)
        leave_jpeg(common);
}

void say_nothing(j_common_ptr) {}

/// A progressive picture may repeat itself in thousands of scans that each take as long as a picture.
void limit_scans(j_common_ptr common) {
    constexpr int most_scans = 500;
    if (common->is_decompressor && reinterpret_cast<j_decompress_ptr>(common)->input_scan_number > most_scans) {
        common->err->msg_code = JERR_BAD_PROGRESSION;
        leave_jpeg(common);
    }
}

/// All that lives across a jump out of libjpeg; the functions that it jumps out of hold no object of their own.
struct JpegReading {
    explicit JpegReading(std::span<const std::uint8_t> given) : bytes(given) {}
    JpegReading(const JpegReading&) = delete;
    JpegReading& operator=(const JpegReading&) = delete;
    ~JpegReading() { jpeg_destroy_decompress(&info); }

    bool read_header() {
        info.err = jpeg_std_error(&trouble.own);
        trouble.own.error_exit = leave_jpeg;
        trouble.own.emit_message = hear_jpeg;
        trouble.own.output_message = say_nothing;
        if (setjmp(trouble.back)) return false;
        jpeg_create_decompress(&info);
        jpeg_mem_src(&info, bytes.data(), static_cast<unsigned long>(bytes.size()));
        jpeg_save_markers(&info, JPEG_APP0 + 1, 0xFFFF);
        jpeg_read_header(&info, TRUE);
        return true;
    }
    /// `pixels` has room for all of them.
    bool read_pixels() {
        if (setjmp(trouble.back)) return false;
        info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
        info.dct_method = JDCT_ISLOW;  // in whole numbers: the same bytes on every machine
        progress.progress_monitor = limit_scans;
        info.progress = &progress;
        jpeg_start_decompress(&info);
        while (info.output_scanline < info.output_height) {
            row = pixels.data() +
                  static_cast<std::size_t>(info.output_scanline) * info.output_width * info.output_components;
            jpeg_read_scanlines(&info, &row, 1);
        }
        jpeg_finish_decompress(&info);
        return true;
    }
    int orientation() const {
        constexpr std::size_t start = 6;  // "Exif", two bytes 0
        for (jpeg_saved_marker_ptr marker = info.marker_list; marker; marker = marker->next) {
            const std::span<const std::uint8_t> data(marker->data, marker->data_length);
            if (data.size() > start && data[0] == 'E' && data[1] == 'x' && data[2] == 'i' && data[3] == 'f')
                return exif_orientation(data.subspan(start));
        }
        return 1;
    }
    Error error(const std::string& shown) const {
        if (trouble.code == JWRN_JPEG_EOF || trouble.code == JERR_INPUT_EOF || trouble.code == JERR_INPUT_EMPTY)
            return unreadable("the JPEG is cut short", shown);
        if (trouble.code == JERR_EMPTY_IMAGE) return unreadable("it has no pixels", shown, trouble.text);
        return unreadable("the JPEG is damaged or of a sort that is not supported", shown, trouble.text);
    }

    std::span<const std::uint8_t> bytes;
    jpeg_decompress_struct info{};
    JpegTrouble trouble;
    jpeg_progress_mgr progress{};
    JSAMPROW row = nullptr;
    std::vector<std::uint8_t> pixels;
};

}  // namespace

Result<PictureCopy> decode_jpeg(std::span<const std::uint8_t> bytes, const std::string& shown) {
    JpegReading reading(bytes);
    if (!reading.read_header()) return reading.error(shown);
    const jpeg_decompress_struct& info = reading.info;
    if (Status status = check_pixels(info.image_height, info.image_width, shown); !status) return status.error();
    if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK)
        return unreadable("the JPEG has the four colours of print, CMYK", shown, "", "Convert it to RGB");
    const std::int64_t channels = info.num_components;
    if (channels != 1 && channels != 3)
        return unreadable("the JPEG has " + std::to_string(channels) + " channels", shown, "",
                          "Convert it to grey or RGB");
    const int orientation = reading.orientation();
    reading.pixels.resize(static_cast<std::size_t>(channels) * info.image_height * info.image_width);
    if (!reading.read_pixels()) return reading.error(shown);
    return upright(reading.pixels, info.image_height, info.image_width, channels, orientation);
}

}  // namespace gw
