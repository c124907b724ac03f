#include "optim/parameter_bank.h"

#include <torch/torch.h>

namespace gw {

namespace {
/// Every parameter begins on a 64-byte line, which the vector units of today's processors like.
constexpr std::int64_t alignment = 16;
std::int64_t padded(std::int64_t size) { return (size + alignment - 1) / alignment * alignment; }
}  // namespace

ParameterBank::ParameterBank(const Parameters& parameters, torch::Device device) {
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
    gradients_ = torch::zeros({end}, options);
    for (Entry& entry : entries_) {
        torch::Tensor home = view(weights_, entry);
        home.copy_(entry.parameter.detach());
        entry.parameter.set_data(home);
        entry.parameter.mutable_grad() = view(gradients_, entry);
    }
    set_paces([](const Entry&) { return Pace{}; });
}

void ParameterBank::set_paces(const std::function<Pace(const Entry&)>& pace_of) {
    stretches_.clear();
    for (Entry& entry : entries_) {
        const Pace pace = pace_of(entry);
        entry.rate = pace.rate;
        entry.parameter.requires_grad_(pace.rate > 0);
        const std::int64_t last = entry.offset + padded(entry.size);
        if (pace.rate <= 0) continue;
        if (!stretches_.empty() && stretches_.back().last == entry.offset && stretches_.back().pace == pace) stretches_.back().last = last;
        else stretches_.push_back({entry.offset, last, pace});
    }
}

std::int64_t ParameterBank::trainable() const {
    std::int64_t count = 0;
    for (const Entry& entry : entries_) count += entry.rate > 0 ? entry.size : 0;
    return count;
}

std::int64_t ParameterBank::parameters() const {
    std::int64_t count = 0;
    for (const Entry& entry : entries_) count += entry.size;
    return count;
}

}  // namespace gw
