#include "spec/gpu_memory.h"

#ifdef GROUNDWORK_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace gw {

std::uint64_t gpu_memory(const c10::Device& device) {
#ifdef GROUNDWORK_CUDA
    if (device.is_cuda()) return at::cuda::getDeviceProperties(device.index())->totalGlobalMem;
#else
    (void)device;
#endif
    return 0;
}

}  // namespace gw
