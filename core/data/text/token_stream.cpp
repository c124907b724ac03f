#include "data/text/token_stream.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace gw {

void TokenStream::copy(std::int64_t first, std::int64_t count, Token* out) const {
    if (first < 0 || count < 0 || count > size_ || first > size_ - count)
        throw std::out_of_range("tokens outside their stream were asked for");
    if (count == 0) return;
    const char* from =
        file_->text().data() + start_ + static_cast<std::size_t>(first) * static_cast<std::size_t>(width_);
    for (std::int64_t i = 0; i < count; ++i, from += width_) {
        if (width_ == 2) {
            std::uint16_t id;
            std::memcpy(&id, from, sizeof id);
            out[i] = id;
        } else {
            std::memcpy(out + i, from, sizeof *out);
        }
    }
    if (file_->failed()) file_->intact().or_throw();
    const auto [least, most] = std::minmax_element(out, out + count);
    if (*least < 0 || *most >= vocabulary_)
        throw Failure(Error{Error::Code::bad_data,
                            "The token shard is damaged: it has ids outside the vocabulary",
                            "Delete it; it will be made again",
                            {}});
}

}  // namespace gw
