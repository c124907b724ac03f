#pragma once
#include <c10/core/Device.h>

#include <cstdint>

namespace gw {

/// Bytes of memory that this program may take of a GPU now; 0 of a processor, or without CUDA.
std::uint64_t gpu_memory(const c10::Device& device);

}  // namespace gw
