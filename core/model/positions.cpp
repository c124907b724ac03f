#include "model/positions.h"

#include <torch/types.h>

#include <cmath>

namespace gw {

namespace {

/// angles[t, i] = t / base^(i / count)
torch::Tensor angles(std::int64_t context, std::int64_t count, double base) {
    const auto wide = torch::TensorOptions().dtype(torch::kFloat64);
    const torch::Tensor frequency =
        torch::exp(torch::arange(count, wide) * (-std::log(base) / static_cast<double>(count)));
    return torch::outer(torch::arange(context, wide), frequency);
}

}  // namespace

torch::Tensor sinusoidal_positions(std::int64_t context, std::int64_t width) {
    const torch::Tensor angle = angles(context, (width + 1) / 2, 10000.0);
    return torch::stack({angle.sin(), angle.cos()}, -1).flatten(1).narrow(1, 0, width).to(torch::kFloat32).contiguous();
}

torch::Tensor sinusoidal_places(std::int64_t rows, std::int64_t columns, std::int64_t width) {
    const std::int64_t first = (width + 1) / 2, rest = width - first;
    const torch::Tensor down = sinusoidal_positions(rows, first).unsqueeze(1).expand({rows, columns, first}),
                        along = sinusoidal_positions(columns, rest).unsqueeze(0).expand({rows, columns, rest});
    return torch::cat({down, along}, 2).flatten(0, 1).contiguous();
}

Rotary Rotary::make(std::int64_t context, std::int64_t head_width, double base) {
    const torch::Tensor angle = angles(context, head_width / 2, base);
    return {angle.cos().to(torch::kFloat32), angle.sin().to(torch::kFloat32)};
}

torch::Tensor Rotary::operator()(const torch::Tensor& x_BHTC) const {
    const std::int64_t time = x_BHTC.size(2);
    const auto like = x_BHTC.scalar_type();
    const torch::Tensor cosine = cosines.narrow(0, 0, time).to(like), sine = sines.narrow(0, 0, time).to(like);
    const auto halves = x_BHTC.chunk(2, -1);
    return torch::cat({halves[0] * cosine - halves[1] * sine, halves[1] * cosine + halves[0] * sine}, -1);
}

}  // namespace gw
