#include "compare/pilot_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scratch.h"
#include "util/text.h"

namespace gw {
namespace {

TEST(PilotReport, GathersSeedsAndCountsCosts) {
    const Scratch folder;
    Store store = Store::open(folder / "groundwork.db").or_throw();
    Json rows = Json::array();
    auto add = [&](const std::string& way, std::int64_t count, std::int64_t seed, std::optional<double> accuracy) {
        RunRecord run;
        run.id = make_uuid();
        run.name = way + std::to_string(seed);
        run.status = accuracy ? "finished" : "queued";
        run.created = now_utc();
        run.spec = {{"optimizer", {{"kind", "adamw"}, {"lr", way == "lora" ? 0.005 : 0.0005}}},
                    {"training", {{"budget", 6.0}, {"budget_unit", "epochs"}}},
                    {"start",
                     {{"train", way == "lora" ? "lora" : "all"},
                      {"rank", 8},
                      {"alpha", 16.0},
                      {"projections", {"qkv", "tokens"}}}}};
        run.seconds = 36;
        run.facts = {{"parameters", 200}, {"trainable_parameters", way == "lora" ? 8 : 200}};
        store.add_run(run).or_throw();
        if (accuracy)
            store
                .add_metrics(run.id,
                             {{"test/accuracy", 0, 10, *accuracy, 36}, {"test/milliseconds_per_item", 0, 10, 2, 36}})
                .or_throw();
        rows.push_back({{"run", run.id}, {"way", way}, {"count", count}, {"seed", seed}});
    };
    add("full", 100, 1, 0.8);
    add("full", 100, 2, 0.9);
    add("full", 0, 1, 0.95);
    add("lora", 100, 1, 0.85);
    add("lora", 100, 2, std::nullopt);
    store.set_saved({"pilot", "trial", {{"runs", rows}}, now_utc()}).or_throw();
    const Pilot pilot = read_pilot(store, "trial").or_throw();
    ASSERT_EQ(pilot.cells.size(), 3U);
    const PilotCell& full = pilot.cells[0];
    EXPECT_EQ(full.count, 100);
    EXPECT_NEAR(full.quality.mean, 0.85, 1e-9);
    EXPECT_NEAR(full.quality.deviation, 0.0707106781, 1e-6);
    EXPECT_EQ(pilot.cells[1].count, 0);  // all of them stand last
    EXPECT_EQ(pilot.cells[2].waiting, 1);
    EXPECT_EQ(full.tried.text(), "rate 0.0005, 6 passes");
    EXPECT_EQ(pilot.cells[2].tried.text(), "rate 0.005, rank 8, alpha 16, of qkv tokens, 6 passes");
    EXPECT_EQ(
        pilot.cells[2].tried.json(),
        (Json{{"rate", 0.005}, {"rank", 8}, {"alpha", 16.0}, {"projections", {"qkv", "tokens"}}, {"passes", 6.0}}));
    EXPECT_NEAR(pilot.cells[2].trainable_share, 0.04, 1e-12);
    // 2 ms an item at 18 an hour: 1e-5 an item; 15 wrong of 100 at 0.5 each.
    const CostModel cost{18, 1000, 0.5, "EUR"};
    EXPECT_NEAR(full.answers_a_day(cost), 0.01, 1e-9);
    EXPECT_NEAR(full.errors_a_day(cost), 75, 1e-6);
    const std::string html = pilot_report(pilot, cost);
    EXPECT_THAT(html, AllOf(testing::HasSubstr("<svg"), testing::HasSubstr("LoRA adapters"),
                            testing::HasSubstr("rate 0.005, rank 8"), testing::HasSubstr("EUR"),
                            testing::HasSubstr("Without a result yet: 1 of the runs")));
    EXPECT_FALSE(read_pilot(store, "other"));
}

}  // namespace
}  // namespace gw
