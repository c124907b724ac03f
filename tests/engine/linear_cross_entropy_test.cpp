#include "objective/linear_cross_entropy.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <limits>

#include "engine/check_gradients.h"
#include "model/gradient_sink.h"
#include "objective/softmax_rows.h"
#include "util/task_pool.h"

namespace gw {
namespace {

LinearScores layer(std::int64_t rows, std::int64_t width, std::int64_t vocabulary, bool bias,
                   torch::Dtype type = torch::kFloat32) {
    torch::manual_seed(5);
    const auto leaf = [&](std::vector<std::int64_t> shape, double scale) {
        return (torch::randn(shape, torch::kFloat64) * scale).to(type).set_requires_grad(true);
    };
    LinearScores of{leaf({rows, width}, 1), leaf({vocabulary, width}, 0.3), {}, {}, type};
    if (bias) of.bias_V = leaf({vocabulary}, 1);
    of.targets_N = torch::randint(0, vocabulary, {rows}, torch::kInt64);
    return of;
}

/// Loss and the gradients of features, weight and bias (if there is one), all float64.
std::vector<torch::Tensor> told(const LinearScores& of, const torch::Tensor& loss) {
    std::vector<torch::Tensor> leaves{of.features_ND, of.weight_VD};
    if (of.bias_V.defined()) leaves.push_back(of.bias_V);
    std::vector<torch::Tensor> out{loss.detach().to(torch::kFloat64)};
    for (const torch::Tensor& gradient : torch::autograd::grad({loss * 0.37}, leaves))
        out.push_back(gradient.to(torch::kFloat64));
    return out;
}

std::vector<torch::Tensor> plainly(LinearScores of) {
    for (torch::Tensor* one : {&of.features_ND, &of.weight_VD, &of.bias_V})
        if (one->defined()) *one = one->detach().to(torch::kFloat64).set_requires_grad(true);
    const torch::Tensor scores = at::linear(of.features_ND, of.weight_VD, of.bias_V);
    return told(of, at::nll_loss(torch::log_softmax(scores, -1), of.targets_N, {}, at::Reduction::Sum));
}

void expect_alike(const std::vector<torch::Tensor>& found, const std::vector<torch::Tensor>& expected, double share) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(found[i].sizes(), expected[i].sizes());
        const double most = (found[i] - expected[i]).abs().max().item<double>();
        EXPECT_LE(most, share * expected[i].abs().max().item<double>()) << i;
    }
}

struct Shape {
    std::int64_t rows, width, vocabulary;
};

TEST(LinearCrossEntropy, IsThatOfAllScoresAtOnce) {
    // The gradients of the scores are kept; blocks of rows; those of the weight are made at once (more rows than its
    // width, and more than a million scores); one row, one value, and a vocabulary that no register divides.
    for (const Shape& s :
         {Shape{40, 16, 33}, Shape{700, 8, 1200}, Shape{1030, 12, 1300}, Shape{1, 1, 2}, Shape{3, 5, 1027}})
        for (const bool bias : {false, true}) {
            SCOPED_TRACE(std::to_string(s.rows) + " rows, " + std::to_string(s.vocabulary) + " scores");
            const LinearScores of = layer(s.rows, s.width, s.vocabulary, bias);
            expect_alike(told(of, linear_cross_entropy(of)), plainly(of), 2e-5);
        }
}

TEST(LinearCrossEntropy, OnTheOtherRoadsAsWell) {
    // 2^22 scores at once: of 90,000 ids 46 rows.
    LinearScores of = layer(100, 6, 90000, true, torch::kFloat64);
    expect_alike(told(of, linear_cross_entropy(of)), plainly(of), 1e-10);
    LinearScores half = layer(50, 32, 300, true);
    half.compute = torch::kBFloat16;
    expect_alike(told(half, linear_cross_entropy(half)), plainly(half), 3e-2);
    EXPECT_EQ(linear_cross_entropy(half).scalar_type(), torch::kFloat32);
}

