#include "data/images/png_encoding.h"

#include <png.h>

#include <cstring>
#include <limits>

#include "util/result.h"

namespace gw {

std::string png_of(const PictureCopy& picture) {
    const bool in_colour = picture.channels == 3;
    const auto places = static_cast<std::size_t>(picture.height * picture.width);
    constexpr std::int64_t longest = std::numeric_limits<std::int32_t>::max();
    const auto refuse = [](const std::string& why) {
        return Failure(Error{Error::Code::internal, "The picture cannot be written as PNG: " + why, "", {}});
    };
    if (places == 0 || picture.height > longest || picture.width > longest ||
        picture.pixels.size() < places * static_cast<std::size_t>(picture.channels))
        throw refuse("it has no such size");
    std::vector<std::uint8_t> values(picture.pixels.begin(),
                                     picture.pixels.begin() + static_cast<std::ptrdiff_t>(places));
    if (in_colour) {
        values.resize(3 * places);
        for (std::size_t at = 0; at < places; ++at)
            for (std::size_t c = 0; c < 3; ++c) values[3 * at + c] = picture.pixels[c * places + at];
    }
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = in_colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    std::string out(size, '\0');
    if (!png_image_write_to_memory(&image, out.data(), &size, /*convert_to_8_bit=*/0, values.data(),
                                   /*row_stride=*/0, nullptr))
        throw refuse(image.message);
    out.resize(size);
    return out;
}

}  // namespace gw
