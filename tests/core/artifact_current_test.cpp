#include <gtest/gtest.h>

#include <fstream>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "scratch.h"

namespace gw {
namespace {

/// A run's folder with checkpoints of a few steps.
class Current : public testing::Test {
  protected:
    void save(std::int64_t step) {
        auto writer = CheckpointWriter::begin(folder() / checkpoint_name(step), 10).or_throw();
        writer.add("state.json", std::to_string(step)).or_throw();
        (void)writer.commit().or_throw();
    }
    void damage(std::int64_t step) { std::ofstream(folder() / checkpoint_name(step) / "state.json") << "x"; }
    fs::path folder() const { return scratch_ / "checkpoints"; }
    CurrentCheckpoint current() const { return current_checkpoint(scratch_.path()).or_throw(); }
    Scratch scratch_;
};

TEST_F(Current, WithoutAPointerTheNewestWholeOne) {
    EXPECT_FALSE(current_checkpoint(scratch_.path()));
    save(10);
    save(20);
    EXPECT_EQ(current().step, 20);
    EXPECT_EQ(current().why, "newest");
    EXPECT_TRUE(current().passed_over.empty());
    damage(20);
    EXPECT_EQ(current().step, 10);
    ASSERT_EQ(current().passed_over.size(), 1u);
    EXPECT_NE(current().passed_over[0].find("step-00000020"), std::string::npos);
    damage(10);
    const auto none = current_checkpoint(scratch_.path());
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("state.json"), std::string::npos) << "says what is wrong";
}

TEST_F(Current, AFolderThatCannotBeListedIsNoRunWithoutCheckpoints) {
    EXPECT_EQ(current_checkpoint(scratch_.path()).error().code, Error::Code::bad_data);
    std::ofstream(folder()) << "a file in its place";
    const auto unread = current_checkpoint(scratch_.path());
    ASSERT_FALSE(unread);
    EXPECT_EQ(unread.error().code, Error::Code::io);
    EXPECT_NE(unread.error().message.find("read"), std::string::npos) << unread.error().message;
}

TEST_F(Current, NamesWhatWasWrittenDownUntilTheNextSave) {
    save(10);
    save(20);
    save(30);
    ASSERT_TRUE(set_current_checkpoint(folder(), checkpoint_name(10), "best"));
    EXPECT_EQ(current().step, 10);
    EXPECT_EQ(current().why, "best");
    save(40);  // and the program died before it could say so
    EXPECT_EQ(current().step, 40);
    ASSERT_TRUE(set_current_checkpoint(folder(), checkpoint_name(40), "saved"));
    EXPECT_EQ(current().why, "saved");
}

TEST_F(Current, ADamagedOneIsPassedOverAloud) {
    save(10);
    save(20);
    ASSERT_TRUE(set_current_checkpoint(folder(), checkpoint_name(10), "resumed"));
    damage(10);
    EXPECT_EQ(current().step, 20);
    ASSERT_EQ(current().passed_over.size(), 1u);
    EXPECT_NE(current().passed_over[0].find("step-00000010"), std::string::npos);
    std::ofstream(folder() / "current.json") << "{\"name\": \"../../escape\"}";
    EXPECT_EQ(current().why, "newest") << "no path out of the folder";
    std::ofstream(folder() / "current.json") << "no JSON";
    EXPECT_EQ(current().step, 20);
}

TEST_F(Current, ABestCheckpointMovesWithItsFolder) {
    save(10);
    EXPECT_FALSE(best_checkpoint_of(scratch_.path()));
    ASSERT_TRUE(
        set_best_checkpoint(folder(), BestCheckpoint{folder() / checkpoint_name(10), 10, "accuracy", 0.75, 0.5}));
    ASSERT_TRUE(set_current_checkpoint(folder(), checkpoint_name(10), "saved"));
    Scratch elsewhere;
    fs::rename(folder(), elsewhere / "checkpoints");
    const auto best = best_checkpoint_of(elsewhere.path());
    ASSERT_TRUE(best);
    EXPECT_EQ(best->path, elsewhere / "checkpoints" / checkpoint_name(10));
    EXPECT_EQ(best->step, 10);
    EXPECT_EQ(best->metric, "accuracy");
    EXPECT_EQ(best->value, 0.75);
    EXPECT_EQ(best->loss, 0.5);
    EXPECT_EQ(current_checkpoint(elsewhere.path()).or_throw().path, best->path);
    ASSERT_TRUE(set_best_checkpoint(elsewhere / "checkpoints", std::nullopt));
    EXPECT_FALSE(best_checkpoint_of(elsewhere.path()));
    ASSERT_TRUE(set_best_checkpoint(elsewhere / "checkpoints", std::nullopt)) << "twice is no error";
}

}  // namespace
}  // namespace gw
