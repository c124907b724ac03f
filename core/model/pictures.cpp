#include "model/pictures.h"

#include <torch/types.h>

namespace gw {

Pictures::Pictures(const InputFacts& input) {
    TORCH_CHECK(input.image, "a backbone for pictures, and rows have none");
    facts_ = *input.image;
    TORCH_CHECK(facts_.values() > 0, "pictures without a size");
    std::vector<float> scale, shift;
    for (std::int64_t c = 0; c < facts_.channels; ++c) {
        const auto at = static_cast<std::size_t>(c);
        const double mean = at < facts_.mean.size() ? facts_.mean[at] : 0.0;
        double deviation = at < facts_.deviation.size() ? facts_.deviation[at] : 1.0;
        if (deviation <= 0) deviation = 1.0;  // a channel of one value
        scale.push_back(static_cast<float>(1.0 / (255.0 * deviation)));
        shift.push_back(static_cast<float>(-mean / deviation));
    }
    scale_C11_ = torch::tensor(scale).view({-1, 1, 1});
    shift_C11_ = torch::tensor(shift).view({-1, 1, 1});
}

torch::Tensor Pictures::operator()(const Batch& batch, const Pass& pass) const {
    const torch::Tensor x_BCHW = batch[array::image];
    TORCH_CHECK(x_BCHW.defined() && x_BCHW.dim() == 4, "a batch without pictures");
    TORCH_CHECK(x_BCHW.size(1) == facts_.channels && x_BCHW.size(2) == facts_.height && x_BCHW.size(3) == facts_.width,
                "pictures of ", x_BCHW.sizes().slice(1), " for a model of [", facts_.channels, ", ", facts_.height,
                ", ", facts_.width, "]");
    if (x_BCHW.is_floating_point()) return x_BCHW.to(pass.compute);
    return at::addcmul(shift_C11_, x_BCHW.to(torch::kFloat32), scale_C11_).to(pass.compute);
}

torch::Tensor Pictures::bytes(const torch::Tensor& x_BCHW) const {
    const torch::Tensor values = (x_BCHW.to(torch::kFloat32) - shift_C11_) / scale_C11_;
    return values.round().clamp(0, 255).to(torch::kUInt8);
}

void Pictures::list(Buffers& out) const {
    out.push_back({"pictures.scale", scale_C11_});
    out.push_back({"pictures.shift", shift_C11_});
}

ImageInput Pictures::facts_of(const InputFacts& input) {
    return input.image ? *input.image : ImageInput{1, 1, 1, {}, {}};
}

}  // namespace gw
