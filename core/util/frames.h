#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "util/result.h"

namespace gw {

/// A body as it goes over a stream: its length in 4 bytes, little-endian, then the body.
std::string framed(std::string_view body);

/// Takes a stream of framed bodies apart. A length above `largest` is an error before anything is kept for it.
class FrameReader {
  public:
    static constexpr std::size_t usual_limit = 64 << 20;
    explicit FrameReader(std::size_t largest = usual_limit) : largest_(largest) {}
    void feed(std::string_view bytes) { waiting_.append(bytes); }
    /// The next whole body; nothing while it is not there yet. After an error the stream is of no use any more.
    Result<std::optional<std::string>> next();

  private:
    std::size_t largest_;
    std::string waiting_;
    std::size_t at_ = 0;  ///< bytes of `waiting_` that were handed out
};

}  // namespace gw