TEST(LinearCrossEntropy, HasTheSlopesOfFiniteDifferences) {
    const LinearScores wide = layer(5, 4, 7, true, torch::kFloat64);
    test::check_gradients({{"features", wide.features_ND}, {"weight", wide.weight_VD}, {"bias", wide.bias_V}},
                          [&] { return linear_cross_entropy(wide); });
    const LinearScores of = layer(5, 4, 7, true);
    const std::vector<torch::Tensor> found = told(of, linear_cross_entropy(of));
    const std::vector<torch::Tensor> leaves{of.features_ND, of.weight_VD, of.bias_V};
    const torch::NoGradGuard no_grad;
    for (std::size_t k = 0; k < leaves.size(); ++k)
        for (std::int64_t i = 0; i < leaves[k].numel(); ++i) {
            float* const value = leaves[k].data_ptr<float>() + i;
            const float kept = *value, h = 1.0f / 64;
            *value = kept + h;
            const double above = linear_cross_entropy(of).item<double>();
            *value = kept - h;
            const double below = linear_cross_entropy(of).item<double>();
            *value = kept;
            EXPECT_NEAR(found[k + 1].view({-1})[i].item<double>(), 0.37 * (above - below) / (2 * h), 1e-3);
        }
}

TEST(LinearCrossEntropy, AddsToTheSinkWhereThereIsOne) {
    for (const Shape& s : {Shape{40, 16, 33}, Shape{1030, 12, 1300}}) {
        const LinearScores of = layer(s.rows, s.width, s.vocabulary, true);
        const std::vector<torch::Tensor> expected = told(of, linear_cross_entropy(of));
        torch::Tensor weight = torch::ones_like(of.weight_VD.detach()), bias = torch::ones_like(of.bias_V.detach());
        GradientSink sink;
        sink.set(of.weight_VD, weight.data_ptr<float>());
        sink.set(of.bias_V, bias.data_ptr<float>());
        const GradientSink::Use use(sink);
        const auto handed_out = torch::autograd::grad({linear_cross_entropy(of) * 0.37},
                                                      {of.features_ND, of.weight_VD, of.bias_V}, {}, {}, false,
                                                      /*allow_unused=*/true);
        EXPECT_TRUE(handed_out[0].defined());
        EXPECT_FALSE(handed_out[1].defined());
        EXPECT_FALSE(handed_out[2].defined());
        EXPECT_TRUE(torch::allclose(weight - 1, expected[2].to(torch::kFloat32), 1e-4, 1e-5));
        EXPECT_TRUE(torch::allclose(bias - 1, expected[3].to(torch::kFloat32), 1e-4, 1e-5));
    }
}

TEST(LinearCrossEntropy, DoesNotDependOnTheThreads) {
    // Large enough that its products are cut into pieces.
    const LinearScores of = layer(300, 64, 9000, true);
    const int before = TaskPool::shared().threads();
    TaskPool::shared().set_threads(1);
    const std::vector<torch::Tensor> alone = told(of, linear_cross_entropy(of));
    TaskPool::shared().set_threads(3);
    const std::vector<torch::Tensor> together = told(of, linear_cross_entropy(of));
    TaskPool::shared().set_threads(before);
    for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_TRUE(torch::equal(alone[i], together[i])) << i;
}

TEST(LinearCrossEntropy, LeavesOutWhatIsNotTrained) {
    LinearScores of = layer(20, 8, 30, false);
    const std::vector<torch::Tensor> expected = told(of, linear_cross_entropy(of));
    of.weight_VD = of.weight_VD.detach();
    const auto features = torch::autograd::grad({linear_cross_entropy(of) * 0.37}, {of.features_ND});
    EXPECT_TRUE(torch::allclose(features[0].to(torch::kFloat64), expected[1], 1e-5, 1e-7));
    of.features_ND = of.features_ND.detach();
    EXPECT_FALSE(linear_cross_entropy(of).requires_grad());
}

