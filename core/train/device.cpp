#include "train/device.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#ifdef GROUNDWORK_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDACachingAllocator.h>
#endif

namespace gw {

namespace {

bool gpu_gains_by_bf16() {
#ifdef GROUNDWORK_CUDA
    constexpr int ampere = 8;  // the first with bf16 matrix units
    return at::cuda::getCurrentDeviceProperties()->major >= ampere;
#else
    return false;
#endif
}

}  // namespace

bool processor_gains_by_bf16() {
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

std::string Compute::device_name() const {
#ifdef GROUNDWORK_CUDA
    if (device.is_cuda()) return at::cuda::getCurrentDeviceProperties()->name;
#endif
    return device.is_cuda() ? "cuda" : "cpu";
}

Result<Compute> resolve_compute(const TrainingSettings& settings) {
    Compute compute;
    if (settings.device == "cuda" && !torch::cuda::is_available())
        return Error{Error::Code::bad_spec, "training.device: CUDA was asked for, but this machine or this build of LibTorch has none",
                     "Set training.device to auto or cpu, or build with a LibTorch for CUDA (see README.md)", {}};
    if (settings.device != "cpu" && torch::cuda::is_available()) compute.device = torch::Device(torch::kCUDA, 0);
    const bool gains = compute.device.is_cuda() ? gpu_gains_by_bf16() : processor_gains_by_bf16();
    if (settings.precision == "bf16" || (settings.precision == "auto" && gains)) compute.dtype = torch::kBFloat16;
    compute.threads = settings.threads > 0 ? static_cast<int>(settings.threads) : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    at::set_num_threads(compute.threads);  // LibTorch's own default is one thread in a program without Python
    return compute;
}

double memory_in_use(const torch::Device& device) {
#ifdef GROUNDWORK_CUDA
    if (device.is_cuda()) return static_cast<double>(c10::cuda::CUDACachingAllocator::getDeviceStats(device.index()).allocated_bytes[0].current);
#else
    (void)device;
#endif
    long pages = 0, resident = 0;
    std::FILE* file = std::fopen("/proc/self/statm", "re");
    if (!file) return 0;
    const int read = std::fscanf(file, "%ld %ld", &pages, &resident);
    std::fclose(file);
    return read == 2 ? static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace gw
