#include "optim/flat_optimizer.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "optim/flat_loop.h"

namespace gw {

FlatOptimizer::FlatOptimizer(ParameterBank& bank, std::vector<std::string> state_names)
    : bank_(bank),
      names_(std::move(state_names)),
      places_(bank.entries().size(), -1),
      updates_(torch::zeros({}, bank.weights().options().dtype(torch::kInt64))) {
    for (std::size_t i = 0; i < names_.size(); ++i) state_.push_back(torch::zeros({0}, bank.weights().options()));
}

void FlatOptimizer::lay_out() {
    if (layout_ == bank_.layout()) return;
    const torch::NoGradGuard no_grad;
    for (torch::Tensor& old : state_) {
        torch::Tensor fresh = torch::zeros({bank_.trained()}, old.options());
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const auto& entry = bank_.entries()[i];
            if (places_[i] >= 0 && entry.trained >= 0)
                fresh.narrow(0, entry.trained, entry.size).copy_(old.narrow(0, places_[i], entry.size));
        }
        old = fresh;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) places_[i] = bank_.entries()[i].trained;
    layout_ = bank_.layout();
}

std::vector<std::pair<std::string, torch::Tensor>> FlatOptimizer::state() {
    lay_out();
    std::vector<std::pair<std::string, torch::Tensor>> out;
    for (std::size_t i = 0; i < names_.size(); ++i) out.emplace_back(names_[i], state_[i]);
    return out;
}

std::int64_t FlatOptimizer::updates() const {
    return updates_.item<std::int64_t>();
}

void FlatOptimizer::set_updates(std::int64_t updates) {
    updates_.fill_(updates);
}

void FlatOptimizer::step(const Update& update) {
    if (!bank_.weights().is_cpu()) return step_by_tensors(update);
    const torch::NoGradGuard no_grad;
    lay_out();
    if (!update.finite.item<bool>()) return;
    updates_.add_(1);
    const std::int64_t made = updates(), decayed = bank_.decayed();
    const float scale = update.gradient_scale.item<float>();
    float* const weights = bank_.weights().data_ptr<float>();
    const float* const gradients = bank_.gradients().data_ptr<float>();
    std::vector<float*> state;
    for (torch::Tensor& flat : state_) state.push_back(flat.data_ptr<float>());
    for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
        const std::int64_t shift =
            stretch.trained - stretch.first;  // from a place in the weights to that in the gradients
        over_flat(stretch.first, stretch.last, [&, shift](std::int64_t first, std::int64_t last) {
            auto part = [&](std::int64_t from, std::int64_t to, bool decays) {
                if (from == to) return;
                std::vector<float*> here;
                for (float* flat : state) here.push_back(flat + from + shift);
                update_values({weights + from, gradients + from + shift, here.data(), to - from},
                              {update.lr * stretch.pace.rate, decays,
                               std::max<std::int64_t>(made - stretch.pace.since, 1), scale});
            };
            const std::int64_t cut = std::clamp(decayed, first, last);
            part(first, cut, true);
            part(cut, last, false);
        });
    }
}

void FlatOptimizer::step_by_tensors(const Update& update) {
    const torch::NoGradGuard no_grad;
    lay_out();
    updates_.add_(update.finite.to(torch::kInt64));
    const torch::Tensor go = update.finite.to(torch::kFloat32), stop = update.finite.logical_not();
    // Infinity times 0 is no number: what is not finite is replaced, not multiplied.
    bank_.gradients().mul_(update.gradient_scale).masked_fill_(stop, 0.0);
    for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
        const torch::Tensor made = (updates_ - stretch.pace.since).clamp_min(1).to(torch::kFloat64);
        auto part = [&](std::int64_t from, std::int64_t to, bool decays) {
            if (from == to) return;
            const std::int64_t at = from - stretch.first + stretch.trained;
            Tensors values{bank_.weights().narrow(0, from, to - from), bank_.gradients().narrow(0, at, to - from), {}};
            for (const torch::Tensor& flat : state_) values.state.push_back(flat.narrow(0, at, to - from));
            update_tensors(std::move(values), {update.lr * stretch.pace.rate, decays, made, go});
        };
        const std::int64_t cut = std::clamp(bank_.decayed(), stretch.first, stretch.last);
        part(stretch.first, cut, true);
        part(cut, stretch.last, false);
    }
}

}  // namespace gw
