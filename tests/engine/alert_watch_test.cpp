#include "workspace/record/alert_watch.h"

#include <gtest/gtest.h>

#include <cmath>

// Alerts about gradients, units and features: in words, and not again and again.
namespace gw {
namespace {

std::vector<Event> alerts_at(AlertWatch& watch, std::int64_t step, std::vector<std::pair<std::string, double>> points) {
    MetricRow row{step, 0, 0, {}};
    for (const auto& [name, value] : points) row.points.push_back({intern(name), value});
    return watch.note(row);
}

TEST(Alerts, GradientsThatStayFarTooLongAreTold) {
    AlertWatch watch;
    std::vector<Event> told;
    for (std::int64_t step = 1; step <= 400; ++step) {
        const bool one_alone = step == 100, many = step >= 200 && step < 300;
        for (const Event& event : alerts_at(
                 watch, step, {{"train/grad_norm", one_alone || many ? 500 : 1 + 0.1 * static_cast<double>(step % 3)}}))
            told.push_back(event);
    }
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].step, 204) << "the fifth in a row";
    EXPECT_EQ(told[0].kind, "alert");
    EXPECT_TRUE(told[0].text.starts_with("Exploding gradients: ")) << told[0].text;
}

TEST(Alerts, GradientsThatVanishAreToldAfterThreeLooks) {
    AlertWatch watch;
    std::vector<Event> told;
    for (std::int64_t step = 100; step <= 2000; step += 100)
        for (const Event& event : alerts_at(watch, step,
                                            {{"layers/grad_norm/backbone.blocks.0.up.weight", 1e-9},
                                             {"layers/grad_norm/backbone.blocks.5.up.weight", 0.5},
                                             {"layers/grad_norm/head.task.1.weight", 1e-12},
                                             {"layers/grad_norm/backbone.tokens.weight", 0}}))
            told.push_back(event);
    ASSERT_GE(told.size(), 2u);
    EXPECT_LE(told.size(), 4u) << "every 500 steps at most";
    EXPECT_EQ(told[0].step, 300);
    EXPECT_NE(told[0].text.find("backbone.blocks.0.up.weight"), std::string::npos) << told[0].text;
    EXPECT_NE(told[0].text.find("backbone.blocks.5.up.weight"), std::string::npos) << told[0].text;
}

TEST(Alerts, DeadUnitsAreToldFromHalfOn) {
    AlertWatch watch;
    EXPECT_TRUE(alerts_at(watch, 20, {{"layers/dead_units/blocks.1", 0.4}}).empty());
    const auto told = alerts_at(watch, 200, {{"layers/dead_units/blocks.1", 0.75}});
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].text, "Dead units: 75.0 % of the units of blocks.1 gave nothing but zero in a whole batch");
    EXPECT_TRUE(alerts_at(watch, 400, {{"layers/dead_units/blocks.1", 0.75}}).empty());
}

TEST(Alerts, FeaturesThatCollapseAreTold) {
    AlertWatch spread, rank, healthy;
    EXPECT_TRUE(alerts_at(spread, 100, {{"validation/feature_std", 0.01}}).empty()) << "once is luck";
    EXPECT_EQ(alerts_at(spread, 200, {{"validation/feature_std", 0.01}}).size(), 1u);
    for (std::int64_t step : {100, 200, 300}) {
        EXPECT_TRUE(alerts_at(rank, step, {{"validation/effective_rank", 20}}).empty());
        EXPECT_TRUE(alerts_at(healthy, step,
                              {{"validation/effective_rank", 20 + 0.01 * static_cast<double>(step)},
                               {"validation/feature_std", 0.4}})
                        .empty());
    }
    EXPECT_TRUE(alerts_at(rank, 400, {{"validation/effective_rank", 1.5}}).empty());
    const auto told = alerts_at(rank, 500, {{"validation/effective_rank", 1.4}});
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(told[0].text.starts_with("Collapsed features: ")) << told[0].text;
}

TEST(Alerts, CodesThatSayNothingAndDrawingsThatAreAlikeAreTold) {
    for (const auto& [metric, sound, gone, words] :
         {std::tuple{"validation/active_codes", 5.0, 0.0, "Collapsed codes: "},
          {"validation/drawn_spread", 0.6, 0.05, "Collapsed drawings: what is drawn varies by 5.0 % "}}) {
        AlertWatch watch, of_others;
        const std::pair<std::string, double> of_a_distribution{"validation/divergence", 3};
        const auto at = [&, name = std::string(metric)](std::int64_t step, double value) {
            return alerts_at(watch, step, {{name, value}, of_a_distribution});
        };
        EXPECT_TRUE(at(0, gone).empty()) << "before anything is learnt";
        EXPECT_TRUE(at(100, gone).empty()) << "once is no collapse";
        EXPECT_TRUE(at(200, sound).empty());
        const bool of_codes = std::string(metric).ends_with("codes");
        for (std::int64_t evaluation = 3; evaluation < (of_codes ? 4 : 7); ++evaluation)
            EXPECT_TRUE(at(100 * evaluation, gone).empty()) << evaluation;
        const auto told = at(of_codes ? 400 : 700, gone);
        if (of_codes)
            for (const std::int64_t step : {100, 200, 300})
                EXPECT_TRUE(alerts_at(of_others, step, {{metric, gone}}).empty()) << "codes of no distribution";
        ASSERT_EQ(told.size(), 1U) << metric;
        EXPECT_EQ(told[0].kind, "alert");
        EXPECT_TRUE(told[0].text.starts_with(words)) << told[0].text;
    }
}

}  // namespace
}  // namespace gw
