#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "artifact/checkpoint.h"
#include "artifact/retention.h"
#include "core/crash.h"
#include "scratch.h"

namespace gw {
namespace {

Result<std::uint64_t> save(const fs::path& folder, const std::string& content) {
    auto writer = CheckpointWriter::begin(folder, content.size());
    if (!writer) return writer.error();
    if (Status status = writer.value().add("model.safetensors", content); !status) return status.error();
    if (Status status = writer.value().add("state.json", "{}"); !status) return status.error();
    return writer.value().commit();
}

std::string content_of(const fs::path& checkpoint) {
    return read_file(checkpoint / "model.safetensors").value();
}

TEST(Checkpoint, IsWholeAfterCommit) {
    Scratch scratch;
    const auto bytes = save(scratch / "checkpoints" / "step-00000010", "weights");
    ASSERT_TRUE(bytes) << to_text(bytes.error());
    EXPECT_EQ(bytes.value(), folder_bytes(scratch / "checkpoints" / "step-00000010"));
    EXPECT_TRUE(verify_checkpoint(scratch / "checkpoints" / "step-00000010"));
    EXPECT_EQ(content_of(scratch / "checkpoints" / "step-00000010"), "weights");
}

TEST(Checkpoint, WithoutCommitNothingStays) {
    Scratch scratch;
    {
        auto writer = CheckpointWriter::begin(scratch / "step-1", 10);
        ASSERT_TRUE(writer);
        ASSERT_TRUE(writer.value().add("a", "b"));
    }
    EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST(Checkpoint, IsSeenOnlyWhenItMayBe) {
    Scratch scratch;
    const fs::path place = scratch / "checkpoints" / "step-00000010";
    ASSERT_TRUE(save(place, "older"));
    auto writer = CheckpointWriter::begin(place, 10);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer.value().add("model.safetensors", "newer"));
    ASSERT_TRUE(writer.value().add("state.json", "{}"));
    const auto kept_out = writer.value().commit([&]() -> Status {
        EXPECT_EQ(content_of(place), "older");
        return Error{Error::Code::io, "no history", "", {}};
    });
    ASSERT_FALSE(kept_out);
    EXPECT_EQ(kept_out.error().message, "no history");
    EXPECT_EQ(content_of(place), "older");
    const auto placed = writer.value().commit([] { return Status(); });
    ASSERT_TRUE(placed) << to_text(placed.error());
    EXPECT_EQ(content_of(place), "newer");
    EXPECT_TRUE(verify_checkpoint(place));
}

TEST(Checkpoint, OfAStepThatIsReachedAgainTakesThePlaceOfTheOneThatWasJudged) {
    Scratch scratch;
    const fs::path place = scratch / "checkpoints" / "step-00000010";
    ASSERT_TRUE(save(place, "older"));
    std::ofstream(place / "verdict.json") << "{}";
    std::ofstream(place / ".verdict.json.writing-0123") << "{";
    ASSERT_TRUE(save(place, "newer"));
    EXPECT_EQ(content_of(place), "newer");
    EXPECT_FALSE(fs::exists(place / "verdict.json")) << "it was said of other weights";
    std::ofstream(place / "notes.txt") << "somebody's own";
    EXPECT_FALSE(save(place, "newest"));
    EXPECT_EQ(content_of(place), "newer");
}

TEST(Checkpoint, LeftoversOfKilledProgramsAreSwept) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "step-1", "whole"));
    fs::create_directory(scratch / ".writing-1");
    std::ofstream(scratch / ".writing-1" / "model.safetensors") << "half";
    fs::create_directory(scratch / ".removing-2");
    std::ofstream(scratch / ".best.json.writing-0123") << "half";
    std::ofstream(scratch / "step-1" / ".verdict.json.writing-0123") << "half";
    std::ofstream(scratch / "best.json") << "{}";
    clean_checkpoint_leftovers(scratch.path());
    std::vector<std::string> left;
    for (const auto& entry : fs::recursive_directory_iterator(scratch.path()))
        left.push_back(entry.path().filename().string());
    std::sort(left.begin(), left.end());
    EXPECT_EQ(left,
              (std::vector<std::string>{"best.json", "manifest.json", "model.safetensors", "state.json", "step-1"}));
    EXPECT_TRUE(verify_checkpoint(scratch / "step-1"));
}

