#pragma once
#include <torch/types.h>

#include <string>

#include "train/settings.h"

namespace gw {

/// Where and in what numbers a run computes, after every `auto` was decided.
struct Compute {
    torch::Device device = torch::kCPU;
    torch::Dtype dtype = torch::kFloat32;
    int threads = 1;
    std::string device_name() const;
    std::string precision_name() const { return dtype == torch::kBFloat16 ? "bf16" : "fp32"; }
};

/// Decides device, precision and threads, and sets LibTorch's thread count for the process. CUDA asked for where there is
/// none is an error, never a silent fallback.
Result<Compute> resolve_compute(const TrainingSettings& settings);

/// Whether matrix products in bf16 are faster than in float32 on this processor (it has instructions for them).
bool processor_gains_by_bf16();

/// Bytes that this process holds: device memory on a GPU, else resident memory.
double memory_in_use(const torch::Device& device);

}  // namespace gw