TEST(LinearCrossEntropy, NoRowsAndBadNumbers) {
    LinearScores none = layer(3, 4, 9, true);
    none.features_ND = torch::zeros({0, 4}).set_requires_grad(true);
    none.targets_N = torch::zeros({0}, torch::kInt64);
    EXPECT_EQ(linear_cross_entropy(none).item<double>(), 0);
    EXPECT_EQ(linear_cross_entropy_rows(none).first.size(0), 0);
    LinearScores bad = layer(3, 4, 9, false);
    bad.targets_N[1] = 9;
    EXPECT_ANY_THROW((void)linear_cross_entropy(bad));
    for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        LinearScores of = layer(3, 4, 9, false);
        const torch::NoGradGuard no_grad;
        of.features_ND[1][2] = value;
        EXPECT_FALSE(std::isfinite(linear_cross_entropy(of).item<double>()));
        EXPECT_FALSE(std::isfinite(linear_cross_entropy_rows(of).first[1].item<double>()));
    }
}

TEST(LinearCrossEntropy, RowsAreThoseOfAllScoresAtOnce) {
    for (const torch::Dtype type : {torch::kFloat32, torch::kFloat64}) {
        LinearScores of = layer(130, 4, 70000, true, type);
        const torch::NoGradGuard no_grad;
        const torch::Tensor scores = at::linear(of.features_ND, of.weight_VD, of.bias_V).to(torch::kFloat64);
        // Of so many classes no row would be a hit by chance: every other one is made one.
        const torch::Tensor wanted = of.targets_N.clone(), guesses = scores.argmax(-1);
        wanted.slice(0, 0, 130, 2).copy_(guesses.slice(0, 0, 130, 2));
        of.targets_N = wanted;
        const torch::Tensor at = of.targets_N.unsqueeze(1);
        const auto [losses, hits] = linear_cross_entropy_rows(of);
        EXPECT_TRUE(torch::allclose(losses.to(torch::kFloat64),
                                    -torch::log_softmax(scores, -1).gather(1, at).squeeze(1), 1e-5, 1e-5));
        EXPECT_TRUE(torch::equal(hits.to(torch::kBool), guesses.eq(wanted)));
        EXPECT_EQ(hits.sum().item<std::int64_t>(), guesses.eq(wanted).sum().item<std::int64_t>());
    }
    // The first of equal scores is the guess.
    const float scores[] = {1, 3, 2, 3};
    EXPECT_TRUE(look_at_scores(scores, 4, 1).hit);
    EXPECT_FALSE(look_at_scores(scores, 4, 3).hit);
    EXPECT_FALSE(look_at_scores(scores, 4, 2).hit);
}

TEST(LinearCrossEntropy, TheEstimateOfTheKernelsKnowsWhatIsKept) {
    EXPECT_EQ(linear_cross_entropy_kernel_bytes(512, 768, 32000), 4.0 * 512 * (32000 + 2 * 768)) << "all scores";
    EXPECT_EQ(linear_cross_entropy_kernel_bytes(2048, 768, 32000), 4.0 * (256 * 32000 + 768 * 32000 + 2 * 2048 * 768))
        << "a block of them, and the gradient of the weight";
}

TEST(LinearCrossEntropy, TheEstimateStopsGrowingWithTheRows) {
    EXPECT_EQ(linear_cross_entropy_bytes(100, 64, 256), 10.0 * 100 * 256);
    EXPECT_EQ(linear_cross_entropy_bytes(1 << 20, 768, 50304), linear_cross_entropy_bytes(1 << 14, 768, 50304));
    EXPECT_LT(linear_cross_entropy_bytes(1 << 14, 768, 50304), 10.0 * (1 << 14) * 50304 / 20);
}

}  // namespace
}  // namespace gw
