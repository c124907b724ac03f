#include "spec/gpu_memory.h"

#ifdef GROUNDWORK_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>
#endif

namespace gw {

std::uint64_t gpu_memory(const c10::Device& device) {
#ifdef GROUNDWORK_CUDA
    if (device.is_cuda()) {
        const c10::cuda::CUDAGuard on(device);
        std::size_t free = 0, total = 0;
        if (cudaMemGetInfo(&free, &total) != cudaSuccess) return 0;
        // What this program's allocator holds can be used again.
        const auto held = c10::cuda::CUDACachingAllocator::getDeviceStats(device.index()).reserved_bytes[0].current;
        return free + static_cast<std::uint64_t>(held);
    }
#else
    (void)device;
#endif
    return 0;
}

}  // namespace gw
