#include <torch/enum.h>
#include <torch/nn/functional/loss.h>

#include <cmath>
#include <limits>

#include "adapt/model_state.h"
#include "engine/check_gradients.h"
#include "engine/small.h"
#include "eval/probes.h"
#include "objective/label_head.h"
#include "objective/losses.h"

namespace gw {
namespace {

using test::numbers;

const torch::Tensor targets = torch::tensor({0, 2, 1, 2, 0}, torch::kInt64);
const torch::Tensor weights = torch::tensor({0.5, 1.5, 2.0}, torch::kFloat64);
const torch::Tensor sets =
    torch::tensor({{1., 0., 1.}, {0., 0., 0.}, {1., 1., 1.}, {0., 1., 0.}, {0., 0., 1.}}, torch::kFloat64);

TEST(LabelledLosses, CrossEntropyEqualsLibTorchs) {
    const torch::Tensor x = numbers({5, 3}, 1);
    namespace F = torch::nn::functional;
    const auto reference = [&](const torch::Tensor& w, double smoothing) {
        auto options = F::CrossEntropyFuncOptions().reduction(torch::kNone).label_smoothing(smoothing);
        if (w.defined()) options = options.weight(w);
        return F::cross_entropy(x, targets, options);
    };
    EXPECT_TRUE(torch::allclose(cross_entropy_rows(x, targets, {}, 0), reference({}, 0)));
    EXPECT_TRUE(torch::allclose(cross_entropy_rows(x, targets, {}, 0.2), reference({}, 0.2)));
    EXPECT_TRUE(torch::allclose(cross_entropy_rows(x, targets, weights, 0), reference(weights, 0)));
}

TEST(LabelledLosses, FocalWithoutFocusIsCrossEntropy) {
    const torch::Tensor x = numbers({5, 3}, 2);
    EXPECT_TRUE(torch::allclose(focal_rows(x, targets, weights, 0), cross_entropy_rows(x, targets, weights, 0)));
    EXPECT_TRUE(torch::allclose(binary_focal_rows(x, sets, {}, 0), binary_rows(x, sets, {})));
}

TEST(LabelledLosses, ByHand) {
    const torch::Tensor even = torch::zeros({1, 2}, torch::kFloat64), first = torch::tensor({0}, torch::kInt64);
    EXPECT_NEAR(focal_rows(even, first, {}, 2).item<double>(), 0.25 * std::log(2.0), 1e-12);
    EXPECT_NEAR(hinge_rows(torch::tensor({{2.0, 1.5, -1.0}}, torch::kFloat64), first, {}).item<double>(), 0.5, 1e-12);
    EXPECT_NEAR(hinge_rows(torch::tensor({{2.0, 0.5}}, torch::kFloat64), first, {}).item<double>(), 0.0, 1e-12);
    EXPECT_NEAR(binary_rows(even, torch::tensor({{1.0, 0.0}}, torch::kFloat64), {}).item<double>(), 2 * std::log(2.0),
                1e-12);
    const torch::Tensor values = torch::tensor({3.0, 0.5}, torch::kFloat64), zero = torch::zeros({2}, torch::kFloat64);
    EXPECT_TRUE(torch::allclose(squared_rows(values, zero), torch::tensor({9.0, 0.25}, torch::kFloat64)));
    EXPECT_TRUE(torch::allclose(absolute_rows(values, zero), torch::tensor({3.0, 0.5}, torch::kFloat64)));
    EXPECT_TRUE(torch::allclose(huber_rows(values, zero, 1.0), torch::tensor({2.5, 0.125}, torch::kFloat64)));
    const torch::Tensor cosh = torch::tensor({std::log(std::cosh(3.0)), std::log(std::cosh(0.5))}, torch::kFloat64);
    EXPECT_TRUE(torch::allclose(log_cosh_rows(values, zero), cosh));
    EXPECT_NEAR(log_cosh_rows(values * 1e4, zero)[0].item<double>(), 3e4 - std::log(2.0), 1e-9) << "cosh overflows";
    EXPECT_TRUE(torch::allclose(quantile_rows(values, zero, 0.9), torch::tensor({0.3, 0.05}, torch::kFloat64)));
    EXPECT_TRUE(torch::allclose(quantile_rows(-values, zero, 0.9), torch::tensor({2.7, 0.45}, torch::kFloat64)));
}

TEST(LabelledLosses, AQuantileIsWhereItsLossIsLeast) {
    const torch::Tensor labels = torch::linspace(0, 1, 1001, torch::kFloat64).square();
    for (const double q : {0.1, 0.5, 0.9}) {
        double best = 0, least = std::numeric_limits<double>::infinity();
        for (double said = 0; said <= 1; said += 1e-3) {
            const double loss = quantile_rows(torch::full_like(labels, said), labels, q).mean().item<double>();
            if (loss < least) least = loss, best = said;
        }
        EXPECT_NEAR(best, q * q, 2e-3) << q;
    }
}

TEST(Gradients, LabelledLosses) {
    const torch::Tensor x = numbers({5, 3}, 3), v = numbers({5}, 4), y = torch::linspace(-2, 2, 5, torch::kFloat64);
    const std::vector<std::function<torch::Tensor()>> of_rows{
        [&] { return cross_entropy_rows(x, targets, weights, 0.1).sum(); },
        [&] { return focal_rows(x, targets, weights, 2).sum(); }, [&] { return hinge_rows(x, targets, weights).sum(); },
        [&] { return binary_rows(x, sets, weights).sum(); },
        [&] { return binary_focal_rows(x, sets, weights, 1.5).sum(); }};
    for (const auto& loss : of_rows) test::check_gradients({{"x", x}}, loss);
    const std::vector<std::function<torch::Tensor()>> of_numbers{
        [&] { return squared_rows(v, y).sum(); }, [&] { return absolute_rows(v, y).sum(); },
        [&] { return huber_rows(v, y, 0.7).sum(); }, [&] { return log_cosh_rows(v, y).sum(); },
        [&] { return quantile_rows(v, y, 0.8).sum(); }};
    for (const auto& loss : of_numbers) test::check_gradients({{"v", v}}, loss);
}

TEST(Gradients, PoolingOfPaddedRows) {
    const torch::Tensor x = numbers({2, 4, 3}, 5);
    const torch::Tensor valid = torch::tensor({{1, 1, 1, 1}, {1, 1, 0, 0}}, torch::kInt64).to(torch::kBool);
    for (const char* pooling : {"mean", "last", "first", "max"}) {
        test::check_gradients({{"x", x}}, [&] {
            return (pooled({x, {}, {}}, valid, pooling) * torch::arange(1, 7, torch::kFloat64).view({2, 3})).sum();
        });
        const torch::Tensor alone = pooled({x.narrow(0, 1, 1).narrow(1, 0, 2), {}, {}}, {}, pooling);
        EXPECT_TRUE(torch::allclose(pooled({x, {}, {}}, valid, pooling)[1], alone[0])) << pooling;
    }
}

// ---- padding

TEST(Padding, ChangesNoFeatureOfARow) {
    for (const bool causal : {true, false}) {
        auto backbone = test::small_backbone({{"kind", "transformer"},
                                              {"layers", 2},
                                              {"width", 16},
                                              {"heads", 2},
                                              {"context", 12},
                                              {"positions", causal ? "rotary" : "learned"}},
                                             11, causal);
        const torch::Tensor ids = torch::randint(0, 11, {1, 5}, torch::kInt64);
        const torch::Tensor padded = torch::cat({ids, torch::full({1, 4}, 9, torch::kInt64)}, 1);
        const torch::Tensor alone = test::sequence(*backbone, ids);
        Batch rows = Batch::of_tokens(padded);
        rows.set(array::valid, torch::arange(9).unsqueeze(0).lt(5));
        const torch::Tensor beside = backbone->features(rows, {}).sequence_BTD.narrow(1, 0, 5);
        EXPECT_TRUE(torch::allclose(alone, beside, 1e-5, 1e-6)) << (causal ? "causal" : "bidirectional");
    }
}

// ---- adapters

const Json adapted{
    {"kind", "transformer"},  {"layers", 2},   {"width", 16}, {"heads", 4}, {"kv_heads", 2}, {"context", 8},
    {"activation", "swiglu"}, {"dropout", 0.0}};

TEST(Lora, BeginsAsItWasAndMergesIntoTheSame) {
    auto backbone = test::small_backbone(adapted, 11, true);
    const torch::Tensor ids = torch::randint(0, 11, {2, 6}, torch::kInt64);
    const Pass pass;
    const torch::Tensor before = test::sequence(*backbone, ids, pass).detach();
    const std::size_t tensors = backbone->parameters().size();
    const std::vector<Adapted> adapters = backbone->adapt({3, 6, 0, {"qkv", "out", "up", "down", "tokens"}}, 5);
    EXPECT_EQ(adapters.size(), 2 * backbones().front().projections.size() + 1);
    for (const std::string& name : backbones().front().projections)
        EXPECT_EQ(
            std::count_if(adapters.begin(), adapters.end(), [&](const Adapted& a) { return a.projection == name; }), 2)
            << name;
    EXPECT_GT(backbone->parameters().size(), tensors);
    // To rounding: without adapters a block may be fused.
    EXPECT_TRUE(torch::allclose(test::sequence(*backbone, ids, pass), before, 1e-4, 1e-5));
    const torch::NoGradGuard no_grad;
    for (Parameter& p : backbone->parameters())
        if (p.name.ends_with("lora_b")) p.tensor.normal_(0, 0.1);
    const torch::Tensor moved = test::sequence(*backbone, ids, pass);
    EXPECT_FALSE(torch::allclose(moved, before, 1e-3, 1e-3));
    backbone->merge_adapters();
    EXPECT_EQ(backbone->parameters().size(), tensors);
    EXPECT_TRUE(torch::allclose(test::sequence(*backbone, ids, pass), moved, 1e-4, 1e-5));
}

TEST(Lora, AProjectionThatIsMissedIsAnError) {
    EXPECT_TRUE(test::small_backbone(adapted, 11, true)->adapt({3, 6, 0, {"none"}}, 5).empty());
    Json spec = test::tiny_spec();
    spec["start"] = {{"kind", "checkpoint"}, {"path", "x"}, {"train", "lora"}, {"projections", {"qkv", "gate"}}};
    const test::LetterTokenizer tokenizer(9);
    try {
        (void)build_model(spec, tokens_input(tokenizer.vocabulary()), tokenizer, {});
        FAIL() << "a projection that is not there was passed over";
    } catch (const Failure& failure) {
        EXPECT_NE(failure.error().message.find("\"gate\""), std::string::npos);
    }
    spec["start"].erase("projections");
    const Model model = build_model(spec, tokens_input(tokenizer.vocabulary()), tokenizer, {});
    EXPECT_EQ(std::count_if(model.bank->entries().begin(), model.bank->entries().end(),
                            [](const auto& e) { return e.name.ends_with("lora_a"); }),
              8);
}

TEST(Gradients, Lora) {
    auto backbone = test::small_backbone(adapted, 11, true, torch::kFloat64);
    backbone->adapt({2, 4, 0, {"qkv", "down", "tokens"}}, 5);
    Parameters adapters;
    for (Parameter& p : backbone->parameters()) {
        p.tensor.set_data(p.tensor.detach().to(torch::kFloat64));
        if (!p.name.ends_with("lora_a") && !p.name.ends_with("lora_b")) continue;
        const torch::NoGradGuard no_grad;
        p.tensor.normal_(0, 0.2);
        adapters.push_back(p);
    }
    ASSERT_FALSE(adapters.empty());
    const torch::Tensor ids = torch::randint(0, 11, {2, 4}, torch::kInt64),
                        by = torch::randn({2, 4, 16}, torch::kFloat64);
    test::check_gradients(adapters, [&] {
        return (test::sequence(*backbone, ids, Pass{torch::kFloat64, true}) * by).sum();
    });
}

// ---- probes

FeatureSet gaussians(std::int64_t rows, std::uint64_t seed, double apart) {
    torch::manual_seed(seed);
    FeatureSet set;
    set.features_ND = torch::randn({rows, 6});
    for (std::int64_t i = 0; i < rows; ++i) {
        set.classes.push_back(static_cast<std::int32_t>(i % 3));
        set.values.push_back(set.features_ND[i][0].item<double>() * 2 - set.features_ND[i][1].item<double>() + 5);
        set.documents.push_back(i);
        set.features_ND[i][i % 3] += apart;
    }
    return set;
}

/// ln p(y) of y ~ N(0, 1/beta + X X^T / alpha), by the whole covariance.
double direct_evidence(const torch::Tensor& x, const torch::Tensor& y, double alpha, double beta) {
    const auto n = x.size(0);
    const torch::Tensor covariance = torch::eye(n, torch::kFloat64) / beta + x.matmul(x.t()) / alpha;
    const torch::Tensor factor = torch::linalg_cholesky(covariance);
    const torch::Tensor whitened = torch::linalg_solve_triangular(factor, y.unsqueeze(1), /*upper=*/false);
    return -0.5 * whitened.square().sum().item<double>() - factor.diagonal().log().sum().item<double>() -
           0.5 * static_cast<double>(n) * std::log(2 * M_PI);
}

TEST(Probes, LogMaximumEvidenceIsTheBestOfTheDirectOnes) {
    const FeatureSet set = gaussians(40, 1, 1.0);
    const torch::Tensor x = set.features_ND.to(torch::kFloat64), y = torch::tensor(set.values).to(torch::kFloat64);
    double best = -1e300;
    for (double a = -6; a <= 6; a += 0.05)
        for (double b = -6; b <= 6; b += 0.05) {
            if (std::abs(a - b) > 9) continue;
            best = std::max(best, direct_evidence(x, y, std::exp(a), std::exp(b)));
        }
    const double found = log_maximum_evidence(set, LabelKind::number, 0) * 40;
    EXPECT_NEAR(found, best, 0.02);
    EXPECT_GE(found, best - 1e-6);  // a grid can only come near
    EXPECT_GT(log_maximum_evidence(gaussians(300, 2, 3.0), LabelKind::one_class, 3),
              log_maximum_evidence(gaussians(300, 2, 0.3), LabelKind::one_class, 3));
}

TEST(Probes, LinearReachesTheOptimumOfPlainDescent) {
    const FeatureSet train = gaussians(120, 3, 1.5), test = gaussians(30, 4, 1.5);
    const Predictions found = linear_probe(train, test, LabelKind::one_class, {"a", "b", "c"}, 1e-2);
    const torch::Tensor mean = train.features_ND.mean(0), deviation = train.features_ND.std(0, false);
    const torch::Tensor x = ((train.features_ND - mean) / deviation).to(torch::kFloat64),
                        to = ((test.features_ND - mean) / deviation).to(torch::kFloat64);
    const torch::Tensor labels =
        torch::tensor(std::vector<std::int64_t>(train.classes.begin(), train.classes.end()), torch::kInt64);
    torch::Tensor w = torch::zeros({6, 3}, torch::kFloat64), b = torch::zeros({3}, torch::kFloat64);
    const torch::Tensor truth = torch::one_hot(labels, 3).to(torch::kFloat64);
    for (int i = 0; i < 4000; ++i) {
        const torch::Tensor off = (torch::softmax(x.matmul(w) + b, -1) - truth) / 120.0;
        w -= 0.5 * (x.t().matmul(off) + 1e-2 * w);
        b -= 0.5 * off.sum(0);
    }
    const torch::Tensor reference = torch::softmax(to.matmul(w) + b, -1);
    for (std::int64_t i = 0; i < 30; ++i)
        for (std::int64_t c = 0; c < 3; ++c) EXPECT_NEAR(found.score(i, c), reference[i][c].item<double>(), 2e-4);
}

TEST(Probes, NearestNeighboursByHand) {
    FeatureSet train, test;
    train.features_ND = torch::tensor({{1.0F, 0.0F}, {0.0F, 2.0F}, {-3.0F, 0.0F}});
    train.classes = {0, 1, 2};
    train.values = {10, 20, 30};
    test.features_ND = torch::tensor({{5.0F, 0.1F}, {0.1F, 0.3F}});
    test.classes = {0, 1};
    test.values = {0, 0};
    test.documents = {0, 1};
    const Predictions nearest = knn_probe(train, test, LabelKind::one_class, {"a", "b", "c"}, 1);
    EXPECT_EQ(nearest.guess(0), 0);
    EXPECT_EQ(nearest.guess(1), 1);
    EXPECT_NEAR(knn_probe(train, test, LabelKind::number, {}, 2).score(0, 0), 15.0, 1e-5);
}

}  // namespace
}  // namespace gw
