#include "train/step/dropout_stream.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace gw {

DropoutStream::DropoutStream(torch::Device device) {
    if (device.is_cpu()) generator_ = at::make_generator<at::CPUGeneratorImpl>();
}

void DropoutStream::seed(std::uint64_t seed) {
    if (generator_)
        generator_->set_current_seed(seed);
    else
        torch::manual_seed(seed);
}

}  // namespace gw
