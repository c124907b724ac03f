#include <gtest/gtest.h>

#include <cmath>

#include "draw.h"
#include "optim/catalog.h"

// What every kind of schedule promises, over its whole ranges and for runs of any length. A new kind is covered the day
// it is listed; its curve is for optim_test.cpp.
namespace gw {
namespace {

class EverySchedule : public testing::TestWithParam<std::string> {
  protected:
    static constexpr double lengths[] = {1, 2.5, 10, 1000, 1e6};
    const ScheduleKind& kind() const { return *find_kind(schedules(), GetParam()); }
    bool has(const std::string& key) const {
        return std::any_of(kind().rows.begin(), kind().rows.end(),
                           [&](const schema::Row& row) { return row.info.key == key; });
    }
    /// Settings at the edges of its rows, and some that are drawn so that they fit a run of `total` steps.
    std::vector<Json> settings(double total) const {
        std::vector<Json> out{kind().complete(Json::object())};
        auto take = [&](const Json& one) {
            if (kind().check(one, "schedule").empty()) out.push_back(one);
        };
        for (const schema::Row& row : kind().rows)
            for (const Json& value : test::edges(row)) {
                Json one = out.front();
                one[std::string(row.info.key)] = value;
                take(one);
            }
        std::mt19937_64 rng(5);
        for (int i = 0; i < 20; ++i) {
            Json one = {{"kind", kind().card.id}};
            for (schema::Row row : kind().rows) {
                if (row.info.unit == "steps") row.info.max = std::min(row.info.max, total);
                one[std::string(row.info.key)] = test::drawn(row, rng);
            }
            take(one);
        }
        return out;
    }
};

TEST_P(EverySchedule, StaysWithinZeroAndOne) {
    for (const double total : lengths)
        for (const Json& one : settings(total)) {
            const auto schedule = kind().build(one);
            for (int i = 0; i <= 400; ++i) {
                const double step = i * total / 200;  // and as long again behind the end
                const double factor = schedule->factor(step, total);
                EXPECT_TRUE(factor >= 0 && factor <= 1) << one.dump() << step << "/" << total << ": " << factor;
                EXPECT_EQ(schedule->factor(step, total), factor) << "the same question has the same answer";
            }
        }
}

TEST_P(EverySchedule, HasNoJumps) {
    if (has("falls") || has("cycles")) GTEST_SKIP() << "it jumps by design";
    for (const double total : lengths)
        for (const Json& one : settings(total)) {
            const auto schedule = kind().build(one);
            // A fall from 1 to 0 may be short, but halving a step must halve what happens in it, down to nothing.
            const double tiny = total * 1e-9;
            for (int i = 0; i <= 1000; ++i) {
                const double step = i * total / 997;
                const double moved = std::abs(schedule->factor(step + tiny, total) - schedule->factor(step, total));
                EXPECT_LT(moved, 1e-3) << one.dump() << step << "/" << total;
            }
        }
}

TEST_P(EverySchedule, StartsAndEndsWhereItSays) {
    for (const double total : lengths)
        for (const Json& one : settings(total)) {
            const auto schedule = kind().build(one);
            const double warmup = has("warmup") ? warm_up_steps(one.at("warmup"), total) : 0;
            const double first = has("first") ? one.at("first").get<double>() : 1;
            const bool endless = GetParam() == "inverse_root";  // it falls on, whatever the length of the run
            if (!endless || warmup < total) {
                EXPECT_NEAR(schedule->factor(0, total),
                            warm_up(0, warmup) * (warmup < total ? first : schedule->factor(1e12, total)), 1e-9)
                    << one.dump() << total;
            }
            if (warmup >= 1 && warmup < total) {
                EXPECT_NEAR(schedule->factor(warmup - 1, total), 1, 1e-9) << one.dump() << total;
            }
            if (warmup > total || endless) continue;  // the run ends while it climbs
            const double end = has("final")   ? one.at("final").get<double>()
                               : has("falls") ? std::pow(one.at("by").get<double>(), one.at("falls").get<double>())
                                              : 1;
            EXPECT_NEAR(schedule->factor(total, total), end, 1e-9) << one.dump() << total;
            EXPECT_NEAR(schedule->factor(3 * total, total), end, 1e-9) << one.dump() << total;
        }
}

INSTANTIATE_TEST_SUITE_P(All, EverySchedule, testing::ValuesIn(test::ids_of(schedules())), test::id_name);

}  // namespace
}  // namespace gw
