#include "compare/scaling_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "util/rng.h"

namespace gw {
namespace {

/// Sizes at 1e14, 4e14, 1.6e15... FLOP; every seed's loss is off by a factor of about 1 +- noise.
std::vector<ScalingPoint> study_of(const ScalingLaw& law, int sizes, int seeds, double noise) {
    Rng rng(7);
    std::vector<ScalingPoint> out;
    for (int size = 0; size < sizes; ++size)
        for (int seed = 0; seed < seeds; ++seed) {
            const double compute = 1e14 * std::pow(4, size);
            // Irwin and Hall: the sum of 12 uniform draws is nearly normal.
            double normal = -6;
            for (int i = 0; i < 12; ++i) normal += rng.uniform();
            out.push_back({compute, law.loss(compute) * std::exp(noise * normal), std::to_string(size)});
        }
    return out;
}

TEST(ScalingFit, FindsTheLawThatPointsWithoutNoiseFollow) {
    for (const ScalingLaw& law : {ScalingLaw{410, 0.17, 1.69}, ScalingLaw{60, 0.1, 0.4}, ScalingLaw{2e4, 0.3, 2.5}}) {
        const ScalingFit fit = fit_scaling(study_of(law, 5, 1, 0)).or_throw();
        EXPECT_NEAR(fit.law.b, law.b, 2e-3 * law.b);
        EXPECT_NEAR(fit.law.c, law.c, 2e-3 * law.c);
        EXPECT_NEAR(std::log(fit.law.a), std::log(law.a), 0.02);
        EXPECT_LT(fit.error, 1e-5);
        EXPECT_NEAR(fit.law.loss(1e18), law.loss(1e18), 1e-3 * law.loss(1e18));
        EXPECT_FALSE(fit.band(1e18));  // one seed tells nothing of its noise
    }
}

TEST(ScalingFit, FindsAPowerThatFallsToNothing) {
    const ScalingLaw law{300, 0.12, 0};
    const ScalingFit fit = fit_scaling(study_of(law, 6, 1, 0)).or_throw();
    EXPECT_NEAR(fit.law.b, 0.12, 1e-3);
    EXPECT_LT(fit.law.c, 0.01 * law.loss(1e17));
}

TEST(ScalingFit, ItsBandHoldsTheTruthAndWidensAhead) {
    const ScalingLaw law{410, 0.17, 1.69};
    const auto points = study_of(law, 5, 3, 0.004);
    constexpr int resamples = 100;  // each is a fit of its own
    const ScalingFit fit = fit_scaling(points, resamples).or_throw();
    ASSERT_EQ(fit.resampled.size(), 100U);
    const auto near = fit.band(1e16), far = fit.band(1e19);
    ASSERT_TRUE(near && far);
    EXPECT_GT(far->second - far->first, 2 * (near->second - near->first));
    EXPECT_LE(near->first, near->second);
    EXPECT_NEAR(fit.law.loss(1e16), law.loss(1e16), 0.01 * law.loss(1e16));
    EXPECT_NEAR(fit.law.loss(1e18), law.loss(1e18), 0.1 * law.loss(1e18));
    // The same points, the same band.
    EXPECT_EQ(fit_scaling(points, resamples).or_throw().band(1e19), far);
    const std::string svg = scaling_svg(points, fit, 1e18);
    EXPECT_NE(svg.find("<svg"), std::string::npos);
    EXPECT_NE(svg.find("stroke-dasharray"), std::string::npos);
}

TEST(ScalingFit, SaysWhatHasNoLaw) {
    const auto why = [](const std::vector<ScalingPoint>& points) {
        const auto fit = fit_scaling(points);
        return fit ? std::string() : fit.error().message;
    };
    EXPECT_NE(why({{1e14, 3, "a"}, {1e15, 2, "b"}}).find("2 different costs"), std::string::npos);
    EXPECT_NE(why({}).find("0 different costs"), std::string::npos);
    EXPECT_NE(why({{1e14, 3, "a"}, {1e15, NAN, "b"}, {1e16, 2, "c"}}).find("finite"), std::string::npos);
    EXPECT_NE(why({{0, 3, "a"}, {1e15, 2, "b"}, {1e16, 2, "c"}}).find("above zero"), std::string::npos);
    EXPECT_NE(why({{1e14, 2, "a"}, {1e15, 3, "b"}, {1e16, 4, "c"}}).find("does not fall"), std::string::npos);
}

TEST(ScalingFit, IsDrawnEvenlyInTheLogarithm) {
    const ScalingLaw law{300, 0.2, 1};
    const auto points = study_of(law, 4, 3, 0.01);
    const ScalingFit fit = fit_scaling(points).or_throw();
    const ScalingCurve curve = scaling_curve(fit, 1e14, 1e18, 8);
    ASSERT_EQ(curve.compute.size(), 9u);
    ASSERT_EQ(curve.low.size(), 9u);
    ASSERT_EQ(curve.high.size(), 9u);
    for (std::size_t i = 0; i < curve.compute.size(); ++i) {
        EXPECT_NEAR(std::log10(curve.compute[i]), 14 + 0.5 * static_cast<double>(i), 1e-9);
        EXPECT_EQ(curve.loss[i], fit.law.loss(curve.compute[i]));
        EXPECT_LT(curve.low[i], curve.high[i]);
    }
    EXPECT_EQ(most_compute(points), 1e14 * 64);
    EXPECT_EQ(most_compute({}), 0);
    EXPECT_TRUE(scaling_curve(fit_scaling(study_of(law, 4, 1, 0)).or_throw(), 1e14, 1e18).low.empty());
}

}  // namespace
}  // namespace gw
