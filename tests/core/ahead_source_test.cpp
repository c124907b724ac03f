#include "data/ahead_source.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace gw {
namespace {

/// Rows that name their place, and who asked for them.
class Numbered final : public BatchSource {
  public:
    explicit Numbered(std::atomic<int>& elsewhere) : elsewhere_(elsewhere) {}
    std::int64_t rows_per_epoch() const override { return 100; }
    double units_per_row() const override { return 2; }
    HostBatch batch(std::int64_t first, std::int64_t rows) const override {
        if (std::this_thread::get_id() != home_) ++elsewhere_;
        if (first == 40) throw std::runtime_error("row 40 cannot be read");
        HostBatch out;
        out.rows = rows;
        for (std::int64_t i = 0; i < rows; ++i) out.places.push_back(first + i);
        return out;
    }

  private:
    const std::thread::id home_ = std::this_thread::get_id();
    std::atomic<int>& elsewhere_;
};

void expect_rows(const BatchSource& source, std::int64_t first, std::int64_t rows) {
    const HostBatch batch = source.batch(first, rows);
    ASSERT_EQ(batch.rows, rows);
    for (std::int64_t i = 0; i < rows; ++i)
        EXPECT_EQ(batch.places[static_cast<std::size_t>(i)], first + i) << first << " + " << i;
}

TEST(AheadSource, GivesWhatIsAskedForInWhateverOrder) {
    std::atomic<int> elsewhere = 0;
    const auto source = ahead_source(std::make_unique<Numbered>(elsewhere));
    EXPECT_EQ(source->rows_per_epoch(), 100);
    EXPECT_DOUBLE_EQ(source->units_per_row(), 2);
    for (std::int64_t first : {0, 4, 8, 12, 16}) expect_rows(*source, first, 4);
    for (std::int64_t first : {60, 68, 76, 84}) expect_rows(*source, first, 4);  // every second batch, of two processes
    for (std::int64_t first : {3, 90, 3, 3, 0}) expect_rows(*source, first, 2);
    expect_rows(*source, 2, 5);
    expect_rows(*source, 2, 1);
}

TEST(AheadSource, TheNextBatchIsMadeByAThreadOfItsOwn) {
    std::atomic<int> elsewhere = 0;
    {
        const auto source = ahead_source(std::make_unique<Numbered>(elsewhere));
        for (std::int64_t first = 0; first < 36; first += 4) expect_rows(*source, first, 4);
    }
    EXPECT_GE(elsewhere, 8) << "all but the first; the one behind the last may not have been begun";
}

TEST(AheadSource, AProblemMeetsWhoeverAsksForThatBatch) {
    std::atomic<int> elsewhere = 0;
    const auto source = ahead_source(std::make_unique<Numbered>(elsewhere));
    expect_rows(*source, 32, 4);
    expect_rows(*source, 36, 4);
    EXPECT_THROW((void)source->batch(40, 4), std::runtime_error);
    expect_rows(*source, 44, 4);
}

}  // namespace
}  // namespace gw
