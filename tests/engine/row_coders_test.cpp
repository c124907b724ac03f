#include <gmock/gmock.h>
#include <torch/optim/adam.h>

#include <cmath>
#include <numbers>

#include "adapt/checkpoint_model.h"
#include "data/dataset.h"
#include "engine/check_gradients.h"
#include "engine/row_drawing.h"
#include "engine/stretch.h"
#include "eval/frechet.h"
#include "study/inference.h"
#include "study/step_view.h"

// Autoencoders of rows of a table, and the linear ones, whose optimum is known. N rows, D values of each.
namespace gw {
namespace {

using test::RowDrawing;
using testing::HasSubstr;

/// The rows of the dataset `factors`, [N, D] float64.
torch::Tensor factor_rows(const Json& settings) {
    const DatasetKind& kind = *find_kind(datasets(), "factors");
    std::vector<torch::Tensor> rows;
    kind.build(kind.complete(settings))
        ->visit(
            [&](const Document& document) {
                const auto& values = document.table->values;
                rows.push_back(torch::tensor(std::vector<double>(values.begin(), values.end()), torch::kFloat64));
                return true;
            },
            {}, {})
        .or_throw();
    return torch::stack(rows);
}

/// Eigenvalues of the covariance about the rows' own mean, rising, [D].
torch::Tensor eigenvalues(const torch::Tensor& rows_ND) {
    const torch::Tensor off = rows_ND - rows_ND.mean(0);
    return at::linalg_eigvalsh(torch::matmul(off.t(), off) / static_cast<double>(rows_ND.size(0)));
}

/// Mean squared error of a row at the best linear code of so many values (Eckart and Young 1936).
double left_by_components(const torch::Tensor& rows_ND, std::int64_t code) {
    return eigenvalues(rows_ND).narrow(0, 0, rows_ND.size(1) - code).sum().item<double>();
}

/// The most mean log likelihood of a row that `factors` hidden ones and one noise reach on these rows (Tipping and
/// Bishop 1999, equations 3.2, 3.7 and 3.8).
double most_likelihood(const torch::Tensor& rows_ND, std::int64_t factors) {
    const torch::Tensor values = eigenvalues(rows_ND);
    const std::int64_t all = values.size(0), rest = all - factors;
    const double noise = values.narrow(0, 0, rest).mean().item<double>();
    return -0.5 *
           (static_cast<double>(all) * (std::log(2 * std::numbers::pi) + 1) +
            values.narrow(0, rest, factors).log().sum().item<double>() + static_cast<double>(rest) * std::log(noise));
}

Json linear_mlp(std::int64_t width) {
    return {{"kind", "mlp"}, {"layers", 1}, {"width", width}, {"activation", "none"}};
}

/// Trains on the rows, a rate after the other, and shows what came of each update's weights every so often.
void train_on(const RowDrawing& it, const torch::Tensor& rows_ND, std::initializer_list<std::pair<int, double>> course,
              const std::function<void()>& look) {
    torch::optim::Adam adam(it.weights(), torch::optim::AdamOptions(0));
    constexpr std::int64_t together = 200;
    std::uint64_t update = 0;
    for (const auto& [updates, rate] : course) {
        for (auto& group : adam.param_groups()) static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
        for (int i = 0; i < updates; ++i, ++update) {
            const std::int64_t from = static_cast<std::int64_t>(update) * together % rows_ND.size(0);
            const Batch fed = it.batch(rows_ND.narrow(0, from, together), update);
            adam.zero_grad();
            minimised(it.objective->loss(*it.net, fed, Pass{}), {together, together}).backward();
            adam.step();
            constexpr std::uint64_t every = 50;
            if (look && update % every == 0) look();
        }
    }
}

double mean_loss(const RowDrawing& it, const torch::Tensor& rows_ND, std::uint64_t seed = 1) {
    const torch::NoGradGuard no_grad;
    return it.objective->measures(*it.net, it.batch(rows_ND, seed), Pass{})
        .losses_N.to(torch::kFloat64)
        .mean()
        .item<double>();
}

TEST(Factors, HaveTheOptimaThatTheirHelpTells) {
    constexpr double noise = 0.5;
    const torch::Tensor rows = factor_rows({{"rows", 40000}});
    const torch::Tensor values = eigenvalues(rows).flip(0);
    const std::vector<double> deviations{3, 2, 1};
    double likelihood = 10 * (1 + std::log(2 * std::numbers::pi)) + 7 * std::log(noise * noise);
    for (std::int64_t k = 0; k < 10; ++k) {
        const double s = k < 3 ? deviations[static_cast<std::size_t>(k)] : 0, expected = s * s + noise * noise;
        EXPECT_NEAR(values[k].item<double>(), expected, 0.04 * expected) << k;
        if (k < 3) likelihood += std::log(expected);
    }
    EXPECT_NEAR(most_likelihood(rows, 3), -likelihood / 2, 0.02);
    EXPECT_NEAR(left_by_components(rows, 3), 7 * noise * noise, 0.02);
    EXPECT_NEAR(left_by_components(rows, 2), 7 * noise * noise + 1 + noise * noise, 0.05);
    EXPECT_FALSE(find_kind(datasets(), "factors")->check({{"dimensions", 4}, {"factors", 5}}, "dataset").empty());
    EXPECT_FALSE(torch::equal(factor_rows({{"rows", 3}}), factor_rows({{"rows", 3}, {"seed", 2}})));
}

TEST(RowAutoencoder, ALinearOneIsPrincipalComponentsAndNeverLess) {
    // A mean that is not 0 is learnt by the biases.
    const torch::Tensor rows = factor_rows({{"rows", 1000}, {"factors", 4}}) + 1.5;
    for (const std::int64_t code : {1, 2, 4}) {
        const RowDrawing it("autoencoder", {{"code", code}, {"decoder_layers", 0}}, linear_mlp(code), 10);
        const double least = left_by_components(rows, code);
        int looks = 0;
        train_on(it, rows, {{800, 2e-2}, {400, 2e-3}, {200, 2e-4}}, [&] {
            ++looks;
            EXPECT_GT(mean_loss(it, rows), least * (1 - 1e-5)) << "nothing linear lies below " << code << " components";
        });
        EXPECT_GT(looks, 20);
        EXPECT_LT(mean_loss(it, rows), least * 1.01) << code;
    }
}

TEST(RowVae, ALinearOneReachesTheLikelihoodOfTheFactors) {
    // Its bound is tight at the optimum (Lucas et al. 2019, arXiv:1911.02469, section 4).
    const torch::Tensor rows = factor_rows({{"rows", 2000}});
    const double best = most_likelihood(rows, 3);
    const RowDrawing it("vae", {{"code", 3}, {"decoder_layers", 0}, {"deviation", 1}, {"learn_deviation", true}},
                        linear_mlp(3), 10);
    train_on(it, rows, {{1500, 1e-2}, {1000, 2e-3}, {500, 2e-4}}, {});
    double bound = 0;
    constexpr std::uint64_t draws = 20;
    for (std::uint64_t seed = 0; seed < draws; ++seed) bound -= mean_loss(it, rows, seed) / draws;
    EXPECT_LT(bound, best + 0.01) << "a bound lies below, but for the noise of its draws";
    EXPECT_GT(bound, best - 0.05);
    for (const Parameter& p : it.objective->parameters())
        if (p.name == "log_deviation") {
            EXPECT_NEAR(std::exp(p.tensor.item<double>()), 0.5, 0.02) << "the noise of the data";
        }
    // What is drawn has their covariance, noise included.
    const torch::NoGradGuard no_grad;
    const torch::Tensor drawn = it.objective->drawn(*it.net, 20000, 5, Pass{});
    ASSERT_EQ(drawn.sizes(), (std::vector<std::int64_t>{20000, 10}));
    EXPECT_TRUE(torch::equal(drawn, it.objective->drawn(*it.net, 20000, 5, Pass{})));
    EXPECT_LT(frechet_distance(drawn, rows), 0.1);
    EXPECT_NEAR(spread_beside(drawn, rows), 1, 0.05);
}

TEST(RowVae, ASetDeviationThatIsTheNoiseReachesItToo) {
    const torch::Tensor rows = factor_rows({{"rows", 2000}});
    const RowDrawing it("vae", {{"code", 3}, {"decoder_layers", 0}, {"deviation", 0.5}}, linear_mlp(3), 10);
    train_on(it, rows, {{1200, 1e-2}, {800, 2e-3}, {400, 2e-4}}, {});
    double bound = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) bound -= mean_loss(it, rows, seed) / 20;
    EXPECT_LT(bound, most_likelihood(rows, 3) + 0.01);
    EXPECT_GT(bound, most_likelihood(rows, 3) - 0.06);
}

TEST(RowCoders, GiveTheGradientsOfTheirLoss) {
    const Json mlp = {{"kind", "mlp"}, {"layers", 1}, {"width", 4}, {"activation", "tanh"}};
    torch::manual_seed(4);
    const torch::Tensor rows = torch::randn({3, 5});
    const std::pair<const char*, Json> cases[] = {
        {"autoencoder", {{"code", 3}, {"decoder_width", 6}, {"noise", 0.2}, {"hidden", 0.3}, {"sparsity", 0.1}}},
        {"vae", {{"code", 2}, {"decoder_width", 6}, {"beta", 2.0}, {"deviation", 0.5}}},
        {"vae", {{"code", 2}, {"decoder_width", 6}, {"deviation", 0.5}, {"learn_deviation", true}}}};
    for (const auto& [kind, settings] : cases) {
        SCOPED_TRACE(std::string(kind) + settings.dump());
        const RowDrawing it(kind, settings, mlp, test::rows_of_numbers(5), torch::kFloat64);
        torch::manual_seed(6);
        for (const Parameter& p : it.all()) {
            const torch::NoGradGuard no_grad;
            torch::Tensor(p.tensor).add_(0.2 * torch::randn_like(p.tensor));
        }
        const Batch fed = it.batch(rows, 1);
        test::check_gradients(it.all(), [&] {
            return minimised(it.objective->loss(*it.net, fed, Pass{torch::kFloat64}), {3, 3});
        });
        std::int64_t count = 0;
        for (const Parameter& p : it.objective->parameters()) count += p.tensor.numel();
        const ObjectiveKind& sheet = *find_kind(objectives(), kind);
        EXPECT_EQ(sheet.head_parameters(sheet.complete(settings), it.net->facts()), count);
    }
}

/// A number, a word of three and a number with gaps: six values.
InputFacts mixed_columns() {
    InputFacts out;
    out.table =
        TableInput{{{"size", {}, 10, 2, 4, 16}, {"sort", {"p", "q", "r"}}, {"age", {}, 5, 1, 3, 8, false, true}}};
    return out;
}

TEST(RowAutoencoder, HidesColumnsAsAWholeAndAsksForThem) {
    const RowDrawing it("autoencoder", {{"code", 2}, {"hidden", 0.5}}, linear_mlp(4), mixed_columns());
    const torch::Tensor rows = torch::ones({400, 6});
    const Batch fed = it.batch(rows, 1);
    const torch::Tensor seen = fed["spoilt"].flatten(1);
    for (const auto& [from, count] : {std::pair{0, 1}, {1, 3}, {4, 2}}) {
        const torch::Tensor column = seen.narrow(1, from, count);
        EXPECT_TRUE(torch::equal(column, column.select(1, 0).unsqueeze(1).expand_as(column))) << from;
        EXPECT_NEAR(column.mean().item<double>(), 0.5, 0.1) << from;
    }
    EXPECT_FALSE(torch::equal(seen.select(1, 0), seen.select(1, 1))) << "each column by itself";
    const torch::NoGradGuard no_grad;
    const torch::Tensor redrawn = it.objective->redrawn(*it.net, fed, Pass{});
    ASSERT_EQ(redrawn.sizes(), (std::vector<std::int64_t>{400, 3, 6}));
    EXPECT_TRUE(torch::equal(redrawn.select(1, 0), seen));
    EXPECT_TRUE(torch::equal(redrawn.select(1, 2), rows));
    const torch::Tensor squares = (redrawn.select(1, 1) - rows).square().sum(1);
    EXPECT_TRUE(torch::allclose(it.objective->measures(*it.net, fed, Pass{}).losses_N, squares, 1e-5, 1e-5));
    EXPECT_TRUE(it.objective->sheets(*it.net, fed, 1, Pass{}).empty()) << "no pictures of rows";
    EXPECT_FALSE(it.objective->drawn(*it.net, 3, 1, Pass{}).defined());
}

TEST(RowCoders, CrossEntropyIsRefusedWhereValuesLeaveNothingToOne) {
    for (const auto& [kind, settings, advice] :
         {std::tuple{"autoencoder", Json{{"loss", "bernoulli"}}, "objective.loss=squared"},
          {"vae", Json{{"likelihood", "bernoulli"}}, "objective.likelihood=gaussian"}}) {
        try {
            const RowDrawing it(kind, settings, linear_mlp(4), mixed_columns());
            ADD_FAILURE() << kind << " was built";
        } catch (const Failure& failure) {
            EXPECT_THAT(failure.error().message, HasSubstr("from -3 to 3"));
            EXPECT_THAT(failure.error().hint, HasSubstr(advice));
            EXPECT_THAT(failure.error().where, testing::Contains("column size"));
        }
        // Words alone are shares of a category each.
        InputFacts words;
        words.table = TableInput{{{"sort", {"p", "q", "r"}}, {"kind", {"a", "b"}}}};
        const RowDrawing it(kind, settings, linear_mlp(4), words);
        const torch::Tensor rows = torch::tensor({{1.0F, 0.0F, 0.0F, 0.0F, 1.0F}, {0.0F, 0.0F, 1.0F, 1.0F, 0.0F}});
        EXPECT_TRUE(std::isfinite(mean_loss(it, rows)));
        const torch::NoGradGuard no_grad;
        const torch::Tensor again = it.objective->redrawn(*it.net, it.batch(rows, 1), Pass{}).select(1, 1);
        EXPECT_TRUE(again.gt(0).logical_and(again.lt(1)).all().item<bool>()) << "as probabilities";
        const torch::Tensor drawn = it.objective->drawn(*it.net, 200, 1, Pass{});
        if (!drawn.defined()) continue;
        EXPECT_TRUE(drawn.eq(0).logical_or(drawn.eq(1)).all().item<bool>());
        EXPECT_TRUE(drawn.eq(1).any().item<bool>() && drawn.eq(0).any().item<bool>());
    }
}

class RowCoderRuns : public testing::TestWithParam<const char*> {
  protected:
    static Json spec(const Json& changes = Json::object()) {
        Json spec = overlay_spec(default_spec(), Json::parse(R"({
            "dataset": {"kind": "gaussians", "modes": 3, "radius": 3, "deviation": 0.2, "rows": 300},
            "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
            "tokenizer": {"kind": "none"},
            "backbone": {"kind": "residual_mlp", "layers": 1, "width": 16},
            "training": {"budget": 8, "micro_batch": 8, "threads": 1},
            "evaluation": {"every": 4, "tokens": 0, "whole_at_end": true},
            "sampling": {"every": 4}
        })"));
        spec["objective"] = {{"kind", GetParam()}, {"code", 2}, {"decoder_width", 16}};
        return test::tiny_spec(overlay_spec(spec, changes));
    }
};

TEST_P(RowCoderRuns, ResumeToTheBitAndAreEvaluatedAndShownAsRecorded) {
    const Json it = spec({{"saving", {{"every", 3}, {"keep_last", 9}}}, {"sampling", {{"every", 4}}}});
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(it).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(it, {}, 3).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(it, parts.checkpoint(3)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    EXPECT_EQ(parts.samples(), whole.samples());
    const CheckpointModel one = CheckpointModel::load(whole.current()).or_throw(),
                          other = CheckpointModel::load(parts.current()).or_throw();
    EXPECT_TRUE(torch::equal(one.model.bank->weights(), other.model.bank->weights()));
    const auto figures = whole.figures();
    const CheckpointScore found = score_checkpoint(whole.current(), "validation", {}, whole.cache, {}, {}).or_throw();
    const bool drawing = std::string(GetParam()) == "vae";
    for (const char* metric : {"loss", "active_codes", "frechet", "drawn_spread", "modes_drawn", "near_modes"}) {
        const bool of_drawn = std::string(metric) != "loss" && std::string(metric) != "active_codes";
        ASSERT_EQ(found.metrics.contains(metric), drawing || !of_drawn) << metric;
        if (found.metrics.contains(metric)) {
            EXPECT_NEAR(found.metrics.at(metric), figures.at({8, std::string("validation/") + metric}), 1e-5) << metric;
        }
    }
    const auto samples = whole.samples();
    EXPECT_TRUE(samples.contains({8, "redrawn"}));
    EXPECT_EQ(samples.contains({8, "scatter"}), drawing);
    int told = 0;
    for (const auto& [at, text] : samples)
        if (at.first == 8 && at.second.starts_with("x1 ")) {
            EXPECT_THAT(text, testing::StartsWith("x1 "));
            ++told;
        }
    EXPECT_EQ(told, 4) << "rows in words, drawn again";
    const StepView view = view_step(it, whole.current(), 2, whole.cache, {}, {}).or_throw();
    ASSERT_EQ(view.samples.size(), 8U);
    for (const ShownSample& sample : view.samples) {
        ASSERT_EQ(sample.tokens.size(), 2U);
        EXPECT_THAT(sample.tokens[0].text, testing::StartsWith("x1 "));
        EXPECT_THAT(sample.tokens[1].text, testing::StartsWith(" → x1 "));
        EXPECT_FALSE(sample.picture);
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, RowCoderRuns, testing::Values("autoencoder", "vae"),
                         [](const auto& it) { return std::string(it.param); });

}  // namespace
}  // namespace gw
