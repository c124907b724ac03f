#include "optim/flat_optimizer.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "optim/flat_loop.h"

namespace gw {

FlatOptimizer::FlatOptimizer(ParameterBank& bank, std::vector<std::string> state_names, Walk walk)
    : bank_(bank),
      names_(std::move(state_names)),
      walk_(walk),
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

std::vector<FlatOptimizer::Part> FlatOptimizer::parts() const {
    std::vector<Part> out;
    if (walk_ == Walk::parameters) {
        for (const ParameterBank::Entry& entry : bank_.entries())
            if (entry.trained >= 0)
                out.push_back({entry.offset, entry.offset + entry.size, entry.trained, entry.offset < bank_.decayed(),
                               entry.pace, &entry});
        return out;
    }
    for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
        const std::int64_t cut = std::clamp(bank_.decayed(), stretch.first, stretch.last),
                           shift = stretch.trained - stretch.first;
        if (stretch.first < cut)
            out.push_back({stretch.first, cut, stretch.first + shift, true, stretch.pace, nullptr});
        if (cut < stretch.last) out.push_back({cut, stretch.last, cut + shift, false, stretch.pace, nullptr});
    }
    return out;
}

void FlatOptimizer::step(const Update& update) {
    if (!bank_.weights().is_cpu()) return step_by_tensors(update);
    const torch::NoGradGuard no_grad;
    lay_out();
    if (!update.finite.item<bool>()) return;
    updates_.add_(1);
    const std::int64_t made = updates();
    const float scale = update.gradient_scale.item<float>();
    float* const weights = bank_.weights().data_ptr<float>();
    const float* const gradients = bank_.gradients().data_ptr<float>();
    std::vector<float*> state;
    for (torch::Tensor& flat : state_) state.push_back(flat.data_ptr<float>());
    const std::vector<Part> all = parts();
    const auto update_part = [&](const Part& part, std::int64_t first, std::int64_t last) {
        const std::int64_t at = first - part.from + part.trained;
        std::vector<float*> here;
        for (float* flat : state) here.push_back(flat + at);
        update_values({weights + first, gradients + at, here.data(), last - first},
                      {update.lr * part.pace.rate, part.decays, std::max<std::int64_t>(made - part.pace.since, 1),
                       scale, part.parameter});
    };
    if (walk_ == Walk::parameters)
        by_pieces(0, static_cast<std::int64_t>(all.size()), 1, [&](std::int64_t i, std::int64_t) {
            const Part& part = all[static_cast<std::size_t>(i)];
            update_part(part, part.from, part.to);
        });
    else
        for (const Part& part : all)
            over_flat(part.from, part.to,
                      [&](std::int64_t first, std::int64_t last) { update_part(part, first, last); });
}

void FlatOptimizer::step_by_tensors(const Update& update) {
    const torch::NoGradGuard no_grad;
    lay_out();
    updates_.add_(update.finite.to(torch::kInt64));
    const torch::Tensor go = update.finite.to(torch::kFloat32), stop = update.finite.logical_not();
    // Infinity times 0 is no number: what is not finite is replaced, not multiplied.
    bank_.gradients().mul_(update.gradient_scale).masked_fill_(stop, 0.0);
    for (const Part& part : parts()) {
        const std::int64_t count = part.to - part.from;
        Tensors values{
            bank_.weights().narrow(0, part.from, count), bank_.gradients().narrow(0, part.trained, count), {}};
        for (const torch::Tensor& flat : state_) values.state.push_back(flat.narrow(0, part.trained, count));
        update_tensors(std::move(values),
                       {update.lr * part.pace.rate, part.decays,
                        (updates_ - part.pace.since).clamp_min(1).to(torch::kFloat64), go, part.parameter});
    }
}

}  // namespace gw
