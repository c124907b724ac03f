#pragma once
#include <torch/types.h>

#include <cstdint>

namespace gw {

/// Reads one text token by token and keeps what it has made of the tokens so far, so that a new token costs its own
/// work alone. No longer alive than its backbone, whose weights stay as they are for as long.
class Decoder {
  public:
    virtual ~Decoder() = default;
    /// Reads `ids_T` (int64, at least one, on the backbone's device) behind what was read; all of it must fit into the
    /// context. Features [1, D] of the last token, those of Backbone::features() to rounding.
    virtual torch::Tensor read(const torch::Tensor& ids_T) = 0;
    virtual std::int64_t length() const = 0;  ///< tokens read so far
    virtual void begin_anew() = 0;            ///< forgets all of them
};

}  // namespace gw
