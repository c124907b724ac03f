#include "model/layers.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "model/into_sink.h"
#include "model/stand_ins.h"

namespace gw {

void make_adapter(const LoraShape& lora, std::uint64_t seed, const std::string& name, const torch::Tensor& weight,
                  torch::Tensor& a, torch::Tensor& b) {
    std::vector<std::int64_t> shape = weight.sizes().vec();
    const std::int64_t out = shape[0], in = weight.numel() / out, most = std::min(in, out);
    if (lora.rank > most)
        throw Failure({Error::Code::bad_spec,
                       "An adapter of rank " + std::to_string(lora.rank) + " is above the rank " +
                           std::to_string(most) + " of the weight that it stands beside",
                       "Set start.rank to " + std::to_string(most) + " or less, or name other start.projections",
                       {"weight " + name, "field start.rank"}});
    shape[0] = lora.rank;
    a = Initialiser("he", seed)
            .tensor(name + ".lora_a", shape, in, lora.rank)
            .to(weight.options())
            .detach()
            .requires_grad_(true);
    b = torch::zeros({out, lora.rank}, weight.options().requires_grad(true));
}

torch::Tensor project(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                      const Pass& pass) {
    if (goes_to_sink(weight)) return linear_to_sink(x, weight, bias, pass.compute);
    const torch::Tensor cast_bias = bias.defined() ? bias.to(pass.compute) : torch::Tensor();
    return at::linear(x.to(pass.compute), weight.to(pass.compute), cast_bias);
}

Linear::Linear(const Initialiser& init, const std::string& name, std::int64_t in, std::int64_t out, bool bias,
               double gain)
    : name_(name), weight_(init.matrix(name + ".weight", out, in, gain)) {
    if (bias) bias_ = Initialiser::constant(out, 0.0);
}

torch::Tensor Linear::operator()(const torch::Tensor& x, const Pass& pass) const {
    const torch::Tensor y = project(x, in_use(weight_), bias_, pass);
    if (!lora_a_.defined()) return y;
    return y + project(project(drop(x, lora_dropout_, pass), lora_a_, {}, pass), lora_b_, {}, pass) * lora_scale_;
}

void Linear::adapt(const LoraShape& lora, const std::string& projection, std::uint64_t seed,
                   std::vector<Adapted>& adapted) {
    if (std::find(lora.projections.begin(), lora.projections.end(), projection) == lora.projections.end()) return;
    make_adapter(lora, seed, name_, weight_, lora_a_, lora_b_);
    lora_scale_ = lora.alpha / static_cast<double>(lora.rank);
    lora_dropout_ = lora.dropout;
    adapted.push_back({projection, name_ + ".weight"});
}

void Linear::merge_adapter() {
    if (!lora_a_.defined()) return;
    const torch::NoGradGuard no_grad;
    weight_.add_(torch::matmul(lora_b_, lora_a_), lora_scale_);
    lora_a_ = lora_b_ = torch::Tensor();
}

void Linear::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    if (bias_.defined()) out.push_back({name_ + ".bias", bias_});
    if (lora_a_.defined()) out.push_back({name_ + ".lora_a", lora_a_});
    if (lora_b_.defined()) out.push_back({name_ + ".lora_b", lora_b_});
}

namespace {

torch::Tensor rows_of(const torch::Tensor& table, const torch::Tensor& ids_BT) {
    return goes_to_sink(table) ? rows_to_sink(table, ids_BT) : at::embedding(table, ids_BT);
}

}  // namespace

TokenTable::TokenTable(const Initialiser& init, const std::string& name, std::int64_t count, std::int64_t width)
    : name_(name), weight_(init.table(name + ".weight", count, width)) {}

torch::Tensor TokenTable::operator()(const torch::Tensor& ids_BT) const {
    const torch::Tensor rows = rows_of(weight_, ids_BT);
    if (!lora_a_.defined()) return rows;
    return rows + torch::matmul(rows_of(lora_b_, ids_BT), lora_a_) * lora_scale_;
}

