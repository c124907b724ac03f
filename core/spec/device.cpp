#include "spec/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <thread>

#include "spec/one_thread.h"
#include "util/text.h"

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
        return Error{Error::Code::bad_spec,
                     "training.device: CUDA was asked for, but this machine or this build of LibTorch has none",
                     "Set training.device to auto or cpu, or build with a LibTorch for CUDA (see README.md)",
                     {}};
    if (settings.device != "cpu" && torch::cuda::is_available()) compute.device = torch::Device(torch::kCUDA, 0);
    if (compute.device.is_cuda() && settings.deterministic) {
        // cuBLAS reads it when it is first used. What has no repeatable way is named in a warning, and goes on. It
        // holds for the whole program and is never taken back: a look at another model must not end it for a run.
        ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
        at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
        at::globalContext().setDeterministicCuDNN(true);
    }
#if defined(GROUNDWORK_CUDA) && (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5))
    // Without cuDNN's attention: with it the gradient of one run on padded rows was seen not finite, and without it of
    // none (LibTorch 2.11, H200, bf16); the cause is not known.
    at::globalContext().setSDPUseCuDNN(false);
#endif
    const bool gains = compute.device.is_cuda() ? gpu_gains_by_bf16() : processor_gains_by_bf16();
    if (settings.precision == "bf16" || (settings.precision == "auto" && gains)) compute.dtype = torch::kBFloat16;
    compute.threads = settings.threads > 0 ? static_cast<int>(settings.threads)
                                           : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    use_threads(compute.threads);
    return compute;
}

int threads_in_use() {
    return at::get_num_threads();
}

void forget_peak_memory(const torch::Device& device) {
#ifdef GROUNDWORK_CUDA
    if (!device.is_cuda()) return;
    torch::empty({1}, torch::device(device));  // the allocator knows a device from the first tensor on
    c10::cuda::CUDACachingAllocator::resetPeakStats(device.index());
#else
    (void)device;
#endif
}

std::string visible_gpu(const char* visible_devices, int index) {
    if (!visible_devices) return std::to_string(index);
    std::istringstream list(visible_devices);
    std::string entry;
    for (int at = 0; std::getline(list, entry, ','); ++at) {
        const std::string name(trim(entry));
        if (name.empty() || name == "-1") return "";  // CUDA stops reading at what is no device
        if (at == index) return name;
    }
    return "";
}

std::string gpu_id(const torch::Device& device) {
    if (!device.is_cuda()) return "";
#ifdef GROUNDWORK_CUDA
    const auto& uuid = at::cuda::getDeviceProperties(device.index())->uuid.bytes;
    std::string id = "GPU-";
    constexpr std::size_t groups[] = {4, 6, 8, 10};  // bytes before which a dash stands
    for (std::size_t i = 0; i < sizeof uuid; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        if (std::find(std::begin(groups), std::end(groups), i) != std::end(groups)) id += '-';
        const auto byte = static_cast<unsigned char>(uuid[i]);
        id += digits[byte >> 4];
        id += digits[byte & 15];
    }
    return id;
#else
    return visible_gpu(std::getenv("CUDA_VISIBLE_DEVICES"), std::max(0, static_cast<int>(device.index())));
#endif
}

double memory_in_use(const torch::Device& device) {
#ifdef GROUNDWORK_CUDA
    if (device.is_cuda())
        return static_cast<double>(c10::cuda::CUDACachingAllocator::getDeviceStats(device.index())
                                       .allocated_bytes[0]
                                       .peak);  // 0: all pools together
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
