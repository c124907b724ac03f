#include "train/guard/layer_watch.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <numeric>

namespace gw {

namespace {

bool is_watched(const ParameterBank::Entry& entry) {
    return entry.trained >= 0 &&
           entry.shape.size() > 1;  // norms and biases are many and say little; what is frozen does not move
}

/// Norms of the watched parts of a tensor as long as the weights or as the gradients, fetched from the device at once.
std::vector<double> norms_of(const ParameterBank& bank, const torch::Tensor& flat) {
    const bool whole = flat.numel() == bank.size();
    std::vector<torch::Tensor> norms;
    for (const auto& entry : bank.entries())
        if (is_watched(entry))
            norms.push_back((whole ? bank.view(flat, entry) : bank.trained_view(flat, entry)).norm());
    if (norms.empty()) return {};
    const torch::Tensor table = torch::stack(norms).to(torch::kCPU, torch::kFloat64).contiguous();
    return {table.data_ptr<double>(), table.data_ptr<double>() + table.numel()};
}

}  // namespace

Histogram histogram_of(const torch::Tensor& values, const std::string& kind, const std::string& name, std::int64_t step,
                       int bins) {
    Histogram out{step, kind, name, 0, 0, {}};
    torch::Tensor flat = values.detach().reshape({-1});
    if (std::int64_t distance = flat.numel() / histogram_values; distance > 1) {
        const std::int64_t width = values.size(-1);
        while (std::gcd(distance, width) != 1) ++distance;  // so that every column is met
        flat = flat.slice(0, 0, flat.numel(), distance);
    }
    flat = flat.to(torch::kFloat32);
    flat = flat.masked_select(torch::isfinite(flat));
    if (flat.numel() == 0) return out;
    out.low = flat.min().item<double>();
    out.high = flat.max().item<double>();
    const torch::Tensor counts =
        out.high > out.low ? torch::histc(flat, bins, out.low, out.high).to(torch::kCPU, torch::kInt64).contiguous()
                           : torch::full({1}, flat.numel(), torch::kInt64);
    out.counts.assign(counts.data_ptr<std::int64_t>(), counts.data_ptr<std::int64_t>() + counts.numel());
    return out;
}

void LayerWatch::before_update(std::int64_t step) {
    const torch::NoGradGuard no_grad;
    step_ = step;
    if (wants_layers(step)) {
        before_ = model_.bank->weights().clone();
        gradient_norms_ = norms_of(*model_.bank, model_.bank->gradients());
    }
    if (!wants_histograms(step)) return;
    for (const auto& entry : model_.bank->entries()) {
        if (!is_watched(entry)) continue;
        histograms_.push_back(
            histogram_of(model_.bank->view(model_.bank->weights(), entry), "weights", entry.name, step));
        histograms_.push_back(
            histogram_of(model_.bank->trained_view(model_.bank->gradients(), entry), "gradients", entry.name, step));
    }
}

std::vector<Point> LayerWatch::after_update() {
    std::vector<Point> points;
    if (!wants_layers(step_)) return points;
    const torch::NoGradGuard no_grad;
    const std::vector<double> lengths = norms_of(*model_.bank, before_),
                              moves = norms_of(*model_.bank, model_.bank->weights() - before_);
    before_ = torch::Tensor();
    std::size_t i = 0;
    for (const auto& entry : model_.bank->entries()) {
        if (!is_watched(entry)) continue;
        points.push_back({intern("layers/update_ratio/" + entry.name), moves[i] / std::max(lengths[i], 1e-12)});
        points.push_back({intern("layers/grad_norm/" + entry.name), gradient_norms_[i]});
        ++i;
    }
    return points;
}

std::vector<Histogram> LayerWatch::histograms() {
    return std::exchange(histograms_, {});
}

std::vector<Point> LayerWatch::dead_units() {
    return std::exchange(dead_units_, {});
}

double dead_share(const torch::Tensor& values) {
    if (values.dim() < 2 || values.numel() == 0) return 0;
    const torch::Tensor by_unit = values.dim() == 4 ? values.transpose(1, 3) : values;
    const torch::Tensor alive = by_unit.reshape({-1, by_unit.size(-1)}).ne(0).any(0);
    return 1 - static_cast<double>(alive.sum().item<std::int64_t>()) / static_cast<double>(alive.numel());
}

void LayerWatch::observe(Pass& pass, std::int64_t step) {
    pass.observe = [this, step](const std::string& name, const torch::Tensor& values) {
        const torch::NoGradGuard no_grad;
        histograms_.push_back(histogram_of(values, "activations", name, step));
        const std::string_view metric = intern("layers/dead_units/" + name);
        std::erase_if(dead_units_, [&](const Point& known) { return known.metric == metric; });
        if (const double share = dead_share(values); share > 0) dead_units_.push_back({metric, share});
    };
}

}  // namespace gw