TEST(Checkpoint, ReplacesAnOlderOneAndNothingElse) {
    Scratch scratch;
    const fs::path place = scratch / "step-00000010";
    ASSERT_TRUE(save(place, "first"));
    ASSERT_TRUE(save(place, "second"));
    EXPECT_EQ(content_of(place), "second");
    fs::remove(place / "manifest.json");
    ASSERT_TRUE(save(place, "third")) << "a damaged one may be written again";
    EXPECT_EQ(content_of(place), "third");

    write_file_atomic(place / "thesis.txt", "only copy").or_throw();
    const auto refused = save(place, "fourth");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("not empty"), std::string::npos) << refused.error().message;
    EXPECT_EQ(content_of(place), "third");
    EXPECT_TRUE(fs::exists(place / "thesis.txt"));
    fs::create_directories(scratch / "notes" / "state.json");
    EXPECT_FALSE(save(scratch / "notes", "x")) << "a folder called like a file of a checkpoint";
    write_file_atomic(scratch / "afile", "mine").or_throw();
    EXPECT_FALSE(save(scratch / "afile", "x"));
    EXPECT_EQ(read_file(scratch / "afile").or_throw(), "mine");
    fs::create_directory(scratch / "elsewhere");
    fs::create_directory_symlink(scratch / "elsewhere", scratch / "link");
    EXPECT_FALSE(save(scratch / "link", "x"));
    fs::create_directory(scratch / "empty");
    EXPECT_TRUE(save(scratch / "empty", "x"));
    for (const auto& entry : fs::directory_iterator(scratch.path()))
        EXPECT_NE(entry.path().filename().string().front(), '.') << entry.path();
}

TEST(Checkpoint, IsPlacedWhereNothingIs) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "made", "x"));
    ASSERT_TRUE(save(scratch / "other", "y"));
    fs::create_directory(scratch / "empty");
    EXPECT_FALSE(may_write_checkpoint(scratch / "other"));
    EXPECT_TRUE(may_write_checkpoint(scratch / "empty"));
    EXPECT_TRUE(may_write_checkpoint(scratch / "none"));
    EXPECT_FALSE(place_checkpoint(scratch / "made", scratch / "other"));
    EXPECT_EQ(content_of(scratch / "other"), "y");
    EXPECT_TRUE(place_checkpoint(scratch / "made", scratch / "empty/"));
    EXPECT_EQ(content_of(scratch / "empty"), "x");
    EXPECT_EQ(checkpoint_step("a/step-00000120/"), 120);
    EXPECT_EQ(checkpoint_step("a/step-00000120"), 120);
    EXPECT_EQ(checkpoint_step("a/step-12x"), 0);
    EXPECT_EQ(checkpoint_step("a/merged"), 0);
}

TEST(Checkpoint, RefusesWhenTheDiskIsTooSmall) {
    Scratch scratch;
    const auto writer = CheckpointWriter::begin(scratch / "step-1", std::uint64_t{1} << 62);
    ASSERT_FALSE(writer);
    EXPECT_NE(writer.error().message.find("free"), std::string::npos);
    EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST(Checkpoint, VerifyNamesTheDamagedFile) {
    Scratch scratch;
    const fs::path checkpoint = scratch / "step-1";
    auto expect_named = [&](const std::string& name) {
        const Status status = verify_checkpoint(checkpoint);
        ASSERT_FALSE(status);
        EXPECT_NE(status.error().message.find(name), std::string::npos) << status.error().message;
    };
    auto rewrite = [&](const std::string& name, const std::string& text) {
        std::ofstream(checkpoint / name, std::ios::binary) << text;
    };
    ASSERT_TRUE(save(checkpoint, "weights"));
    rewrite("model.safetensors", "weighty");  // one byte differs
    expect_named("model.safetensors");
    rewrite("model.safetensors", "weigh");
    expect_named("5 bytes instead of 7");
    fs::remove(checkpoint / "model.safetensors");
    expect_named("model.safetensors is missing");
    for (const char* manifest :
         {"", "[]", "{\"version\":1", R"({"version":1,"sequence":0,"files":{"../escape":{"bytes":1,"sha256":""}}})",
          R"({"version":1,"sequence":0,"files":{"a":{"bytes":-1,"sha256":""}}})",
          R"({"version":1,"sequence":0,"files":{}})",
          R"({"version":1,"sequence":-1,"files":{"a":{"bytes":1,"sha256":""}}})",
          R"({"version":1,"sequence":9223372036854775807,"files":{"a":{"bytes":1,"sha256":""}}})"}) {
        rewrite("manifest.json", manifest);
        expect_named("manifest.json");
    }
    rewrite("manifest.json", R"({"version":99,"sequence":0,"files":{}})");
    expect_named("newer version");
    rewrite("manifest.json", R"({"version":4294967297,"sequence":0,"files":{}})");
    expect_named("newer version");
    fs::remove(checkpoint / "manifest.json");
    expect_named("manifest.json");
    EXPECT_FALSE(verify_checkpoint(scratch / "none"));
}

TEST(Checkpoint, ListsInTheOrderOfWritingAcrossRewinds) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "step-00000100", "a"));
    ASSERT_TRUE(save(scratch / "step-00000200", "b"));
    ASSERT_TRUE(save(scratch / "step-00000150", "after a rewind"));
    fs::create_directory(scratch / "step-00000300");  // no manifest
    fs::create_directory(scratch / ".writing-left-over");
    const auto all = list_checkpoints(scratch.path());
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].path.filename(), "step-00000150");
    EXPECT_EQ(all[1].path.filename(), "step-00000200");
    EXPECT_EQ(all[2].path.filename(), "step-00000100");
}

