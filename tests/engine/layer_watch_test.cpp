#include "train/layer_watch.h"

#include <algorithm>

#include "engine/stretch.h"

// What is recorded of the layers without being asked for.
namespace gw {
namespace {

using test::Stretches;

/// The settings of a form that nobody has touched.
Json usual_looks() {
    return default_spec().at("monitoring");
}

Json looked_at(std::int64_t layers, std::int64_t histograms, std::int64_t steps) {
    return test::tiny_spec(
        {{"training", {{"budget", steps}, {"threads", 1}}},
         {"monitoring", {{"layers_every", layers}, {"histograms_every", histograms}, {"energy", false}}}});
}

TEST(LayerWatch, LooksByItselfAndChangesNothing) {
    Stretches usual, none;
    const Json monitoring = usual_looks();
    const Json spec = test::tiny_spec({{"training", {{"threads", 1}}}, {"monitoring", monitoring}});
    ASSERT_EQ(usual.go(spec).end, Outcome::End::finished) << usual.why();
    ASSERT_EQ(none.go(looked_at(0, 0, 20)).end, Outcome::End::finished) << none.why();
    EXPECT_FALSE(usual.all<Histogram>().empty()) << "a run of 20 steps has something to show";
    EXPECT_TRUE(none.all<Histogram>().empty());
    auto figures = usual.figures();
    EXPECT_GT(std::erase_if(figures, [](const auto& one) { return one.first.second.starts_with("layers/"); }), 0U);
    EXPECT_EQ(figures, none.figures());
    EXPECT_EQ(read_file(usual.checkpoint(20) / "backbone.safetensors").or_throw(),
              read_file(none.checkpoint(20) / "backbone.safetensors").or_throw());
}

TEST(LayerWatch, ASpecThatSaysItsOwnKeepsIt) {
    Json before = default_spec();
    before["monitoring"]["layers_every"] = 7;
    before["monitoring"]["histograms_every"] = 0;
    const Json after = complete_spec(upgraded(before));
    EXPECT_EQ(after.at("monitoring").at("layers_every"), 7);
    EXPECT_EQ(after.at("monitoring").at("histograms_every"), 0);
}

/// Seconds between the rows of one step and the next, of the middle one.
double usual_step(const Json& spec) {
    Stretches run;
    EXPECT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    std::vector<double> at, took;
    for (const MetricRow& row : run.all<MetricRow>())
        if (std::any_of(row.points.begin(), row.points.end(), [](const Point& p) { return p.metric == "train/loss"; }))
            at.push_back(row.seconds);
    for (std::size_t i = 1; i < at.size(); ++i) took.push_back(at[i] - at[i - 1]);
    std::nth_element(took.begin(), took.begin() + static_cast<std::ptrdiff_t>(took.size() / 2), took.end());
    return took[took.size() / 2];
}

TEST(LayerWatch, AtTheUsualDistancesItCostsLessThanAHundredth) {
    const Json usual = usual_looks();
    const auto layers = usual.at("layers_every").get<double>(), histograms = usual.at("histograms_every").get<double>();
    ASSERT_GT(layers, 0);
    ASSERT_GT(histograms, 0);
    // Small models are where it costs most: their steps are short, and a look takes its time for each tensor.
    const double step = usual_step(looked_at(0, 0, 100)), with_layers = usual_step(looked_at(1, 0, 100)),
                 with_histograms = usual_step(looked_at(0, 1, 100));
    const double share = ((with_layers - step) / layers + (with_histograms - step) / histograms) / step;
    RecordProperty("share", std::to_string(share));
    EXPECT_LT(share, 0.01);
}

TEST(LayerWatch, AHistogramOfManyValuesIsThatOfSome) {
    const std::int64_t many = 10 * histogram_values;
    const torch::Tensor values = torch::arange(many, torch::kFloat32) / static_cast<double>(many);
    const Histogram h = histogram_of(values, "weights", "w", 1, 10);
    std::int64_t counted = 0;
    for (const std::int64_t count : h.counts) counted += count;
    EXPECT_LE(counted, 2 * histogram_values);
    EXPECT_GE(counted, histogram_values / 2);
    for (const std::int64_t count : h.counts)
        EXPECT_NEAR(static_cast<double>(count), static_cast<double>(counted) / 10, 0.01 * static_cast<double>(counted));
}

}  // namespace
}  // namespace gw
