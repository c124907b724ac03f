#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "scratch.h"
#include "store/migrations.h"
#include "store/store.h"
#include "util/text.h"

namespace gw {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class PyramidTest : public testing::Test {
  protected:
    PyramidTest() {
        run_.id = make_uuid();
        run_.name = "run";
        run_.created = now_utc();
        run_.spec = Json::object();
        store_.add_run(run_).or_throw();
    }
    void write(std::int64_t segment, std::int64_t first, const std::vector<double>& values, std::size_t batch = 37) {
        for (std::size_t at = 0; at < values.size(); at += batch) {
            std::vector<MetricInsert> rows;
            for (std::size_t i = at; i < std::min(values.size(), at + batch); ++i) {
                const auto step = first + static_cast<std::int64_t>(i);
                rows.push_back({"train/loss", segment, step, values[i], static_cast<double>(step) / 8});
            }
            ASSERT_TRUE(store_.add_metrics(run_.id, rows));
        }
    }
    /// The points that count, by the plain rule: a later segment takes the place of everything from its first step on.
    std::vector<MetricPoint> plain() {
        std::vector<MetricPoint> out;
        for (const MetricPoint& point : store_.series(run_.id, "train/loss").value()) {
            while (!out.empty() && out.back().step >= point.step) out.pop_back();
            out.push_back(point);
        }
        return out;
    }
    /// Every bucket must say what the points within it say, and together they must hold all points of the range.
    void expect_right(const CurveRange& range, const std::vector<MetricPoint>& points) {
        const auto buckets = store_.curve(run_.id, "train/loss", range).value();
        std::size_t at = 0;
        while (at < points.size() && !buckets.empty() && points[at].step < buckets.front().first_step) ++at;
        if (at > 0) {
            EXPECT_LT(points[at - 1].step, range.from);
        }
        for (const Bucket& bucket : buckets) {
            ASSERT_LT(at, points.size());
            EXPECT_EQ(bucket.first_step, points[at].step);
            double least = INFINITY, greatest = -INFINITY, sum = 0;
            int finite = 0, bad = 0;
            for (; at < points.size() && points[at].step <= bucket.last_step; ++at) {
                if (!std::isfinite(points[at].value)) {
                    ++bad;
                    continue;
                }
                ++finite;
                least = std::min(least, points[at].value);
                greatest = std::max(greatest, points[at].value);
                sum += points[at].value;
            }
            EXPECT_EQ(bucket.finite, finite);
            EXPECT_EQ(bucket.bad, bad);
            EXPECT_EQ(bucket.points, finite + bad);
            if (finite > 0) {
                EXPECT_EQ(bucket.least, least);
                EXPECT_EQ(bucket.greatest, greatest);
                EXPECT_NEAR(bucket.sum, sum, 1e-9 * (1 + std::abs(sum)));
            }
            EXPECT_EQ(bucket.last_seconds, points[at - 1].seconds);
        }
        if (at < points.size()) {
            EXPECT_GT(points[at].step, range.to);
        }
        EXPECT_LE(buckets.size(), std::max<std::size_t>(64, range.at_most) + 4 * chunk_buckets);
    }

