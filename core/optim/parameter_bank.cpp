#include "optim/parameter_bank.h"

#include <torch/types.h>

#include <cmath>

#include "optim/flat_sums.h"

namespace gw {

namespace {
/// Every parameter begins on a 64-byte line, which the vector units of today's processors like.
constexpr std::int64_t alignment = 16;
std::int64_t padded(std::int64_t size) {
    return (size + alignment - 1) / alignment * alignment;
}
}  // namespace

ParameterBank::ParameterBank(const Parameters& parameters, torch::Device device, bool frozen) {
    std::int64_t end = 0;
    for (const bool matrices : {true, false}) {
        for (const Parameter& p : parameters) {
            if ((p.tensor.dim() >= 2) != matrices) continue;
            entries_.push_back({p.name, end, p.tensor.numel(), p.tensor.sizes().vec(), p.tensor});
            end += padded(p.tensor.numel());
        }
        if (matrices) decayed_ = end;
    }
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    weights_ = torch::zeros({end}, options);
    gradients_ = torch::zeros({0}, options);
    for (Entry& entry : entries_) {
        torch::Tensor home = view(weights_, entry);
        home.copy_(entry.parameter.detach());
        entry.parameter.set_data(home);
    }
    set_paces([&](const Entry&) { return Pace{frozen ? 0.0 : 1.0, 0}; });
}

void ParameterBank::set_paces(const std::function<Pace(const Entry&)>& pace_of) {
    stretches_.clear();
    bool same = layout_ > 0;
    std::int64_t end = 0;
    for (Entry& entry : entries_) {
        entry.pace = pace_of(entry);
        const bool trained = entry.pace.rate > 0;
        same = same && trained == (entry.trained >= 0);
        entry.trained = trained ? end : -1;
        if (!trained) continue;
        const std::int64_t last = entry.offset + padded(entry.size);
        if (!stretches_.empty() && stretches_.back().last == entry.offset && stretches_.back().pace == entry.pace)
            stretches_.back().last = last;
        else
            stretches_.push_back({entry.offset, last, end, entry.pace});
        end += padded(entry.size);
    }
    if (same) return;
    ++layout_;
    gradients_ = torch::zeros({end}, weights_.options());
    for (Entry& entry : entries_) {
        entry.parameter.requires_grad_(entry.trained >= 0);
        entry.parameter.mutable_grad() = entry.trained >= 0 ? trained_view(gradients_, entry) : torch::Tensor();
    }
}

torch::Tensor ParameterBank::gradient_norm() const {
    if (!gradients_.is_cpu()) return gradients_.norm();
    return torch::full({}, std::sqrt(sum_of_squares(gradients_.data_ptr<float>(), trained())), gradients_.options());
}

torch::Tensor ParameterBank::add_up_gradients(std::span<const float* const> parts) {
    const double squares = add_up(parts, trained(), gradients_.data_ptr<float>());
    return torch::full({}, std::sqrt(squares), gradients_.options());
}

torch::Tensor ParameterBank::trained_of(const torch::Tensor& flat) const {
    if (trained() == size()) return flat;
    std::vector<torch::Tensor> parts;
    for (const Stretch& stretch : stretches_)
        parts.push_back(flat.narrow(0, stretch.first, stretch.last - stretch.first));
    return parts.empty() ? flat.narrow(0, 0, 0) : torch::cat(parts);
}

void ParameterBank::add_to(torch::Tensor& flat, const torch::Tensor& values) const {
    for (const Stretch& stretch : stretches_) {
        const std::int64_t count = stretch.last - stretch.first;
        flat.narrow(0, stretch.first, count).add_(values.narrow(0, stretch.trained, count));
    }
}

std::int64_t ParameterBank::trainable() const {
    std::int64_t count = 0;
    for (const Entry& entry : entries_) count += entry.trained >= 0 ? entry.size : 0;
    return count;
}

std::int64_t ParameterBank::parameters() const {
    std::int64_t count = 0;
    for (const Entry& entry : entries_) count += entry.size;
    return count;
}

}  // namespace gw
