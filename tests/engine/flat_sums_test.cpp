#include "optim/flat_sums.h"

#include <cmath>
#include <limits>

#include "engine/small.h"
#include "optim/catalog.h"
#include "util/task_pool.h"

namespace gw {
namespace {

/// Runs `body` with so many threads.
template <class Body>
auto with_threads(int threads, const Body& body) {
    const int before = TaskPool::shared().threads();
    TaskPool::shared().set_threads(threads);
    auto out = body();
    TaskPool::shared().set_threads(before);
    return out;
}

/// A bank of some pieces of a pass and a rest, with gradients.
struct LargeBank {
    torch::Tensor matrix, vector;
    ParameterBank bank;
    LargeBank()
        : matrix(numbers({331, 307}, 1)), vector(numbers({77}, 2)), bank({{"m", matrix}, {"v", vector}}, torch::kCPU) {
        const torch::NoGradGuard no_grad;
        bank.gradients().copy_(numbers({bank.trained()}, 3).detach());
    }
    static torch::Tensor numbers(std::vector<std::int64_t> shape, std::uint64_t seed) {
        torch::manual_seed(seed);
        return torch::randn(shape).set_requires_grad(true);
    }
};

TEST(FlatSums, AreThoseOfLibTorch) {
    LargeBank large;
    const double expected = large.bank.gradients().to(torch::kFloat64).norm().item<double>();
    EXPECT_NEAR(large.bank.gradient_norm().item<double>(), expected, 1e-6 * expected);
    const std::int64_t count = large.bank.trained();
    const torch::Tensor a = torch::randn({count}), b = torch::randn({count}), c = torch::randn({count});
    const std::vector<const float*> parts{a.data_ptr<float>(), b.data_ptr<float>(), c.data_ptr<float>()};
    for (std::size_t number = 0; number <= parts.size(); ++number) {
        torch::Tensor sum = large.bank.gradients().clone();
        for (std::size_t i = 0; i < number; ++i) sum += i == 0 ? a : i == 1 ? b : c;
        const torch::Tensor norm = large.bank.add_up_gradients({parts.data(), number});
        EXPECT_TRUE(torch::equal(large.bank.gradients(), sum)) << number;
        EXPECT_TRUE(torch::equal(norm, large.bank.gradient_norm()));
    }
}

TEST(FlatSums, TellBadNumbers) {
    for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        std::vector<float> values(100000, 1.0f);
        values[99998] = bad;
        EXPECT_FALSE(std::isfinite(sum_of_squares(values.data(), 100000)));
    }
    // The squares of large numbers do not overflow.
    const std::vector<float> large(1000, 1e30f);
    EXPECT_NEAR(std::sqrt(sum_of_squares(large.data(), 1000)), std::sqrt(1000.0) * 1e30, 1e26);
    EXPECT_EQ(sum_of_squares(large.data(), 0), 0);
}

TEST(FlatSums, AndUpdatesDoNotDependOnTheThreads) {
    for (const auto& kind : optimizers()) {
        SCOPED_TRACE(kind.card.id);
        const auto told = [&] {
            LargeBank large;
            const auto optimizer = kind.build(Json::object(), large.bank);
            for (int step = 0; step < 3; ++step)
                optimizer->step({0.01, large.bank.gradient_norm().reciprocal(), torch::tensor(true)});
            return torch::cat({large.bank.weights(), large.bank.gradient_norm().view({1})});
        };
        EXPECT_TRUE(torch::equal(with_threads(1, told), with_threads(3, told)));
    }
}

}  // namespace
}  // namespace gw
