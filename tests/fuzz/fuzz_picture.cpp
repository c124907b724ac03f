#include "data/images/picture_decoding.h"
#include "fuzz/fuzz.h"

namespace {

/// The pixels that a PNG or JPEG claims; decoding them is not slow in the parser but in what it must clear.
bool claims_many(std::string_view bytes) {
    const auto number = [&](std::size_t at, int size) {
        std::uint64_t value = 0;
        for (int i = 0; i < size && at < bytes.size(); ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at++]);
        return value;
    };
    constexpr std::uint64_t many = 1 << 18;
    if (bytes.starts_with("\x89PNG")) return number(16, 4) * number(20, 4) > many;
    for (std::size_t at = 2; at + 9 < bytes.size(); ++at)
        if (bytes[at] == '\xFF' && (bytes[at + 1] == '\xC0' || bytes[at + 1] == '\xC1' || bytes[at + 1] == '\xC2') &&
            number(at + 5, 2) * number(at + 7, 2) > many)
            return true;
    return false;
}

}  // namespace

/// JPEG and PNG, as stored and brought to a size.
GW_FUZZ(picture) {
    using namespace gw;
    if (claims_many(input)) return;
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    for (const PictureForm& form : {PictureForm{3, 8, 8, "crop"}, PictureForm{1, 5, 9, "pad"}}) {
        Picture in_file;
        const auto decoded = decode_picture(bytes, form, "x", &in_file);
        if (!decoded) continue;
        const PictureCopy& copy = decoded.value();
        fuzz::must(copy.pixels.size() == static_cast<std::size_t>(copy.channels * copy.height * copy.width));
    }
}