    Scratch scratch_;
    Store store_ = Store::open(scratch_ / "groundwork.db").or_throw();
    RunRecord run_;
};

TEST_F(PyramidTest, SaysWhatThePointsSayAtEveryZoom) {
    std::mt19937 random(7);
    std::normal_distribution<double> noise;
    std::vector<double> values;
    for (int i = 0; i < 20000; ++i) values.push_back(i % 997 == 5 ? nan : i == 12345 ? INFINITY : noise(random));
    write(0, 1, values);
    const auto points = plain();
    for (const std::size_t at_most : {64, 300, 2000, 50000})
        for (int trial = 0; trial < 20; ++trial) {
            std::int64_t from = static_cast<std::int64_t>(random() % 22000) - 500,
                         to = static_cast<std::int64_t>(random() % 22000);
            if (trial == 0)
                from = std::numeric_limits<std::int64_t>::min(), to = std::numeric_limits<std::int64_t>::max();
            if (from > to) std::swap(from, to);
            expect_right({from, to, at_most}, points);
        }
}

TEST_F(PyramidTest, LeavesOutWhatARewindTookBack) {
    std::vector<double> values(3000, 1.0);
    write(0, 1, values);
    write(1, 2001, std::vector<double>(1500, 2.0));  // taken up again from step 2,000
    write(2, 2501, std::vector<double>(100, 3.0));
    const auto points = plain();
    ASSERT_EQ(points.size(), 2600u);
    for (const std::size_t at_most : {64, 128, 400, 5000}) expect_right({.at_most = at_most}, points);
}

TEST_F(PyramidTest, AStepThatARunWasTakenUpAtKeepsItsPointAndWhatWasGivenUpStandsApart) {
    write(0, 1, std::vector<double>(3000, 1.0));
    // The evaluation that was due at the step is made up; training goes on behind it.
    ASSERT_TRUE(store_.add_metrics(run_.id, {{"validation/loss", 0, 2000, 3.0, 1.0}}));
    EventRecord event;
    event.run = run_.id;
    event.kind = "resume";
    event.segment = 1;
    event.step = 2000;
    ASSERT_TRUE(store_.add_event(event));
    const auto steps = [&](const std::string& metric, std::size_t at_most) {
        std::int64_t points = 0;
        for (const Bucket& bucket : store_.curve(run_.id, metric, {.at_most = at_most}).value())
            points += bucket.points;
        return points;
    };
    EXPECT_EQ(steps("train/loss", 64), 2000) << "what came after is given up before the first new row";
    ASSERT_TRUE(store_.add_metrics(run_.id, {{"validation/loss", 1, 2000, 2.0, 1.0}}));
    write(1, 2001, std::vector<double>(500, 2.0));
    for (const std::size_t at_most : {64, 5000}) {
        EXPECT_EQ(steps("train/loss", at_most), 2500) << at_most;
        const auto validation = store_.curve(run_.id, "validation/loss", {.at_most = at_most}).value();
        ASSERT_EQ(validation.size(), 1u);
        EXPECT_EQ(validation[0].last, 2.0) << "the one that was made up counts";
        const CurveParts parts = store_.curve_parts(run_.id, "train/loss", {.at_most = at_most}).value();
        const auto& given_up = parts.given_up;
        EXPECT_EQ(parts.counted.back().last_step, 2500) << "as the curve alone";
        EXPECT_EQ(parts.counted.size(), store_.curve(run_.id, "train/loss", {.at_most = at_most}).value().size());
        ASSERT_EQ(given_up.size(), 1u) << at_most;
        EXPECT_EQ(given_up[0].front().first_step, 2001);
        EXPECT_EQ(given_up[0].back().last_step, 3000);
        std::int64_t points = 0;
        for (const Bucket& bucket : given_up[0]) points += bucket.points;
        EXPECT_EQ(points, 1000) << at_most;
    }
    EXPECT_TRUE(store_.curve_parts(run_.id, "train/loss", {.from = 1, .to = 1500}).value().given_up.empty());
    EXPECT_TRUE(store_.curve_parts(run_.id, "nothing", {}).value().given_up.empty());
}

TEST_F(PyramidTest, ASpikeOfOneStepIsSeenAtEveryZoom) {
    std::vector<double> values(100000, 2.0);
    values[54321] = 9.0;
    write(0, 0, values, 5000);
    for (const std::size_t at_most : {64, 200, 1000, 4000}) {
        double greatest = 0;
        for (const Bucket& bucket : store_.curve(run_.id, "train/loss", {.at_most = at_most}).value())
            greatest = std::max(greatest, bucket.greatest);
        EXPECT_EQ(greatest, 9.0) << at_most;
    }
}

TEST_F(PyramidTest, GoesOnAfterARestartAndARollback) {
    write(0, 1, std::vector<double>(5000, 1.0));
    store_ = Store::open(scratch_ / "groundwork.db").or_throw();
    write(0, 5001, std::vector<double>(700, 4.0));
    ASSERT_TRUE(store_.begin());
    ASSERT_TRUE(store_.add_metrics(run_.id, {{"train/loss", 0, 5701, 7.0, 1.0}}));
    store_.rollback();
    write(0, 5701, std::vector<double>(700, 4.0));
    expect_right({.at_most = 64}, plain());
    expect_right({.at_most = 100000}, plain());
}

TEST_F(PyramidTest, AStepThatIsWrittenAgainReplacesThePoint) {
    write(0, 1, std::vector<double>(1000, 1.0));
    write(0, 500, {5.0});
    expect_right({.at_most = 64}, plain());
}

TEST_F(PyramidTest, IsBuiltForTheCurvesOfAnOlderDatabase) {
    write(0, 1, std::vector<double>(5000, 1.5));
    const auto before = store_.curve(run_.id, "train/loss", {.at_most = 100}).value();
    {
        SQLite::Database db((scratch_ / "groundwork.db").string(), SQLite::OPEN_READWRITE);
        for (const char* table : {"pyramid", "clock", "tags", "histograms", "saved", "queue"})
            db.exec(std::string("DROP TABLE ") + table);
        db.exec("DROP INDEX runs_by_revision");
        for (const char* column : {"notes", "trashed", "dismissed", "fork_step", "revision", "score", "best_score"})
            db.exec(std::string("ALTER TABLE runs DROP COLUMN ") + column);
        for (const char* column : {"metric", "score"})
            db.exec(std::string("ALTER TABLE checkpoints DROP COLUMN ") + column);
        db.exec("PRAGMA user_version = 1");
    }
    store_ = Store::open(scratch_ / "groundwork.db").or_throw();
    const auto after = store_.curve(run_.id, "train/loss", {.at_most = 100}).value();
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].sum, before[i].sum);
    EXPECT_EQ(store_.run(run_.id).value().notes, "");
}

}  // namespace
}  // namespace gw
