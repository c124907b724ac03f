#include <gtest/gtest.h>

#include <set>

#include "data/lane_source.h"
#include "data/text/shards.h"
#include "scratch.h"
#include "util/rng.h"

namespace gw {
namespace {

TokenStream counting_tokens(const Scratch& folder, std::int64_t size) {
    constexpr Token vocabulary = 70000;
    const fs::path file = folder / ("counting" + std::to_string(size) + ".tokens");
    ShardWriter writer = ShardWriter::create(file, vocabulary).or_throw();
    std::vector<Token> ids;
    for (std::int64_t i = 0; i < size; ++i) ids.push_back(static_cast<Token>(i));
    writer.add(ids).or_throw();
    writer.count(size, 1);
    writer.finish().or_throw();
    return ShardReader::open(file, vocabulary).or_throw();
}

TEST(LaneSource, EveryRowGoesOnWhereThatOfTheStepBeforeEnded) {
    const Scratch folder;
    Rng rng(1);
    for (int trial = 0; trial < 100; ++trial) {
        const auto stride = static_cast<std::int64_t>(1 + rng.below(12)), length = stride + 1,
                   lanes = static_cast<std::int64_t>(1 + rng.below(6)),
                   size = length + lanes * stride + static_cast<std::int64_t>(rng.below(300));
        const TokenStream stream = counting_tokens(folder, size);
        const auto source = lane_source(stream, length, stride, lanes, rng());
        const std::int64_t windows = windows_of_lane(size, length, stride, lanes);
        ASSERT_EQ(source->rows_per_epoch(), lanes * windows);
        std::set<std::int64_t> phases;
        for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
            std::set<std::int64_t> met;
            HostBatch before;
            for (std::int64_t step = 0; step < windows; ++step) {
                HostBatch rows = source->batch((epoch * windows + step) * lanes, lanes);
                for (std::int64_t lane = 0; lane < lanes; ++lane) {
                    const std::int64_t place = rows.places[static_cast<std::size_t>(lane)];
                    met.insert(place);
                    EXPECT_GE(place, 0);
                    EXPECT_LE(place + length, size);
                    EXPECT_EQ(rows.token(lane, 0), place);
                    if (step == 0) continue;
                    EXPECT_EQ(place, before.places[static_cast<std::size_t>(lane)] + stride);
                    EXPECT_EQ(rows.token(lane, 0), before.token(lane, length - 1)) << "the target of the one before";
                }
                before = std::move(rows);
            }
            EXPECT_EQ(static_cast<std::int64_t>(met.size()), lanes * windows) << "every window once";
            phases.insert(*met.begin());
        }
        if (size - length - (lanes * windows - 1) * stride > 50) {
            EXPECT_GT(phases.size(), 1U);
        }
        const HostBatch whole = source->batch(0, 5), one = source->batch(3, 1);
        EXPECT_EQ(one.places[0], whole.places[3]) << "a sample is the same however the batch is cut";
    }
}

TEST(LaneSource, ATextOfFewerWindowsThanLanesHasNone) {
    EXPECT_EQ(windows_of_lane(41, 11, 10, 4), 1);
    EXPECT_EQ(windows_of_lane(40, 11, 10, 4), 0);
    EXPECT_EQ(windows_of_lane(5, 11, 10, 1), 0);
}

}  // namespace
}  // namespace gw
