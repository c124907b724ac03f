#include "model/noise_time.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>

namespace gw {

namespace {

torch::Tensor frequencies(std::int64_t waves) {
    constexpr double slowest = 1e-4, units = 1000;  // as for steps of a thousand
    const std::int64_t count = (waves + 1) / 2;
    std::vector<float> out;
    for (std::int64_t i = 0; i < count; ++i)
        out.push_back(static_cast<float>(
            units *
            std::pow(slowest, static_cast<double>(i) / static_cast<double>(std::max<std::int64_t>(count - 1, 1)))));
    return torch::tensor(out);
}

}  // namespace

NoiseTime::NoiseTime(const Initialiser& init, const std::string& prefix, std::int64_t waves, std::int64_t width,
                     std::string activation)
    : waves_(waves),
      activation_(std::move(activation)),
      hidden_(init, prefix + "time_hidden", waves, width, /*bias=*/true),
      output_(init, prefix + "time_output", width, width, /*bias=*/true),
      frequencies_(frequencies(waves)) {}

torch::Tensor NoiseTime::operator()(const Batch& batch, std::int64_t rows, const Pass& pass) const {
    torch::Tensor times_B = batch[array::times];
    if (!times_B.defined()) times_B = torch::zeros({rows}, frequencies_.options());
    const torch::Tensor angles = times_B.to(torch::kFloat32).unsqueeze(1) * frequencies_;
    torch::Tensor waves = torch::cat({torch::cos(angles), torch::sin(angles)}, 1).narrow(1, 0, waves_);
    if (const torch::Tensor beside_BD = batch[told_beside_time]; beside_BD.defined())
        waves = waves + beside_BD.to(waves.scalar_type());
    return activated(output_(activated(hidden_(waves, pass), activation_), pass), activation_);
}

void NoiseTime::list(Parameters& out) const {
    hidden_.list(out);
    output_.list(out);
}

void NoiseTime::list(Buffers& out) const {
    out.push_back({"frequencies", frequencies_});
}

}  // namespace gw
