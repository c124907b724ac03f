#include "objective/canvas.h"

#include <torch/types.h>

#include <algorithm>
#include <limits>

#include "objective/coder.h"

namespace gw {

Canvas::Canvas(const BackboneFacts& backbone) : pictures_(backbone.image.has_value()) {
    const auto shape = shape_of(backbone);
    TORCH_CHECK(shape, "a backbone that reads neither pictures alone nor rows of a table");
    shape_ = *shape;
    if (!backbone.table) return;
    std::vector<float> least, most;
    for (const TableInput::Column& column : backbone.table->columns) {
        begins_.push_back(begins_.back() + column.values());
        const bool number = !column.is_words(), known = column.most > column.least;
        constexpr float without_end = std::numeric_limits<float>::infinity();
        for (std::int64_t at = 0; at < column.values(); ++at) {
            const bool is_number = number && at == 0;
            least.push_back(!is_number ? 0.0F
                            : known    ? static_cast<float>((column.least - column.mean) / column.deviation)
                                       : -without_end);
            most.push_back(!is_number ? 1.0F
                           : known    ? static_cast<float>((column.most - column.mean) / column.deviation)
                                      : without_end);
        }
    }
    least_N11_ = torch::tensor(least).view({-1, 1, 1});
    most_N11_ = torch::tensor(most).view({-1, 1, 1});
}

torch::Tensor Canvas::kept_in_range(const torch::Tensor& values_BCHW) const {
    if (pictures_) return values_BCHW.clamp(0, 1);
    return torch::minimum(torch::maximum(values_BCHW, least_N11_), most_N11_);
}

std::int64_t Canvas::parts() const {
    return pictures_ ? shape_.height * shape_.width : static_cast<std::int64_t>(begins_.size()) - 1;
}

void Canvas::hide(std::int64_t part, float* values) const {
    if (pictures_) {
        for (std::int64_t c = 0; c < shape_.channels; ++c) values[c * parts() + part] = 0;
        return;
    }
    const auto at = static_cast<std::size_t>(part);
    std::fill(values + begins_[at], values + begins_[at + 1], 0.0F);
}

void Canvas::list(Buffers& out) const {
    if (pictures_) return;
    out.push_back({"canvas.least", least_N11_});
    out.push_back({"canvas.most", most_N11_});
}

std::optional<ImageInput> Canvas::shape_of(const BackboneFacts& backbone) {
    if (backbone.image) return backbone.image;
    if (backbone.table) return ImageInput{backbone.table->values(), 1, 1, {}, {}};
    return std::nullopt;
}

torch::Tensor Canvas::values(const Batch& batch) const {
    return pictures_ ? brightness(batch[array::image]) : batch[array::table].unsqueeze(2).unsqueeze(3);
}

Batch Canvas::batch(const torch::Tensor& values_BCHW) const {
    if (pictures_) return Batch::of_images(standardised(values_BCHW, shape_));
    Batch out;
    out.set(array::table, values_BCHW.flatten(1));
    return out;
}

torch::Tensor Canvas::bounded(const torch::Tensor& any_BCHW) const {
    return pictures_ ? torch::sigmoid(any_BCHW) : any_BCHW;
}

torch::Tensor Canvas::drawn(const torch::Tensor& values_BCHW) const {
    return pictures_ ? bytes_of(values_BCHW) : values_BCHW.flatten(1).to(torch::kFloat32);
}

}  // namespace gw
