#pragma once
#include <torch/types.h>

#include <string>

#include "spec/settings.h"

namespace gw {

/// Where and in what numbers a run computes, after every `auto` was decided.
struct Compute {
    torch::Device device = torch::kCPU;
    torch::Dtype dtype = torch::kFloat32;
    int threads = 1;
    std::string device_name() const;
    std::string precision_name() const { return dtype == torch::kBFloat16 ? "bf16" : "fp32"; }
};

/// Decides device, precision and threads, and sets the number of threads (use_threads()). CUDA asked for where there is
/// none is an error, never a silent fallback.
Result<Compute> resolve_compute(const TrainingSettings& settings);

/// Whether matrix products in bf16 are faster than in float32 on this processor (it has instructions for them).
bool processor_gains_by_bf16();

/// Bytes of memory: on a GPU the most that tensors held since forget_peak_memory(), else what this process holds now.
double memory_in_use(const torch::Device& device);
void forget_peak_memory(const torch::Device& device);

/// Threads that LibTorch really uses in the calling thread.
int threads_in_use();

/// The entry of a CUDA_VISIBLE_DEVICES (null = not set: all of them) that is device `index` of a program: a number, or
/// a UUID. Empty when there is none.
std::string visible_gpu(const char* visible_devices, int index);

/// How the driver knows the GPU of a device: its UUID, or where LibTorch does not tell it what CUDA_VISIBLE_DEVICES
/// says. Empty for a CPU.
std::string gpu_id(const torch::Device& device);

}  // namespace gw
