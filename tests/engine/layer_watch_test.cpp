#include "train/guard/layer_watch.h"

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

TEST(LayerWatch, UnitsThatGiveNothingAreCounted) {
    torch::Tensor maps_BCHW = torch::rand({2, 4, 3, 3}) + 0.1;
    maps_BCHW.select(1, 2).zero_();
    EXPECT_DOUBLE_EQ(dead_share(maps_BCHW), 0.25);
    maps_BCHW[0][0].zero_();  // alive in the other row
    EXPECT_DOUBLE_EQ(dead_share(maps_BCHW), 0.25);
    torch::Tensor rows_BTD = torch::rand({2, 5, 8}) + 0.1;
    EXPECT_DOUBLE_EQ(dead_share(rows_BTD), 0);
    rows_BTD.narrow(2, 0, 4).zero_();
    EXPECT_DOUBLE_EQ(dead_share(rows_BTD), 0.5);
    rows_BTD[0][0][0] = NAN;
    EXPECT_DOUBLE_EQ(dead_share(rows_BTD), 0.375) << "what is not a number is no zero";
}

}  // namespace
}  // namespace gw
