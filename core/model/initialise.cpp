#include "model/initialise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/linalg_qr.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "util/hash.h"
#include "util/rng.h"

namespace gw {

std::string fitted_scheme(const std::string& choice, const std::string& activation) {
    if (choice != "by_activation") return choice;
    if (activation == "leaky_relu") return "he_leaky";
    return activation == "tanh" || activation == "sigmoid" ? "xavier" : "he";
}

Initialiser::Initialiser(std::string scheme, std::uint64_t seed) : scheme_(std::move(scheme)), seed_(seed) {
    constexpr std::string_view ending = "_uniform";
    if (scheme_.ends_with(ending)) {
        uniform_ = true;
        scheme_.resize(scheme_.size() - ending.size());
    }
}

torch::Generator Initialiser::stream(const std::string& name) const {
    return at::make_generator<at::CPUGeneratorImpl>(mix64(seed_, hash64(name)));
}

torch::Tensor Initialiser::normal(const std::string& name, const std::vector<std::int64_t>& shape,
                                  double spread) const {
    torch::Tensor weight = torch::empty(shape);
    weight.normal_(0.0, spread, stream(name));
    return weight.set_requires_grad(true);
}

torch::Tensor Initialiser::uniform(const std::string& name, const std::vector<std::int64_t>& shape,
                                   double spread) const {
    torch::Tensor weight = torch::empty(shape);
    const double edge = std::sqrt(3.0) * spread;
    weight.uniform_(-edge, edge, stream(name));
    return weight.set_requires_grad(true);
}

torch::Tensor Initialiser::orthogonal(const std::string& name, const std::vector<std::int64_t>& shape,
                                      std::int64_t block, double gain) const {
    torch::Tensor drawn = torch::empty({shape.front(), c10::multiply_integers(shape) / shape.front()}, torch::kFloat64);
    drawn.normal_(0.0, 1.0, stream(name));
    std::vector<torch::Tensor> blocks;
    for (const torch::Tensor& rows : drawn.split(block)) {
        const bool wide = rows.size(0) < rows.size(1);
        auto [q, r] = at::linalg_qr(wide ? rows.t() : rows);
        q = q * r.diagonal().sign();  // else the directions are not drawn evenly (Mezzadri 2007)
        blocks.push_back(wide ? q.t() : q);
    }
    const torch::Tensor weight = (torch::cat(blocks) * gain).reshape(shape).to(torch::kFloat32).contiguous();
    return weight.detach().set_requires_grad(true);
}

torch::Tensor Initialiser::identity(const std::vector<std::int64_t>& shape, double gain) {
    const std::int64_t rows = shape.front(), columns = shape.at(1),
                       taps = c10::multiply_integers(shape) / (rows * columns);
    const bool of_series = shape.size() == 3;  // whose filters see the past, and now by their last tap
    torch::Tensor weight = torch::zeros({rows, columns, taps});
    for (std::int64_t row = 0; row < rows; ++row) weight[row][row % columns][of_series ? taps - 1 : taps / 2] = gain;
    return weight.reshape(shape).contiguous().set_requires_grad(true);
}

torch::Tensor Initialiser::vector(const std::string& name, std::int64_t size, double low, double high) const {
    torch::Tensor values = torch::empty({size});
    values.uniform_(low, high, stream(name));
    return values.set_requires_grad(true);
}

torch::Tensor Initialiser::matrix(const std::string& name, std::int64_t out, std::int64_t in, double gain) const {
    return tensor(name, {out, in}, in, out, gain);
}

torch::Tensor Initialiser::tensor(const std::string& name, const std::vector<std::int64_t>& shape, std::int64_t fan_in,
                                  std::int64_t fan_out, double gain) const {
    const auto in = static_cast<double>(fan_in), out = static_cast<double>(fan_out);
    if (scheme_ == "orthogonal") return orthogonal(name, shape, std::min(shape.front(), fan_out), gain);
    if (const std::int64_t block = std::min(shape.front(), fan_out); scheme_ == "identity" && shape.at(1) == block)
        return identity(shape, gain);
    if (scheme_ == "pytorch") return uniform(name, shape, gain / std::sqrt(3.0 * in));
    double spread = 0.02;
    if (scheme_ == "xavier") spread = std::sqrt(2.0 / (in + out));
    if (scheme_ == "he") spread = std::sqrt(2.0 / in);
    if (scheme_ == "he_leaky") spread = std::sqrt(2.0 / ((1.0 + leaky_slope * leaky_slope) * in));
    if (scheme_ == "lecun" || scheme_ == "identity") spread = std::sqrt(1.0 / in);
    return uniform_ ? uniform(name, shape, gain * spread) : normal(name, shape, gain * spread);
}

torch::Tensor Initialiser::table(const std::string& name, std::int64_t count, std::int64_t width, double spread) const {
    return normal(name, {count, width}, spread);
}

torch::Tensor Initialiser::constant(std::int64_t size, double value) {
    return torch::full({size}, value).set_requires_grad(true);
}

}  // namespace gw
