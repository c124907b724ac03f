#include "data/images/picture_columns.h"

#include <bit>

#include "data/images/picture_folders.h"

namespace gw {

namespace {

/// "256 to 511" of 300.
std::string doubling(std::int64_t side) {
    const auto from = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(side)));
    return from == 1 ? "1" : std::to_string(from) + " to " + std::to_string(2 * from - 1);
}

std::string or_none(std::string text) {
    return text.empty() ? "none" : std::move(text);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> picture_columns(const std::string& class_name, const std::string& file,
                                                                 const Picture& in_file) {
    const std::size_t slash = file.rfind('/');
    return {{"class", class_name},
            {"part", or_none(part_folders(file))},
            {"folder", or_none(slash == std::string::npos ? "" : file.substr(0, slash))},
            {"width", doubling(in_file.width)},
            {"height", doubling(in_file.height)},
            {"colours", in_file.channels == 1 ? "grey" : "colour"}};
}

}  // namespace gw
