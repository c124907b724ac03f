#pragma once
#include "data/images/picture_decoding.h"

// What the decoders of the formats share; others ask decode_picture.
namespace gw {

/// Both give the picture as it is stored, upright, with 1 or 3 channels.
Result<PictureCopy> decode_jpeg(std::span<const std::uint8_t> bytes, const std::string& shown);
Result<PictureCopy> decode_png(std::span<const std::uint8_t> bytes, const std::string& shown);

/// "the JPEG is damaged" and why, if a library says so.
Error unreadable(const std::string& reason, const std::string& shown, const std::string& detail = "",
                 const std::string& hint = "Repair or replace this file, or leave unreadable files out");

/// That a picture has pixels, and not more than `most_pixels`; asked before any is decoded.
Status check_pixels(std::uint64_t height, std::uint64_t width, const std::string& shown);

/// The orientation (1 to 8) in the TIFF structure of an EXIF segment, from its byte order on; 1 where it says none.
/// Source: EXIF 2.32, section 4.6.4, tag 0x0112.
int exif_orientation(std::span<const std::uint8_t> tiff);

/// Pixels of `stored` channels side by side, row after row, as planes that stand upright; an even number of channels
/// ends with transparency, which is laid over white.
PictureCopy upright(std::span<const std::uint8_t> pixels, std::int64_t height, std::int64_t width, std::int64_t stored,
                    int orientation);

}  // namespace gw
