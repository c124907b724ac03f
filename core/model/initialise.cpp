#include "model/initialise.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "util/hash.h"
#include "util/rng.h"

namespace gw {

std::string fitted_scheme(const std::string& choice, const std::string& activation) {
    if (choice != "by_activation") return choice;
    if (activation == "leaky_relu") return "he_leaky";
    return activation == "tanh" || activation == "sigmoid" ? "xavier" : "he";
}

torch::Tensor Initialiser::normal(const std::string& name, const std::vector<std::int64_t>& shape,
                                  double spread) const {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(mix64(seed_, hash64(name)));
    torch::Tensor weight = torch::empty(shape);
    weight.normal_(0.0, spread, generator);
    return weight.set_requires_grad(true);
}

torch::Tensor Initialiser::matrix(const std::string& name, std::int64_t out, std::int64_t in, double gain) const {
    return tensor(name, {out, in}, in, out, gain);
}

torch::Tensor Initialiser::tensor(const std::string& name, const std::vector<std::int64_t>& shape, std::int64_t fan_in,
                                  std::int64_t fan_out, double gain) const {
    const auto in = static_cast<double>(fan_in), out = static_cast<double>(fan_out);
    double spread = 0.02;
    if (scheme_ == "xavier") spread = std::sqrt(2.0 / (in + out));
    if (scheme_ == "he") spread = std::sqrt(2.0 / in);
    if (scheme_ == "he_leaky") spread = std::sqrt(2.0 / ((1.0 + leaky_slope * leaky_slope) * in));
    if (scheme_ == "lecun") spread = std::sqrt(1.0 / in);
    return normal(name, shape, gain * spread);
}

torch::Tensor Initialiser::table(const std::string& name, std::int64_t count, std::int64_t width, double spread) const {
    return normal(name, {count, width}, spread);
}

torch::Tensor Initialiser::constant(std::int64_t size, double value) {
    return torch::full({size}, value).set_requires_grad(true);
}

}  // namespace gw