TEST(Checkpoint, ANumberThatNobodyReachesIsDamageOrTheLast) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "step-00000100", "a"));
    const fs::path manifest = scratch / "step-00000100" / "manifest.json";
    const auto number = [&](std::int64_t value) {
        Json json = Json::parse(read_file(manifest).or_throw());
        json["sequence"] = value;
        write_file_atomic(manifest, json.dump()).or_throw();
    };
    number(std::int64_t{1} << 53);
    EXPECT_TRUE(list_checkpoints(scratch.path()).empty());
    number(std::int64_t{1} << 52);
    ASSERT_TRUE(save(scratch / "step-00000200", "b"));
    const auto all = list_checkpoints(scratch.path());
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].path.filename(), "step-00000200");
}

TEST(Checkpoint, DamageOffersTheOneBefore) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "step-1", "a"));
    ASSERT_TRUE(save(scratch / "step-2", "b"));
    ASSERT_TRUE(save(scratch / "step-3", "c"));
    EXPECT_EQ(newest_whole_checkpoint(scratch.path()).value().filename(), "step-3");
    std::ofstream(scratch / "step-3" / "model.safetensors") << "x";
    EXPECT_EQ(newest_whole_checkpoint(scratch.path()).value().filename(), "step-2");
    EXPECT_EQ(newest_whole_checkpoint(scratch.path(), scratch / "step-3").value().filename(), "step-2");
    EXPECT_EQ(newest_whole_checkpoint(scratch.path(), scratch / "step-2").value().filename(), "step-1");
    EXPECT_FALSE(newest_whole_checkpoint(scratch.path(), scratch / "step-1"));
    EXPECT_FALSE(newest_whole_checkpoint(scratch / "none"));
}

TEST(Checkpoint, ReplacesOneOfTheSameName) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "step-1", "first"));
    ASSERT_TRUE(save(scratch / "step-1", "second"));
    EXPECT_EQ(content_of(scratch / "step-1"), "second");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1);
}

class CrashedWrite : public testing::TestWithParam<const char*> {};

TEST_P(CrashedWrite, LeavesTheNewestWholeCheckpointLoadable) {
    for (const bool same_name : {false, true}) {
        Scratch scratch;
        const fs::path target = scratch / (same_name ? "step-1" : "step-2");
        ASSERT_TRUE(save(scratch / "step-1", "old"));
        ASSERT_EQ(run_until_crash(GetParam(), [&] { (void)save(target, "new"); }), 137);
        const auto newest = newest_whole_checkpoint(scratch.path());
        ASSERT_TRUE(newest);
        const bool in_place = std::string(GetParam()) == "checkpoint after rename";
        EXPECT_EQ(content_of(newest.value()), in_place ? "new" : "old");
        clean_checkpoint_leftovers(scratch.path());
        for (const auto& entry : fs::directory_iterator(scratch.path()))
            EXPECT_TRUE(verify_checkpoint(entry.path())) << entry.path();
        ASSERT_TRUE(save(target, "again"));
        EXPECT_EQ(content_of(newest_whole_checkpoint(scratch.path()).value()), "again");
    }
}

INSTANTIATE_TEST_SUITE_P(Checkpoint, CrashedWrite,
                         testing::Values("checkpoint written", "checkpoint before manifest", "checkpoint before rename",
                                         "checkpoint after rename"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::replace(name.begin(), name.end(), ' ', '_');
                             return name;
                         });

TEST(Checkpoint, ACrashWhileRemovingHidesItAsAWhole) {
    Scratch scratch;
    ASSERT_TRUE(save(scratch / "step-1", "a"));
    ASSERT_TRUE(save(scratch / "step-2", "b"));
    ASSERT_EQ(run_until_crash("checkpoint removing", [&] { (void)remove_checkpoint(scratch / "step-1"); }), 137);
    EXPECT_EQ(list_checkpoints(scratch.path()).size(), 1u);
    clean_checkpoint_leftovers(scratch.path());
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1);
    EXPECT_TRUE(remove_checkpoint(scratch / "step-2"));
    EXPECT_TRUE(fs::is_empty(scratch.path()));
    EXPECT_FALSE(remove_checkpoint(scratch / "step-2"));
}

TEST(Retention, KeepsTheLastAndTheBest) {
    const std::vector<RetentionEntry> entries{{"a"}, {"b", true}, {"c"}, {"d"}, {"e"}};
    using Paths = std::vector<std::string>;
    EXPECT_EQ(checkpoints_to_remove(entries, 2), (Paths{"a", "c"}));
    EXPECT_EQ(checkpoints_to_remove(entries, 5), Paths{});
    EXPECT_EQ(checkpoints_to_remove(entries, 0), (Paths{"a", "c", "d"})) << "the newest always stays";
    EXPECT_EQ(checkpoints_to_remove({}, 2), Paths{});
}

}  // namespace
}  // namespace gw
