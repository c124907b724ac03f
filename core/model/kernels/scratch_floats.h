#pragma once
#include <cstdint>

namespace gw::kernels {

/// Working memory of a kernel, lent from a stock that the calling thread keeps: nothing is allocated once a step has
/// been made. Aligned to 64 bytes, with any content. May be nested; given back where it was lent.
class ScratchFloats {
  public:
    explicit ScratchFloats(std::int64_t count);
    ScratchFloats(const ScratchFloats&) = delete;
    ScratchFloats& operator=(const ScratchFloats&) = delete;
    ~ScratchFloats();
    float* data() const { return data_; }

  private:
    float* data_;
    std::int64_t count_;
};

}  // namespace gw::kernels
