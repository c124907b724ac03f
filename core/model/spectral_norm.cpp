#include "model/spectral_norm.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "util/rng.h"

namespace gw {

namespace {

torch::Tensor unit_length(const torch::Tensor& x) {
    constexpr double least = 1e-12;
    return x / x.norm().clamp_min(least);
}

/// Singular vectors of the largest singular value, one power iteration nearer than u is.
std::pair<torch::Tensor, torch::Tensor> iterated(const torch::Tensor& matrix_OI, const torch::Tensor& u_O) {
    const torch::Tensor v_I = unit_length(torch::mv(matrix_OI.t(), u_O));
    return {unit_length(torch::mv(matrix_OI, v_I)), v_I};
}

torch::Tensor weight_matrix(const torch::Tensor& weight) {
    return weight.detach().flatten(1);
}

}  // namespace

SpectralNorm::SpectralNorm(const Parameters& weights, std::uint64_t seed) {
    constexpr int first_turns = 15;
    const torch::NoGradGuard no_grad;
    for (const Parameter& p : weights) {
        Rng rng(mix64(seed, kept_.size()));
        torch::Tensor u_O = torch::empty({p.tensor.size(0)});
        for (std::int64_t i = 0; i < u_O.numel(); ++i) u_O.data_ptr<float>()[i] = static_cast<float>(rng.normal());
        const torch::Tensor matrix_OI = weight_matrix(p.tensor).to(torch::kCPU, torch::kFloat32);
        u_O = unit_length(u_O);
        for (int turn = 0; turn < first_turns; ++turn) {
            const torch::Tensor next_O = iterated(matrix_OI, u_O).first;
            if (next_O.norm().item<double>() < 0.5) break;  // a weight of zeros has no direction
            u_O = next_O;
        }
        kept_.push_back({p.name, u_O});
    }
}

std::map<std::string, torch::Tensor> SpectralNorm::by_name(const Parameters& all) {
    std::map<std::string, torch::Tensor> out;
    for (const Parameter& p : all) out.emplace(p.name, p.tensor);
    return out;
}

StandIns SpectralNorm::of(const Parameters& all) const {
    // Below it a weight is hardly there (a layer that begins at zero), and what flows back would be beyond measure.
    constexpr double least = 1e-3;
    StandIns out;
    const auto weights = by_name(all);
    for (const Kept& kept : kept_) {
        const torch::Tensor& weight = weights.at(kept.name);
        torch::Tensor u_O, v_I;
        {
            const torch::NoGradGuard no_grad;
            std::tie(u_O, v_I) = iterated(weight_matrix(weight), kept.u_O.to(weight.scalar_type()));
        }
        const torch::Tensor largest = torch::dot(u_O, torch::mv(weight.flatten(1), v_I));
        out.set(weight, weight / largest.clamp_min(least));
    }
    return out;
}

void SpectralNorm::follow(const Parameters& all) {
    const torch::NoGradGuard no_grad;
    const auto weights = by_name(all);
    for (Kept& kept : kept_) {
        const torch::Tensor next_O =
            iterated(weight_matrix(weights.at(kept.name)).to(kept.u_O.scalar_type()), kept.u_O).first;
        // Of a weight of zeros, or of one that is not finite, it stays.
        kept.u_O.copy_(torch::where(next_O.norm().gt(0.5), next_O, kept.u_O));
    }
}

void SpectralNorm::list(Buffers& out) const {
    for (const Kept& kept : kept_) out.push_back({"u." + kept.name, kept.u_O, /*state=*/true});
}

std::vector<std::string> SpectralNorm::names() const {
    std::vector<std::string> out;
    for (const Kept& kept : kept_) out.push_back(kept.name);
    return out;
}

}  // namespace gw
