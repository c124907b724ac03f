#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "data/images/picture_copy.h"
#include "util/result.h"

namespace gw {

/// Most pixels that a picture may have before it is decoded: a small file can promise a huge one.
inline constexpr std::int64_t most_pixels = 100'000'000;

/// How decoded pictures are brought to one form.
struct PictureForm {
    std::int64_t channels = 3;           ///< 1 grey or 3 colours; transparency is laid over white
    std::int64_t height = 0, width = 0;  ///< 0 (both) = as the file has it
    /// What a picture of other proportions loses: "crop" its longer ends (scaled by its shorter side), "pad" nothing
    /// (mean of its edge fills the rest), "stretch" its proportions.
    std::string fit = "crop";
};

/// The picture in the bytes of a JPEG or PNG file (told by their beginning, never by a name), upright (EXIF
/// orientation), of 8 bits a channel. Errors: neither of the two, cut short, damaged, 0 x 0, larger than `most_pixels`,
/// of an unsupported sort (CMYK, animated). `shown` names the file in errors; their message is unreadable_start, a
/// reason, and where a library said more, that in brackets. `in_file` is given the channels, height and width before
/// the picture is brought to `form`.
Result<PictureCopy> decode_picture(std::span<const std::uint8_t> bytes, const PictureForm& form,
                                   const std::string& shown, Picture* in_file = nullptr);
inline constexpr std::string_view unreadable_start = "This picture cannot be read: ";

/// A picture brought to `form`, by area means downwards and linearly upwards, in whole numbers: the same bytes on every
/// machine.
PictureCopy formed(const Picture& picture, const PictureForm& form);

}  // namespace gw
