#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "adapt/checkpoint_model.h"
#include "engine/check_gradients.h"
#include "engine/every_objective.h"
#include "engine/stretch.h"
#include "model/series.h"
#include "study/forecasting.h"
#include "train/replay/self_test.h"

// Forecasts of series against plain sums, and runs that learn them.
namespace gw {
namespace {

const SeriesInput hourly{8, 4, {"a", "b"}, {0, 0}, {1, 1}};

std::unique_ptr<Backbone> net_of(const char* id, const Json& settings = Json::object()) {
    Json section = settings;
    section["kind"] = id;
    const BackboneKind* kind = find_kind(backbones(), id);
    return kind->build(kind->complete(section), {{std::nullopt, std::nullopt, hourly}, true, 3});
}

std::unique_ptr<Objective> head_of(const Backbone& net, const Json& settings) {
    Json section = settings;
    section["kind"] = "forecast";
    const ObjectiveKind* kind = find_kind(objectives(), "forecast");
    EXPECT_TRUE(kind->check(section, "objective").empty());
    ObjectiveInputs inputs{net.facts()};
    return kind->build(kind->complete(section), inputs);
}

Batch windows(std::int64_t rows = 3) {
    torch::manual_seed(2);
    Batch out;
    out.set(array::series, torch::randn({rows, 8, 2}));
    out.set(array::future, torch::randn({rows, 4, 2}));
    out.counted = rows;
    return out;
}

double part(const Measures& found, const std::string& name, std::int64_t row) {
    for (const auto& [known, values] : found.parts)
        if (known == name) return values[row].item<double>();
    ADD_FAILURE() << name;
    return 0;
}

TEST(Forecast, IsJudgedBesideTheLastValueAndTheLastSeason) {
    const auto net = net_of("linear");
    const auto objective = head_of(*net, {{"season", 3}});
    const Batch batch = windows();
    const torch::NoGradGuard no_grad;
    const torch::Tensor said = objective->forecast(*net, batch, Pass{});
    ASSERT_EQ(said.sizes(), (std::vector<std::int64_t>{3, 4, 2}));
    const Measures found = objective->measures(*net, batch, Pass{});
    const torch::Tensor before = batch[array::series], behind = batch[array::future];
    const auto past = before.accessor<float, 3>(), future = behind.accessor<float, 3>(),
               guess = said.accessor<float, 3>();
    for (std::int64_t row = 0; row < 3; ++row) {
        double loss = 0, mae = 0, naive = 0, naive_mae = 0, seasonal = 0;
        for (std::int64_t t = 0; t < 4; ++t)
            for (std::int64_t c = 0; c < 2; ++c) {
                const double truth = future[row][t][c], gap = guess[row][t][c] - truth, last = past[row][7][c] - truth,
                             again = past[row][5 + t % 3][c] - truth;
                loss += gap * gap / 8, mae += std::abs(gap) / 8, naive += last * last / 8;
                naive_mae += std::abs(last) / 8, seasonal += again * again / 8;
            }
        EXPECT_NEAR(found.losses_N[row].item<double>(), loss, 1e-5);
        EXPECT_NEAR(part(found, "mae", row), mae, 1e-5);
        EXPECT_NEAR(part(found, "naive_loss", row), naive, 1e-5);
        EXPECT_NEAR(part(found, "naive_mae", row), naive_mae, 1e-5);
        EXPECT_NEAR(part(found, "seasonal_loss", row), seasonal, 1e-5);
    }
    EXPECT_FALSE(found.criterion_N.defined());
    EXPECT_TRUE(head_of(*net, {{"loss", "huber"}})->measures(*net, batch, Pass{}).criterion_N.defined());
    // A quantile is judged by its own loss, and so is the last value beside it.
    const auto high = head_of(*net, {{"loss", "quantile"}, {"quantile", 0.9}});
    const Measures judged = high->measures(*net, batch, Pass{});
    EXPECT_FALSE(judged.criterion_N.defined());
    const torch::Tensor off = batch[array::future] - high->forecast(*net, batch, Pass{}),
                        by_hand = torch::maximum(off * 0.9, off * -0.1).flatten(1).mean(1);
    EXPECT_TRUE(torch::allclose(judged.losses_N, by_hand, 1e-5, 1e-6)) << judged.losses_N << by_hand;
    const torch::Tensor seen = batch[array::series], again = batch[array::future] - seen.narrow(1, seen.size(1) - 1, 1);
    EXPECT_NEAR(part(judged, "naive_loss", 0),
                torch::maximum(again * 0.9, again * -0.1).flatten(1).mean(1)[0].item<double>(), 1e-5);
}

TEST(Forecast, WhatIsTakenOutOfAWindowComesBack) {
    const torch::NoGradGuard no_grad;
    for (const char* id : {"linear", "series_rnn", "series_tcn", "series_transformer", "series_hybrid"}) {
        const auto net = net_of(id);
        const Batch batch = windows();
        Batch moved = batch, stretched = batch;
        moved.set(array::series, batch[array::series] + 5);
        stretched.set(array::series, batch[array::series] * 3 + 5);
        const auto last = head_of(*net, {{"normalise", "last"}}), window = head_of(*net, {{"normalise", "window"}});
        EXPECT_TRUE(
            torch::allclose(last->forecast(*net, moved, Pass{}), last->forecast(*net, batch, Pass{}) + 5, 1e-4, 1e-4))
            << id;
        EXPECT_TRUE(torch::allclose(window->forecast(*net, stretched, Pass{}),
                                    window->forecast(*net, batch, Pass{}) * 3 + 5, 1e-3, 1e-3))
            << id;
    }
}

TEST(LinearMap, IsTheProductOfPastAndMatrix) {
    const torch::NoGradGuard no_grad;
    const Batch batch = windows();
    for (const bool decomposed : {false, true}) {
        const auto net = net_of("linear", {{"decomposition", decomposed ? "moving_average" : "none"}, {"kernel", 3}});
        std::map<std::string, torch::Tensor> weights;
        for (const Parameter& p : net->parameters()) weights[p.name] = p.tensor;
        const torch::Tensor out = net->features(batch, Pass{}).sequence_BTD;
        for (std::int64_t row = 0; row < 3; ++row)
            for (std::int64_t c = 0; c < 2; ++c)
                for (std::int64_t h = 0; h < 4; ++h) {
                    const auto at = [&](std::int64_t t) {
                        return batch[array::series][row][std::clamp<std::int64_t>(t, 0, 7)][c].item<double>();
                    };
                    double sum = weights["blocks.0.rest.bias"][h].item<double>();
                    if (decomposed) sum += weights["blocks.0.trend.bias"][h].item<double>();
                    for (std::int64_t t = 0; t < 8; ++t) {
                        const double trend = decomposed ? (at(t - 1) + at(t) + at(t + 1)) / 3 : 0;
                        sum += weights["blocks.0.rest.weight"][h][t].item<double>() * (at(t) - trend);
                        if (decomposed) sum += weights["blocks.0.trend.weight"][h][t].item<double>() * trend;
                    }
                    EXPECT_NEAR(out[row][c][h].item<double>(), sum, 1e-5) << decomposed;
                }
    }
}

TEST(Gradients, Forecasts) {
    Batch batch;
    torch::manual_seed(4);
    batch.set(array::series, torch::randn({2, 8, 2}, torch::kFloat64));
    batch.set(array::future, torch::randn({2, 4, 2}, torch::kFloat64));
    batch.counted = 2;
    for (const char* loss : {"squared", "absolute", "huber", "quantile"})
        for (const char* normalise : {"none", "last", "window"}) {
            const auto net = net_of("linear", {{"decomposition", "moving_average"}, {"kernel", 3}});
            for (const Parameter& p : net->parameters()) {
                torch::Tensor tensor = p.tensor;
                tensor.set_data(tensor.detach().to(torch::kFloat64));
            }
            const auto objective = head_of(*net, {{"loss", loss}, {"normalise", normalise}});
            test::check_gradients(net->parameters(),
                                  [&] { return objective->loss(*net, batch, Pass{torch::kFloat64}).front().sum; });
        }
}

TEST(Gradients, ConvolutionsBeforeOtherLayersOfSeries) {
    Batch batch;
    torch::manual_seed(4);
    batch.set(array::series, torch::randn({2, 8, 2}, torch::kFloat64));
    for (const char* reader : {"lstm", "gru", "attention"}) {
        const auto net = net_of(
            "series_hybrid",
            {{"reader", reader}, {"width", 6}, {"heads", 2}, {"layers", 2}, {"activation", "tanh"}, {"dropout", 0.0}});
        for (const Parameter& p : net->parameters()) {
            torch::Tensor tensor = p.tensor;
            tensor.set_data(tensor.detach().to(torch::kFloat64));
        }
        const torch::Tensor towards = torch::randn({2, 8, 6}, torch::kFloat64);
        test::check_gradients(
            net->parameters(),
            [&] {
                return (net->features(batch, Pass{torch::kFloat64, true}).sequence_BTD * towards).sum();
            },
            6);
    }
}

TEST(SeriesHybrid, FiltersAndStatesSeeNothingAhead) {
    const torch::NoGradGuard no_grad;
    const auto net = net_of("series_hybrid", {{"reader", "gru"}});
    Batch batch = windows(1), other = batch;
    torch::Tensor changed = batch[array::series].clone();
    changed.select(1, 5).add_(1);
    other.set(array::series, changed);
    const torch::Tensor change =
        (net->features(batch, Pass{}).sequence_BTD - net->features(other, Pass{}).sequence_BTD).abs().amax({0, 2});
    for (std::int64_t t = 0; t < 8; ++t) EXPECT_EQ(change[t].item<float>() > 0, t >= 5) << t;
}

class ForecastRuns : public testing::Test {
  protected:
    Scratch scratch_;
    Json spec(const Json& changes = Json::object()) const {
        return complete_spec(test::tiny_spec_of(*find_kind(objectives(), "forecast"), scratch_.path(), changes));
    }
};

TEST_F(ForecastRuns, LearnWhatRepeatingCannot) {
    test::Stretches run;
    const Json wanted = spec({{"training", {{"budget", 300}, {"micro_batch", 16}}},
                              {"optimizer", {{"kind", "adam"}, {"lr", 0.01}}},
                              {"schedule", {{"kind", "constant"}, {"warmup", 0}}},
                              {"sampling", {{"every", 300}}}});
    ASSERT_TRUE(spec_status(wanted)) << to_text(spec_status(wanted).error());
    ASSERT_EQ(run.go(wanted).end, Outcome::End::finished) << run.why();
    const auto figures = run.figures();
    const double loss = figures.at({300, "validation/loss"}), naive = figures.at({300, "validation/naive_loss"});
    EXPECT_LT(loss, 0.1 * naive);
    EXPECT_TRUE(figures.contains({300, "test/loss"}));
    EXPECT_TRUE(figures.contains({300, "test/mae"}));
    bool drawn = false;
    for (const SampleText& sample : run.all<SampleText>())
        drawn = drawn || sample.text.find("forecast") != std::string::npos;
    EXPECT_TRUE(drawn);
    // What comes behind the end goes on as the series does.
    const CheckpointModel model = CheckpointModel::load(run.checkpoint(300)).or_throw();
    const auto ends = forecast_ends(model, wanted.at("dataset"), {}, {}).or_throw();
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(ends.front().last_row, 301);
    for (int i = 0; i < 6; ++i)
        EXPECT_NEAR(ends.front().values[static_cast<std::size_t>(2 * i)], std::sin(0.5 * (300 + i)), 0.2) << i;
    Json other = wanted.at("dataset");
    other["columns"] = {"wave"};
    EXPECT_NE(to_text(forecast_ends(model, other, {}, {}).error()).find("2 columns"), std::string::npos);
}

TEST(SeriesTcn, SeesNothingAheadAndAsFarBackAsItsFiltersReach) {
    // Two blocks of two filters of three points, by steps of 1 and 2: 4 + 8 points before its own.
    const SeriesInput longer{20, 4, {"a", "b"}, {0, 0}, {1, 1}};
    const BackboneKind& kind = *find_kind(backbones(), "series_tcn");
    const auto net = kind.build(kind.complete({{"layers", 2}, {"width", 6}, {"activation", "tanh"}}),
                                {{std::nullopt, std::nullopt, longer}, true, 3});
    torch::manual_seed(2);
    const torch::Tensor values = torch::randn({1, 20, 2});
    const torch::NoGradGuard no_grad;
    const auto features = [&](std::int64_t changed) {
        Batch batch;
        torch::Tensor other = values.clone();
        if (changed >= 0) other.select(1, changed).add_(1);
        batch.set(array::series, other);
        batch.counted = 1;
        return net->features(batch, Pass{}).sequence_BTD;
    };
    const torch::Tensor before = features(-1);
    for (std::int64_t at = 0; at < 20; ++at) {
        const torch::Tensor changes = (features(at) - before).abs().amax({0, 2}).gt(0);
        for (std::int64_t t = 0; t < 20; ++t)
            EXPECT_EQ(changes[t].item<bool>(), t >= at && t - at <= 12) << "at " << t << " of a change at " << at;
    }
}

TEST_F(ForecastRuns, GoOnToTheBitWithEveryBackbone) {
    for (const char* id : {"linear", "series_rnn", "series_tcn", "series_transformer", "series_hybrid"}) {
        Scratch scratch;
        SelfTestRequest request;
        request.spec = spec({{"backbone", {{"kind", id}}}});
        request.scratch = scratch.path();
        request.cache = scratch.path() / "cache";
        request.steps = 6;
        request.resumes = 1;
        EXPECT_TRUE(self_test(request).or_throw().same) << id;
    }
}

TEST_F(ForecastRuns, OtherSplitsAndTextModelsAreRefused) {
    Json random = spec();
    random["split"] = {{"kind", "by_document"}};
    EXPECT_NE(to_text(spec_status(random).error()).find("in the order of the data"), std::string::npos)
        << to_text(spec_status(random).error());
    Json text = spec();
    text["backbone"] = {{"kind", "transformer"}};
    EXPECT_FALSE(spec_status(text));
}

TEST_F(ForecastRuns, OtherDataMustFitTheModel) {
    test::Stretches run;
    ASSERT_EQ(run.go(spec({{"training", {{"budget", 2}}}})).end, Outcome::End::finished) << run.why();
    const auto refused = [&](const Json& dataset) {
        test::Stretches next;
        Json other = spec(
            {{"training", {{"budget", 2}}}, {"start", {{"kind", "checkpoint"}, {"path", run.checkpoint(2).string()}}}});
        other["dataset"].update(dataset);
        next.go(other);
        return next.why();
    };
    EXPECT_EQ(refused({{"stride", 2}}), "");
    EXPECT_NE(refused({{"horizon", 4}}).find("forecasts 6"), std::string::npos) << refused({{"horizon", 4}});
    EXPECT_NE(refused({{"columns", {"wave"}}}).find("2 columns"), std::string::npos)
        << refused({{"columns", {"wave"}}});
}

}  // namespace
}  // namespace gw
