#include "util/frames.h"

#include <cstdint>

namespace gw {

namespace {
constexpr std::size_t length_bytes = 4;
}

std::string framed(std::string_view body) {
    const auto length = static_cast<std::uint32_t>(body.size());
    std::string out;
    out.reserve(length_bytes + body.size());
    for (std::size_t i = 0; i < length_bytes; ++i) out += static_cast<char>(length >> (8 * i) & 0xff);
    return out.append(body);
}

Result<std::optional<std::string>> FrameReader::next() {
    const std::size_t there = waiting_.size() - at_;
    if (there < length_bytes) return std::optional<std::string>();
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
        length |= static_cast<std::uint32_t>(static_cast<unsigned char>(waiting_[at_ + i])) << (8 * i);
    if (length > largest_)
        return Error{Error::Code::bad_data,
                     "A message of " + std::to_string(length) + " bytes is announced, and " + std::to_string(largest_) +
                         " are the most",
                     "",
                     {}};
    if (there < length_bytes + length) return std::optional<std::string>();
    std::optional<std::string> body = waiting_.substr(at_ + length_bytes, length);
    at_ += length_bytes + length;
    if (at_ == waiting_.size() || at_ > waiting_.size() / 2) {
        waiting_.erase(0, at_);
        at_ = 0;
    }
    return body;
}

}  // namespace gw
