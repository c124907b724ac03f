#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "engine/check_gradients.h"
#include "engine/every_objective.h"
#include "engine/stretch.h"
#include "study/forecast_view.h"

// Several quantiles of a forecast against plain sums, and against a process whose quantiles are known.
namespace gw {
namespace {

struct Forecaster {
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> head;
    Parameters all() const {
        Parameters out = net->parameters();
        for (const Parameter& one : head->parameters()) out.push_back(one);
        return out;
    }
};

Forecaster forecaster(const char* backbone, const SeriesInput& input, const Json& settings) {
    const BackboneKind& kind = *find_kind(backbones(), backbone);
    Forecaster out;
    out.net = kind.build(kind.complete({{"kind", backbone}}), {{std::nullopt, std::nullopt, input}, true, 3});
    Json section = settings;
    section["kind"] = "forecast";
    const ObjectiveKind& objective = *find_kind(objectives(), "forecast");
    EXPECT_TRUE(objective.check(section, "objective").empty());
    out.head = objective.build(objective.complete(section), ObjectiveInputs{out.net->facts()});
    std::int64_t weights = 0;
    for (const Parameter& one : out.head->parameters()) weights += one.tensor.numel();
    EXPECT_EQ(objective.head_parameters(objective.complete(section), out.net->facts()), weights);
    return out;
}

const SeriesInput two_columns{8, 4, {"a", "b"}, {0, 0}, {1, 1}};
const Json tenths = {{"loss", "quantile"}, {"quantile", 0.5}, {"quantiles", "0.9, 0.1,0.5"}};

Batch some_windows(torch::Dtype type = torch::kFloat32) {
    torch::manual_seed(2);
    Batch out;
    out.set(array::series, torch::randn({3, 8, 2}, type));
    out.set(array::future, torch::randn({3, 4, 2}, type));
    out.counted = 3;
    return out;
}

TEST(ForecastQuantiles, AreJudgedByTheSumOfTheirPinballLosses) {
    const torch::NoGradGuard no_grad;
    for (const char* backbone : {"linear", "series_rnn"}) {
        const Forecaster it = forecaster(backbone, two_columns, tenths);
        const Batch batch = some_windows();
        EXPECT_EQ(it.head->quantiles(), (std::vector<double>{0.1, 0.5, 0.9}));
        const torch::Tensor lines = it.head->forecast_quantiles(*it.net, batch, Pass{});
        ASSERT_EQ(lines.sizes(), (std::vector<std::int64_t>{3, 3, 4, 2}));
        EXPECT_TRUE((lines.narrow(1, 1, 2) >= lines.narrow(1, 0, 2)).all().item<bool>()) << "no two lines cross";
        EXPECT_TRUE(torch::equal(it.head->forecast(*it.net, batch, Pass{}), lines.select(1, 1)));
        const Measures found = it.head->measures(*it.net, batch, Pass{});
        const torch::Tensor coverage = found.parts.back().second;
        EXPECT_EQ(found.parts.back().first, "coverage");
        double sum = 0;
        for (std::int64_t row = 0; row < 3; ++row) {
            double pinball = 0, inside = 0;
            for (std::int64_t h = 0; h < 4; ++h)
                for (std::int64_t c = 0; c < 2; ++c) {
                    const double truth = batch[array::future][row][h][c].item<double>();
                    double edges[3];
                    for (std::int64_t q = 0; q < 3; ++q) {
                        const double level = q == 0 ? 0.1 : q == 1 ? 0.5 : 0.9;
                        edges[q] = lines[row][q][h][c].item<double>();
                        pinball +=
                            (truth > edges[q] ? level * (truth - edges[q]) : (1 - level) * (edges[q] - truth)) / 8;
                    }
                    inside += truth >= edges[0] && truth <= edges[2] ? 1.0 / 8 : 0;
                }
            EXPECT_NEAR(found.losses_N[row].item<double>(), pinball, 1e-5) << backbone;
            EXPECT_NEAR(coverage[row].item<double>(), inside, 1e-6) << backbone;
            sum += pinball;
        }
        EXPECT_NEAR(it.head->loss(*it.net, batch, Pass{}).front().sum.item<double>(), sum, 1e-4) << backbone;
    }
}

TEST(ForecastQuantiles, OfOneLevelAreOneLine) {
    const torch::NoGradGuard no_grad;
    const Forecaster one = forecaster("linear", two_columns, {{"loss", "quantile"}, {"quantile", 0.9}});
    EXPECT_EQ(one.head->quantiles(), std::vector<double>{0.9});
    EXPECT_TRUE(one.head->parameters().empty()) << "what was trained before fits";
    EXPECT_TRUE(forecaster("linear", two_columns, {{"quantiles", "0.1, 0.9"}}).head->quantiles().empty())
        << "they mean something for that loss alone";
    const ObjectiveKind& kind = *find_kind(objectives(), "forecast");
    for (const char* wrong : {"0.1, high", "0, 0.9", "0.1, 1.5", "0.1,,0.9"})
        EXPECT_FALSE(kind.check({{"loss", "quantile"}, {"quantiles", wrong}}, "objective").empty()) << wrong;
}

TEST(Gradients, ForecastQuantiles) {
    const Batch batch = some_windows(torch::kFloat64);
    for (const char* normalise : {"last", "window"}) {
        Json settings = tenths;
        settings["normalise"] = normalise;
        const Forecaster it = forecaster("linear", two_columns, settings);
        for (const Parameter& p : it.all()) {
            torch::Tensor tensor = p.tensor;
            tensor.set_data(tensor.detach().to(torch::kFloat64));
        }
        test::check_gradients(it.all(),
                              [&] { return it.head->loss(*it.net, batch, Pass{torch::kFloat64}).front().sum; });
    }
}

/// x_t = a x_(t-1) + noise: what is h steps ahead is normal about a^h x with the variance (1 - a^2h) / (1 - a^2) (Box
/// and Jenkins 1970).
struct KnownProcess {
    static constexpr double kept = 0.6;
    static Batch windows(std::int64_t rows) {
        std::vector<torch::Tensor> values{torch::randn({rows}) / std::sqrt(1 - kept * kept)};
        for (int t = 1; t < 6; ++t) values.push_back(kept * values.back() + torch::randn({rows}));
        const torch::Tensor all = torch::stack(values, 1).unsqueeze(2);
        Batch out;
        out.set(array::series, all.narrow(1, 0, 4).contiguous());
        out.set(array::future, all.narrow(1, 4, 2).contiguous());
        out.counted = rows;
        return out;
    }
    static double deviation(int ahead) { return std::sqrt((1 - std::pow(kept, 2 * ahead)) / (1 - kept * kept)); }
};

TEST(ForecastQuantiles, LearnThoseOfAKnownProcess) {
    const SeriesInput input{4, 2, {"value"}, {0}, {1}};
    Json settings = tenths;
    settings["normalise"] = "none";
    const Forecaster it = forecaster("linear", input, settings);
    torch::manual_seed(7);
    struct Moments {
        torch::Tensor first, second;
    };
    std::vector<Moments> moments;
    std::vector<torch::Tensor> weights;
    for (const Parameter& one : it.all()) {
        weights.push_back(one.tensor);
        weights.back().set_requires_grad(true);
        moments.push_back({torch::zeros_like(one.tensor), torch::zeros_like(one.tensor)});
    }
    constexpr int steps = 1500;
    for (int step = 1; step <= steps; ++step) {
        const Batch batch = KnownProcess::windows(1024);
        const torch::Tensor loss = it.head->loss(*it.net, batch, Pass{}).front().sum / 1024;
        loss.backward();
        const torch::NoGradGuard no_grad;
        const double rate = 0.02 * (1 - static_cast<double>(step - 1) / steps);  // Adam, falling to nothing
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const torch::Tensor slope = weights[i].grad();
            moments[i].first.mul_(0.9).add_(slope, 0.1);
            moments[i].second.mul_(0.99).addcmul_(slope, slope, 0.01);
            weights[i].sub_(rate * (moments[i].first / (1 - std::pow(0.9, step))) /
                            ((moments[i].second / (1 - std::pow(0.99, step))).sqrt() + 1e-8));
            weights[i].mutable_grad() = torch::Tensor();
        }
    }
    const torch::NoGradGuard no_grad;
    const Batch batch = KnownProcess::windows(20000);
    const torch::Tensor lines = it.head->forecast_quantiles(*it.net, batch, Pass{});
    const torch::Tensor last = batch[array::series].select(1, 3).select(1, 0);
    constexpr double normal_tenth = 1.2815515655446004;  // of the standard normal distribution
    for (int ahead = 1; ahead <= 2; ++ahead)
        for (int q = 0; q < 3; ++q) {
            const torch::Tensor known =
                std::pow(KnownProcess::kept, ahead) * last + normal_tenth * (q - 1) * KnownProcess::deviation(ahead);
            const double off =
                (lines.select(1, q).select(1, ahead - 1).select(1, 0) - known).abs().mean().item<double>();
            EXPECT_LT(off, 0.03 * KnownProcess::deviation(ahead)) << ahead << " ahead, line " << q;
        }
    EXPECT_NEAR(it.head->measures(*it.net, batch, Pass{}).parts.back().second.mean().item<double>(), 0.8, 0.01);
}

class ForecastViews : public testing::Test {
  protected:
    Scratch scratch_;
};

TEST_F(ForecastViews, ShowWindowsBesideWhatCameAndTheEnd) {
    test::Stretches run;
    const Json wanted = complete_spec(
        test::tiny_spec_of(*find_kind(objectives(), "forecast"), scratch_.path(),
                           {{"training", {{"budget", 100}, {"micro_batch", 16}}},
                            {"objective", {{"loss", "quantile"}, {"quantile", 0.5}, {"quantiles", "0.1, 0.9"}}},
                            {"sampling", {{"every", 0}}}}));
    ASSERT_EQ(run.go(wanted).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(run.figures().contains({100, "validation/coverage"}));
    ForecastViewRequest request{run.checkpoint(100), scratch_ / "cache"};
    const ForecastView view = view_forecasts(request).or_throw();
    EXPECT_TRUE(forecasts_series(wanted));
    ASSERT_EQ(view.windows.size(), 4U);
    ASSERT_EQ(view.ends.size(), 1U);
    // The file holds the wave sin(t / 2) from its second row on, so that what came is known by the row.
    for (const SeriesForecast& one : view.windows) {
        ASSERT_EQ(one.truth.size(), 12U);
        for (int h = 0; h < 6; ++h)
            EXPECT_NEAR(one.truth[static_cast<std::size_t>(2 * h)],
                        std::sin(0.5 * static_cast<double>(one.last_row + h - 1)), 1e-5)
                << one.last_row;
        EXPECT_NEAR(one.past[one.past.size() - 2], std::sin(0.5 * static_cast<double>(one.last_row - 2)), 1e-5);
        ASSERT_EQ(one.quantiles.size(), 36U);
        for (std::size_t h = 0; h < 6; ++h)
            for (std::size_t c = 0; c < 2; ++c) {
                EXPECT_LE(one.quantile(0, h, c), one.quantile(1, h, c));
                EXPECT_LE(one.quantile(1, h, c), one.quantile(2, h, c));
                EXPECT_EQ(one.quantile(1, h, c), one.values[2 * h + c]);
            }
    }
    EXPECT_TRUE(view.ends.front().truth.empty());
    EXPECT_EQ(view.ends.front().last_row, 301);
    request.part = "attic";
    EXPECT_NE(to_text(view_forecasts(request).error()).find("no part"), std::string::npos);
}

}  // namespace
}  // namespace gw
