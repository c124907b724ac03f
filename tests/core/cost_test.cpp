#include "compare/cost.h"

#include <gtest/gtest.h>

#include "compare/comparison.h"
#include "compare/report.h"
#include "compare/tables.h"
#include "core/cli_fixture.h"
#include "store/store.h"
#include "util/hash.h"

namespace gw {
namespace {

class CostTest : public testing::Test {
  protected:
    RunRecord add(const std::string& name, double seconds, std::vector<double> kwh) {
        RunRecord run;
        run.id = make_uuid();
        run.name = name;
        run.status = "finished";
        run.created = now_utc();
        run.seconds = seconds;
        run.spec = Json::object();
        store_.add_run(run).or_throw();
        std::vector<MetricInsert> rows{{"validation/loss", 0, 1, 2.0, 0.1}};
        for (std::size_t i = 0; i < kwh.size(); ++i)
            rows.push_back({"system/energy_kwh", 0, static_cast<std::int64_t>(i + 1), kwh[i], 0.1});
        store_.add_metrics(run.id, rows).or_throw();
        return store_.run(run.id).or_throw();
    }
    Scratch scratch_;
    Store store_ = Store::open(scratch_ / "groundwork.db").or_throw();
};

TEST_F(CostTest, WhatWasMeasuredComesBeforeWhatIsEstimated) {
    const RunRecord measured = add("measured", 3600, {0.1, 0.15, 0.25}), not_measured = add("other", 7200, {});
    EXPECT_EQ(cost_rates(store_).or_throw(), CostRates());
    RunCost cost = cost_of(store_, measured, {});
    EXPECT_EQ(cost.kwh, 0.25);
    EXPECT_FALSE(cost.money || cost.co2_kg || cost.estimated);
    cost = cost_of(store_, not_measured, {});
    EXPECT_FALSE(cost.kwh || cost.money);
    EXPECT_EQ(cost.unknown, 1);

    CostRates rates;
    rates.watts = 200;
    rates.price = 30;
    rates.hour = 100;
    rates.co2 = 450;
    rates.currency = "JPY";
    ASSERT_TRUE(set_cost_rates(store_, rates));
    EXPECT_EQ(cost_rates(store_).or_throw(), rates);
    const RunCost one = cost_of(store_, measured, rates), two = cost_of(store_, not_measured, rates);
    EXPECT_DOUBLE_EQ(*one.money, 0.25 * 30 + 100);
    EXPECT_DOUBLE_EQ(*one.co2_kg, 0.25 * 0.45);
    EXPECT_DOUBLE_EQ(*two.kwh, 0.4);
    EXPECT_TRUE(two.estimated);
    EXPECT_DOUBLE_EQ(*two.money, 0.4 * 30 + 200);
    RunCost sum;
    add_cost(sum, one);
    add_cost(sum, two);
    EXPECT_DOUBLE_EQ(*sum.kwh, 0.65);
    EXPECT_EQ(sum.seconds, 10800);
    EXPECT_TRUE(sum.estimated);
    EXPECT_EQ(cost_text(one, rates), "0.250 kWh, 112 g CO2, 108 JPY");

    rates.price = -1;
    EXPECT_EQ(set_cost_rates(store_, rates).error().code, Error::Code::bad_spec);
    EXPECT_EQ(cost_rates(store_).or_throw().price, 30);

    const std::string report = run_report(store_, measured).or_throw();
    EXPECT_NE(report.find("0.250 kWh, 112 g CO2"), std::string::npos);
    ComparisonWish wish;
    wish.runs = {measured.id, not_measured.id};
    const Comparison compared = compare(store_, wish).or_throw();
    EXPECT_NE(comparison_markdown(compared).find("| 2 h | 0.400 kWh (estimated), 180 g CO2, 212 JPY |"),
              std::string::npos)
        << comparison_markdown(compared);
    EXPECT_DOUBLE_EQ(comparison_json(compared)["runs"][0]["kwh"].get<double>(), 0.25);
    EXPECT_NE(comparison_report(store_, wish).or_throw().find("0.400 kWh (estimated)"), std::string::npos);
}

TEST_F(CliTest, CostSumsUpRunsByKeptRates) {
    for (const char* name : {"one", "two"})
        ASSERT_EQ(cli("run '" + tiny() + "' --set training.budget=2 --set monitoring.energy=false --name " + name).code,
                  0);
    ASSERT_EQ(cli("tag two big").code, 0);
    const Said unknown = cli("cost");
    EXPECT_EQ(unknown.code, 0) << unknown.err;
    EXPECT_NE(unknown.err.find("2 runs are in no sum of energy"), std::string::npos) << unknown.err;
    EXPECT_EQ(cli("cost --rate wats=100").code, 2);
    EXPECT_EQ(cli("cost --rate watts=100 --rate price=-3").code, 2);
    EXPECT_EQ(cli("cost --json").last()["rates"]["watts"], 0);  // nothing is kept by halves
    ASSERT_EQ(cli("cost --rate watts=3600000 --rate price=2 --rate currency=EUR").code, 2);  // beyond its range
    ASSERT_EQ(cli("cost --rate watts=360000 --rate price=2 --rate currency=EUR").code, 0);
    const Json told = cli("cost --json").last();
    ASSERT_EQ(told["runs"].size(), 2U);
    double kwh = 0;
    for (const Json& run : told["runs"]) {
        EXPECT_NEAR(run["kwh"].get<double>(), run["seconds"].get<double>() * 0.1, 1e-9);  // 360 kW are 0.1 kWh a second
        kwh += run["kwh"].get<double>();
    }
    EXPECT_NEAR(told["all"]["kwh"].get<double>(), kwh, 1e-9);
    EXPECT_NEAR(told["all"]["money"].get<double>(), 2 * kwh, 1e-9);
    const Json tags = cli("cost --by tag --json").last();
    EXPECT_EQ(tags["groups"].size(), 2U);
    EXPECT_NE(cli("show one").out.find("(estimated)"), std::string::npos);
    EXPECT_NE(cli("cost one").out.find("EUR"), std::string::npos);

    // The card takes its cost from there.
    ASSERT_EQ(cli("note one 'For a trial.'").code, 0);
    ASSERT_EQ(cli("card one --out '" + path("card.md") + "'").code, 0);
    EXPECT_EQ(cli("card one --out '" + path("card.md") + "'").code, 2);
    const std::string card = content("card.md");
    for (const char* told :
         {"# one\n\nFor a trial.\n", "| objective | next\\_token |", "| Loss (judged by) | validation |",
          "No test part was scored", "EUR", "*To be filled in: what it is for"})
        EXPECT_NE(card.find(told), std::string::npos) << told << "\n" << card;
}

}  // namespace
}  // namespace gw
