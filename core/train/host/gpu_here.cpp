#include <torch/cuda.h>

#include <filesystem>

#include "train/host/run_host.h"

namespace gw {

bool gpu_driver_is_here() {
    std::error_code ignored;
    // The device files of the drivers of NVIDIA, of AMD, and of Windows' own below WSL.
    for (const char* file : {"/dev/nvidiactl", "/dev/kfd", "/dev/dxg"})
        if (std::filesystem::exists(file, ignored)) return true;
    return false;
}

bool trains_on_gpu(const Json& spec) {
    const Json training = spec.is_object() ? spec.value("training", Json()) : Json();
    const Json device = training.is_object() ? training.value("device", Json("auto")) : Json("auto");
    return device != "cpu" && gpu_driver_is_here() && torch::cuda::is_available();
}

}  // namespace gw