void TokenTable::adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) {
    if (std::find(lora.projections.begin(), lora.projections.end(), "tokens") == lora.projections.end()) return;
    make_adapter(lora, seed, name_, weight_, lora_a_, lora_b_);
    lora_scale_ = lora.alpha / static_cast<double>(lora.rank);
    adapted.push_back({"tokens", name_ + ".weight"});
}

void TokenTable::merge_adapter() {
    if (!lora_a_.defined()) return;
    const torch::NoGradGuard no_grad;
    weight_.add_(torch::matmul(lora_b_, lora_a_), lora_scale_);
    lora_a_ = lora_b_ = torch::Tensor();
}

void TokenTable::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    if (lora_a_.defined()) out.push_back({name_ + ".lora_a", lora_a_});
    if (lora_b_.defined()) out.push_back({name_ + ".lora_b", lora_b_});
}

namespace {
constexpr double norm_epsilon = 1e-5;
}

Norm::Norm(const std::string& name, std::int64_t width, bool rms, bool bias, double weight)
    : name_(name), rms_(rms), weight_(Initialiser::constant(width, weight)) {
    if (bias && !rms) bias_ = Initialiser::constant(width, 0.0);
}

torch::Tensor Norm::operator()(const torch::Tensor& x, const Pass& pass) const {
    return wide(x).to(pass.compute);
}

torch::Tensor Norm::wide(const torch::Tensor& x) const {
    const torch::Tensor values = x.to(weight_.scalar_type());
    if (!rms_) return at::layer_norm(values, {weight_.size(0)}, weight_, bias_, norm_epsilon);
    const torch::Tensor scale = values.square().mean(-1, /*keepdim=*/true).add(norm_epsilon).rsqrt();
    return values * scale * weight_;
}

void Norm::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    if (bias_.defined()) out.push_back({name_ + ".bias", bias_});
}

FeedForward::FeedForward(const Initialiser& init, const std::string& name, std::int64_t width, std::int64_t hidden,
                         const std::string& activation, bool bias, double residual_gain)
    : activation_(activation),
      up_(init, name + ".up", width, activation == "swiglu" ? 2 * hidden : hidden, bias),
      down_(init, name + ".down", hidden, width, bias, residual_gain) {}

torch::Tensor FeedForward::operator()(const torch::Tensor& x_BTD, const Pass& pass) const {
    torch::Tensor hidden = up_(x_BTD, pass);
    if (activation_ == "swiglu") {
        const auto parts = hidden.chunk(2, -1);
        hidden = at::silu(parts[0]) * parts[1];
    } else {
        hidden = activated(hidden, activation_);
    }
    return down_(hidden, pass);
}

void FeedForward::list(Parameters& out) const {
    up_.list(out);
    down_.list(out);
}

void FeedForward::adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) {
    up_.adapt(lora, "up", seed, adapted);
    down_.adapt(lora, "down", seed, adapted);
}

void FeedForward::merge_adapters() {
    up_.merge_adapter();
    down_.merge_adapter();
}

std::int64_t FeedForward::automatic_hidden(std::int64_t width, const std::string& activation) {
    return activation == "swiglu" ? (8 * width / 3 + 31) / 32 * 32 : 4 * width;
}

torch::Tensor activated(const torch::Tensor& x, const std::string& activation) {
    if (activation == "tanh") return at::tanh(x);
    if (activation == "leaky_relu") return at::leaky_relu(x, leaky_slope);
    if (activation == "silu") return at::silu(x);
    if (activation == "sigmoid") return at::sigmoid(x);
    if (activation == "none") return x;
    return activation == "relu" ? at::relu(x) : at::gelu(x);
}

torch::Tensor drop(const torch::Tensor& x, double rate, const Pass& pass) {
    if (!pass.training || rate <= 0) return x;
    if (!pass.generator) return at::dropout(x, rate, /*train=*/true);
    // What at::dropout does on a CPU, to the bit, from a generator that it has no argument for.
    return x * at::empty_like(x).bernoulli_(1 - rate, *pass.generator).div_(1 - rate);
}

}  // namespace gw
