#include "study/bench.h"

#include <algorithm>
#include <cmath>

#include "engine/small.h"
#include "study/bench_subject.h"
#include "study/plan.h"
#include "study/scaled_spec.h"

// What measurements are made of; the verb bench makes whole ones (tests/core/cli_bench_test.cpp).
namespace gw {
namespace {

Json plain_shape(std::int64_t layers, std::int64_t width, std::int64_t heads) {
    return complete_spec(overlay_spec(
        default_spec(),
        {{"backbone", {{"layers", layers}, {"width", width}, {"heads", heads}, {"context", 16}, {"tied", false}}},
         {"training", {{"micro_batch", 2}, {"threads", 1}, {"device", "cpu"}, {"precision", "fp32"}}}}));
}

BenchRequest bench_request(const Json& spec, const Scratch& folder) {
    BenchRequest request;
    request.spec = spec;
    request.cache = folder.path();
    request.vocabulary = 64;
    request.steps = 4;
    request.warmup = 1;
    request.products = false;
    return request;
}

TEST(Bench, QuartilesLieBetweenNeighbours) {
    const Quartiles of = quartiles_of({5, 1, 4, 2, 3});
    EXPECT_EQ(of.low, 2);
    EXPECT_EQ(of.median, 3);
    EXPECT_EQ(of.high, 4);
    EXPECT_EQ(quartiles_of({1, 2}).median, 1.5);
    EXPECT_EQ(quartiles_of({7}).high, 7);
    EXPECT_EQ(quartiles_of({}).median, 0);
}

TEST(Bench, TheBoundIsTheTimeOfTheProductsAlone) {
    BenchReport report;
    report.seconds = {1, 2, 3};
    report.flops_per_step = 1e9;
    EXPECT_EQ(report.bound(), 0);  // none were measured
    report.products = {{100, 100, 100, 3, 1e-3}, {100, 100, 200, 1, 1e-3}};
    // 3 x 2e6 and 4e6 operations in 4 ms.
    EXPECT_NEAR(report.product_rate(), 1e7 / 4e-3, 1);
    EXPECT_NEAR(report.share(), 1e9 / 2.5e9 / 2, 1e-9);
}

TEST(Bench, ProductsAreThoseOfTheModelsOwnWeights) {
    const Scratch folder;
    const BenchRequest request = bench_request(plain_shape(2, 16, 2), folder);
    BenchSubject subject(request);
    constexpr std::int64_t units = 32;
    auto products = products_of(subject.ready().model, units);
    ASSERT_FALSE(products.empty());
    for (std::size_t i = 1; i < products.size(); ++i)
        EXPECT_GE(products[i - 1].times * products[i - 1].operations(), products[i].times * products[i].operations());
    // The wider half of the feed-forward part, in both layers: what comes out of one and the gradient into the other.
    const auto up = std::find_if(products.begin(), products.end(), [](const ProductRate& one) {
        return one.rows == units && one.inner == 16 && one.columns == 64;
    });
    ASSERT_NE(up, products.end());
    // 2 layers' up and down, and the output layer of 64 ids forward; its gradient goes the other way.
    EXPECT_EQ(up->times, 5);
    measure_products(products, subject.ready().compute, {});
    for (const ProductRate& one : products) EXPECT_GT(one.rate(), 0);
}

TEST(Bench, CanBeStopped) {
    const Scratch folder;
    BenchRequest request = bench_request(plain_shape(1, 16, 2), folder);
    std::stop_source stop;
    request.stop = stop.get_token();
    std::int64_t told = 0;
    request.progress = [&](const std::string&, double) {
        if (++told == 3) stop.request_stop();
    };
    const auto report = bench_steps(request);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, Error::Code::cancelled);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(ScaledSpec, KeepsWidthsThatTheKindTakes) {
    const Json spec = plain_shape(6, 384, 6);
    EXPECT_EQ(size_text(spec), "6×384");
    EXPECT_EQ(size_text(scaled_spec(spec, 0.5).or_throw()), "3×192");
    EXPECT_EQ(size_text(scaled_spec(spec, 0.7).or_throw()), "4×288");  // 272 and 280 are no multiples of 6
    EXPECT_EQ(size_text(scaled_spec(spec, 2).or_throw()), "12×768");
    EXPECT_EQ(size_text(scaled_spec(spec, 0.01).or_throw()), "1×24");
    EXPECT_EQ(scaled_spec(spec, 1).or_throw().at("backbone"), spec.at("backbone"));
    EXPECT_TRUE(spec_status(scaled_spec(spec, 0.3).or_throw()));
    EXPECT_FALSE(scaled_spec(spec, 0));
    EXPECT_FALSE(scaled_spec(spec, NAN));
    EXPECT_FALSE(scaled_spec(spec, 1e300)) << "not the least of all";
}

TEST(Plan, ReckonsWhatWouldTakeLongAndHeedsTheHours) {
    const Scratch folder;
    PlanRequest request;
    request.bench = bench_request(plain_shape(1, 16, 2), folder);
    request.factors = {4, 1, 1.01};
    request.seconds_each = 1e-9;  // nothing but the first is worth it
    const Plan plan = make_plan(request).or_throw();
    ASSERT_EQ(plan.sizes.size(), 2U);  // two factors make the same
    EXPECT_EQ(plan.sizes[0].source, PlannedSize::Source::measured);
    EXPECT_EQ(plan.sizes[1].source, PlannedSize::Source::reckoned);
    EXPECT_NEAR(plan.sizes[1].units_per_second * plan.sizes[1].flops_per_unit,
                plan.sizes[0].units_per_second * plan.sizes[0].flops_per_unit,
                1e-6 * plan.sizes[0].units_per_second * plan.sizes[0].flops_per_unit);
    // Of the model as it is built and of what the settings tell alone.
    EXPECT_EQ(plan.sizes[0].parameters, 2 * 64 * 16 + 16 * 16 + (12 * 16 * 16 + 13 * 16) + 2 * 16);
    EXPECT_EQ(plan.sizes[1].parameters, 2 * 64 * 64 + 16 * 64 + 4 * (12 * 64 * 64 + 13 * 64) + 2 * 64);
    const Plan half = for_hours(plan, plan.hours / 2);
    EXPECT_NEAR(half.sizes[0].units, plan.sizes[0].units / 2, 1);
    EXPECT_EQ(half.sizes[0].spec["training"]["budget"], half.sizes[0].units);

    request.known = [](const Json&) { return std::optional(1000.0); };
    const Plan known = make_plan(request).or_throw();
    EXPECT_EQ(known.sizes[1].source, PlannedSize::Source::history);
    EXPECT_EQ(known.sizes[1].units, 8 * 3600 * 1000);
}

TEST(Plan, AdvisesTwentyTokensAParameter) {
    Plan plan;
    plan.unit = "tokens";
    for (const std::int64_t parameters : {1'000'000, 4'000'000, 16'000'000}) {
        PlannedSize one;
        one.parameters = parameters;
        one.units_per_second = 1e11 / static_cast<double>(parameters);
        plan.sizes.push_back(one);
    }
    // In an hour 360, 22.5 and 1.4 tokens a parameter.
    EXPECT_EQ(for_hours(plan, 1).advised, 1U);
    EXPECT_EQ(for_hours(plan, 15).advised, 2U);
    plan.sizes[1].fits = false;
    EXPECT_NE(for_hours(plan, 1).advised, 1U);
    plan.unit = "images";
    EXPECT_FALSE(for_hours(plan, 1).advised);
}

}  // namespace
}  // namespace gw
