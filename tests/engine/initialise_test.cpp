#include "model/initialise.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <cmath>
#include <map>

// How first weights are drawn: their variance, their edges, and directions that keep their length.
namespace gw {
namespace {

constexpr std::int64_t out = 300, in = 100;

torch::Tensor drawn(const std::string& scheme) {
    return Initialiser(scheme, 3).matrix("w", out, in).detach();
}

TEST(Initialisation, HasTheVarianceOfItsScheme) {
    const std::map<std::string, double> variance{{"gpt2", 0.0004},
                                                 {"xavier", 2.0 / (in + out)},
                                                 {"xavier_uniform", 2.0 / (in + out)},
                                                 {"he", 2.0 / in},
                                                 {"he_uniform", 2.0 / in},
                                                 {"lecun", 1.0 / in},
                                                 {"lecun_uniform", 1.0 / in},
                                                 {"pytorch", 1.0 / (3.0 * in)}};
    for (const auto& [scheme, expected] : variance) {
        const torch::Tensor w = drawn(scheme);
        EXPECT_NEAR(w.square().mean().item<double>(), expected, 0.03 * expected) << scheme;
        EXPECT_NEAR(w.mean().item<double>(), 0, 4 * std::sqrt(expected / (in * out))) << scheme;
        EXPECT_TRUE(torch::equal(w, drawn(scheme))) << scheme << ": the seed and the name say it all";
    }
}

TEST(Initialisation, IsFlatUpToItsEdgeWhereItIsUniform) {
    for (const auto& [scheme, spread] : std::map<std::string, double>{{"xavier_uniform", std::sqrt(2.0 / (in + out))},
                                                                      {"he_uniform", std::sqrt(2.0 / in)},
                                                                      {"lecun_uniform", std::sqrt(1.0 / in)},
                                                                      {"pytorch", std::sqrt(1.0 / (3 * in))}}) {
        const torch::Tensor w = drawn(scheme).abs();
        const double edge = std::sqrt(3.0) * spread;
        EXPECT_LE(w.max().item<double>(), edge * (1 + 1e-6)) << scheme;
        EXPECT_GT(w.max().item<double>(), 0.99 * edge) << scheme;
        EXPECT_NEAR((w > edge / 2).to(torch::kFloat64).mean().item<double>(), 0.5, 0.02) << scheme;
    }
    EXPECT_GT(drawn("he").abs().max().item<double>(), 3 * std::sqrt(2.0 / in)) << "a normal one has no edge";
}

TEST(Initialisation, KeepsLengthsWhereItIsOrthogonal) {
    const torch::Tensor tall = drawn("orthogonal").to(torch::kFloat64);
    EXPECT_LT((tall.t().mm(tall) - torch::eye(in, torch::kFloat64)).abs().max().item<double>(), 1e-6);
    const Initialiser init("orthogonal", 5);
    const torch::Tensor wide = init.tensor("conv", {8, 3, 3, 3}, 27, 72, /*gain=*/2).detach().reshape({8, 27});
    EXPECT_LT((wide.mm(wide.t()) - 4 * torch::eye(8)).abs().max().item<double>(), 1e-5);
}

TEST(Initialisation, LetsValuesThroughWhereItIsTheIdentity) {
    const Initialiser init("identity", 5);
    const torch::Tensor x = torch::randn({2, 3, 5, 5});
    EXPECT_TRUE(torch::equal(init.matrix("w", 5, 5, /*gain=*/2).detach(), 2 * torch::eye(5)));
    EXPECT_TRUE(torch::equal(init.matrix("w", 7, 5).detach(), Initialiser("lecun", 5).matrix("w", 7, 5).detach()))
        << "what begins alike would stay so";
    for (const torch::Tensor& gate : init.tensor("recurrent", {3 * 6, 6}, 6, 6).detach().split(6))
        EXPECT_TRUE(torch::equal(gate, torch::eye(6)));
    const torch::Tensor kernel = init.tensor("conv", {3, 3, 3, 3}, 27, 27).detach();
    EXPECT_TRUE(torch::allclose(at::conv2d(x, kernel, {}, 1, 1), x));
}

TEST(Initialisation, IsOrthogonalForEachGateAlone) {
    const torch::Tensor gates = Initialiser("orthogonal", 5).tensor("recurrent", {4 * 6, 6}, 6, 6).detach();
    for (const torch::Tensor& gate : gates.split(6))
        EXPECT_LT((gate.mm(gate.t()) - torch::eye(6)).abs().max().item<double>(), 1e-5);
    EXPECT_FALSE(torch::allclose(gates.narrow(0, 0, 6), gates.narrow(0, 6, 6)));
}

TEST(Initialisation, DrawsDirectionsEvenlyWhereItIsOrthogonal) {
    // Of a matrix of one row and column the only directions are 1 and -1; without the mending of signs all are alike.
    int above = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed)
        above += Initialiser("orthogonal", seed).matrix("w", 1, 1).item<double>() > 0;
    EXPECT_NEAR(above, 200, 50);
}

}  // namespace
}  // namespace gw
