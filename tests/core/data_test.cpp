#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "data/batch_source.h"
#include "data/prepare.h"
#include "data/split.h"
#include "data/text/shards.h"
#include "scratch.h"
#include "util/rng.h"

namespace gw {
namespace {

TokenStream stream_of(const Scratch& folder, std::int64_t size, Token vocabulary = 70000) {
    const fs::path file = folder / ("s" + std::to_string(size) + ".tokens");
    ShardWriter writer = ShardWriter::create(file, vocabulary).or_throw();
    std::vector<Token> ids;
    for (std::int64_t i = 0; i < size; ++i) ids.push_back(static_cast<Token>(i));
    writer.add(ids).or_throw();
    writer.count(size, 1);
    writer.finish().or_throw();
    return ShardReader::open(file, vocabulary).or_throw();
}

// ---- shards

TEST(Shards, GiveBackWhatWasWritten) {
    const Scratch folder;
    for (const Token vocabulary : {300, 65536, 65537, 200000}) {
        const fs::path file = folder / "x.tokens";
        ShardWriter writer = ShardWriter::create(file, vocabulary).or_throw();
        const std::vector<Token> ids{0, 1, vocabulary - 1, 255, 256};
        writer.add(ids).or_throw();
        writer.count(9, 2);
        writer.finish().or_throw();
        const TokenStream stream = ShardReader::open(file, vocabulary).or_throw();
        std::vector<Token> read(ids.size());
        stream.copy(0, stream.size(), read.data());
        EXPECT_EQ(read, ids);
        EXPECT_EQ(stream.bytes(), 9);
        EXPECT_EQ(stream.documents(), 2);
        EXPECT_FALSE(ShardReader::open(file, vocabulary - 1))
            << "an id outside the vocabulary must be found when opening";
        EXPECT_THROW(stream.copy(3, 3, read.data()), std::out_of_range);
    }
}

TEST(Shards, DamageIsFound) {
    const Scratch folder;
    stream_of(folder, 100, 200);
    const fs::path file = folder / "s100.tokens";
    const std::string whole = read_file(file).or_throw();
    for (const std::size_t cut : {std::size_t{0}, std::size_t{10}, std::size_t{56}, whole.size() - 1}) {
        write_file_atomic(file, whole.substr(0, cut)).or_throw();
        EXPECT_FALSE(ShardReader::open(file, 200)) << cut;
    }
    for (const std::size_t at : {0, 8, 12, 16, 30, 48}) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        write_file_atomic(file, damaged).or_throw();
        EXPECT_FALSE(ShardReader::open(file, 200)) << at;
    }
}

// ---- batches

TEST(BatchSourceTest, EachEpochVisitsEveryWindowOnce) {
    const Scratch folder;
    Rng rng(1);
    for (int trial = 0; trial < 200; ++trial) {
        const auto length = static_cast<std::int64_t>(2 + rng.below(20)),
                   stride = static_cast<std::int64_t>(1 + rng.below(static_cast<std::uint64_t>(length)));
        const auto size = trial % 5 == 0 ? length : length + stride - 1 + static_cast<std::int64_t>(rng.below(300));
        const TokenStream stream = stream_of(folder, size);
        const auto owned = stream_source(stream, length, stride, rng());
        const BatchSource& source = *owned;
        const std::int64_t windows = source.rows_per_epoch();
        std::vector<std::int64_t> orders[2];
        for (std::int64_t epoch = 0; epoch < 2; ++epoch) {
            const HostBatch batch = source.batch(epoch * windows, windows);
            std::set<std::int64_t> starts(batch.places.begin(), batch.places.end());
            ASSERT_EQ(static_cast<std::int64_t>(starts.size()), windows) << size << " " << length << " " << stride;
            EXPECT_GE(*starts.begin(), 0);
            EXPECT_LE(*starts.rbegin() + length, size);
            std::int64_t before = *starts.begin();
            for (const std::int64_t start : starts) {
                EXPECT_TRUE(start == before || start == before + stride);
                before = start;
            }
            for (std::int64_t row = 0; row < windows; ++row)
                EXPECT_EQ(batch.token(row, 0), batch.places[static_cast<std::size_t>(row)]);
            orders[epoch] = batch.places;
        }
        if (windows > 8) {
            EXPECT_NE(orders[0], orders[1]);
        }
        const HostBatch whole = source.batch(0, 6), one = source.batch(4, 1);
        EXPECT_EQ(one.places[0], whole.places[4]) << "a sample is the same however the batch is cut";
    }
}

// ---- splits

std::unique_ptr<Split> split(Json section) {
    const SplitKind* kind = find_kind(splits(), section.at("kind"));
    return kind->build(kind->complete(section));
}

TEST(Splits, TheTailCutsAtCharacters) {
    const std::string text = "日本語日本語日本語日";  // 30 bytes
    const auto tail = split({{"kind", "tail"}, {"validation", 0.25}, {"test", 0.25}});
    std::string parts[3];
    tail->cut({text, "", 0}, 0, text.size(),
              [&](Part part, std::string_view piece) { parts[static_cast<int>(part)] += piece; });
    EXPECT_EQ(parts[0] + parts[1] + parts[2], text);
    EXPECT_EQ(parts[0].size(), 15u);
    for (const std::string& part : parts) EXPECT_EQ(part.size() % 3, 0u);
}

TEST(Splits, TheTailGoesAcrossDocuments) {
    const auto tail = split({{"kind", "tail"}, {"validation", 0.5}});
    std::vector<Part> parts;
    for (int i = 0; i < 4; ++i)
        tail->cut({"abcd", "", i}, static_cast<std::uint64_t>(4 * i), 16,
                  [&](Part part, std::string_view) { parts.push_back(part); });
    EXPECT_EQ(parts, (std::vector{Part::train, Part::train, Part::validation, Part::validation}));
}

TEST(Splits, DocumentsAreDrawnInTheirShares) {
    const auto by_document = split({{"kind", "by_document"}, {"validation", 0.2}, {"test", 0.1}});
    int counts[3] = {};
    for (int i = 0; i < 20000; ++i)
        by_document->cut({"x", "", i}, 0, 0, [&](Part part, std::string_view) { ++counts[static_cast<int>(part)]; });
    EXPECT_NEAR(counts[1], 4000, 250);
    EXPECT_NEAR(counts[2], 2000, 200);
}

TEST(Splits, FilesAreNamed) {
    const auto by_file = split({{"kind", "by_file"}, {"validation", {"*valid*"}}, {"test", {"held/*"}}});
    auto part_of = [&](const char* source) {
        Part found = Part::train;
        by_file->cut({"x", source, 0}, 0, 0, [&](Part part, std::string_view) { found = part; });
        return found;
    };
    EXPECT_EQ(part_of("a/train.txt"), Part::train);
    EXPECT_EQ(part_of("a/my-valid.txt"), Part::validation);
    EXPECT_EQ(part_of("held/b.txt"), Part::test);
}

// ---- preparing

class PrepareTest : public testing::Test {
  protected:
    PrepareRequest request(const std::string& tokenizer = "characters") const {
        PrepareRequest ask;
        ask.dataset = complete(datasets(), {{"kind", "storybook"}, {"stories", 200}});
        ask.split = complete(splits(), {{"kind", "by_document"}, {"validation", 0.2}});
        ask.tokenizer = complete(tokenizers(), {{"kind", tokenizer}});
        ask.cache = folder_ / "cache";
        return ask;
    }
    PrepareRequest of_file(const std::string& text, const Json& dataset = Json::object()) const {
        write_file_atomic(folder_ / "text.txt", text).or_throw();
        PrepareRequest ask = request("bytes");
        Json section = {{"kind", "text_files"}, {"paths", {(folder_ / "text.txt").string()}}};
        section.update(dataset);
        ask.dataset = complete(datasets(), section);
        return ask;
    }
    template <class Kinds>
    static Json complete(const Kinds& kinds, const Json& section) {
        return find_kind(kinds, section.at("kind"))->complete(section);
    }
    static std::string text_of(const PreparedData& data, const TokenStream& stream) {
        std::vector<Token> ids(static_cast<std::size_t>(stream.size()));
        stream.copy(0, stream.size(), ids.data());
        return data.tokenizer->decode(ids);
    }
    Scratch folder_;
};

TEST_F(PrepareTest, StreamsHoldTheTextOfTheirParts) {
    for (const char* tokenizer : {"characters", "bytes"}) {
        const PreparedData data = prepare_data(request(tokenizer)).or_throw();
        EXPECT_FALSE(data.from_cache);
        EXPECT_EQ(data.train.documents() + data.validation.documents(), 200);
        EXPECT_NEAR(static_cast<double>(data.validation.documents()), 40, 20);
        EXPECT_EQ(data.test.size(), 0);
        const std::string text = text_of(data, data.validation);
        EXPECT_EQ(static_cast<std::int64_t>(text.size()), data.validation.bytes() + 2 * data.validation.documents());
        EXPECT_TRUE(text.ends_with("The end.\n\n\n"));
    }
}

TEST_F(PrepareTest, TheSecondTimeComesFromTheCache) {
    const PreparedData one = prepare_data(request()).or_throw(), two = prepare_data(request()).or_throw();
    EXPECT_FALSE(one.from_cache);
    EXPECT_TRUE(two.from_cache);
    EXPECT_EQ(one.tokenizer_hash, two.tokenizer_hash);
    EXPECT_EQ(text_of(one, one.train), text_of(two, two.train));
    EXPECT_EQ(one.validation_floor_nats_per_byte, two.validation_floor_nats_per_byte);
    PrepareRequest other = request();
    other.split["validation"] = 0.3;
    EXPECT_FALSE(prepare_data(other).or_throw().from_cache);
}

TEST_F(PrepareTest, ADamagedCacheIsMadeAgain) {
    prepare_data(request()).or_throw();
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "cache"))
        if (entry.is_regular_file()) fs::resize_file(entry.path(), entry.file_size() / 2);
    const PreparedData again = prepare_data(request()).or_throw();
    EXPECT_FALSE(again.from_cache);
    EXPECT_TRUE(text_of(again, again.train).ends_with("The end.\n\n\n"));
}

TEST_F(PrepareTest, SeveralAtOnceShareOneEntry) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([this] {
            const auto data = prepare_data(request("bytes"));
            ASSERT_TRUE(data) << to_text(data.error());
            EXPECT_GT(data.value().train.size(), 0);
        });
    threads.clear();
    int entries = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder_ / "cache" / "tokens")) ++entries;
    EXPECT_EQ(entries, 1);
}

TEST_F(PrepareTest, AStopLeavesNoHalfEntry) {
    PrepareRequest ask = request();
    std::stop_source stop;
    ask.stop = stop.get_token();
    ask.progress = [&](const std::string& phase, double) {
        if (phase.starts_with("writing")) stop.request_stop();
    };
    ask.dataset["stories"] = 20000;
    const auto data = prepare_data(ask);
    ASSERT_FALSE(data);
    EXPECT_EQ(data.error().code, Error::Code::cancelled);
    std::error_code ignored;
    EXPECT_TRUE(!fs::exists(folder_ / "cache" / "tokens") || fs::is_empty(folder_ / "cache" / "tokens", ignored));
}

TEST_F(PrepareTest, TheFloorIsThatOfTheVeryDocuments) {
    const PreparedData data = prepare_data(request()).or_throw();
    ASSERT_TRUE(data.validation_floor_nats_per_byte);
    EXPECT_NEAR(*data.validation_floor_nats_per_byte, *data.floor_nats_per_byte, 0.1 * *data.floor_nats_per_byte);
}

TEST_F(PrepareTest, ALongFileTellsHowFarItIs) {
    constexpr std::size_t bytes = 9 << 20;
    std::string text;
    while (text.size() < bytes) text += "line " + std::to_string(text.size()) + " of one long document\n";
    PrepareRequest ask = of_file(text);
    ask.split = complete(splits(), {{"kind", "tail"}, {"validation", 0.1}});
    std::map<std::string, std::vector<double>> told;
    std::vector<std::string> order;
    ask.progress = [&](const std::string& phase, double share) {
        const std::string words = phase.substr(0, phase.find_first_of("0123456789"));
        if (order.empty() || order.back() != words) order.push_back(words);
        told[words].push_back(share);
    };
    prepare_data(ask).or_throw();
    for (const char* phase : {"checking files", "reading text", "tokenising "}) {
        ASSERT_FALSE(told[phase].empty()) << phase;
        EXPECT_DOUBLE_EQ(told[phase].front(), 0) << phase;
        EXPECT_TRUE(std::is_sorted(told[phase].begin(), told[phase].end())) << phase;
    }
    EXPECT_EQ(std::count(order.begin(), order.end(), "tokenising "), 1) << "what is read meanwhile tells nothing";
    EXPECT_GE(told["checking files"].size(), 3U) << "also within one file";
    EXPECT_DOUBLE_EQ(told["tokenising "].back(), 1);
}

TEST_F(PrepareTest, LeaksAreCounted) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "this line stands here again and again, word for word\n";
    const PreparedData data = prepare_data(of_file(text, {{"documents", "line"}})).or_throw();
    const LeakReport::Pair* pair = data.leaks.pair("validation", "train");
    ASSERT_NE(pair, nullptr);
    EXPECT_GT(pair->checked, 0);
    EXPECT_EQ(pair->exact, pair->checked);
    EXPECT_EQ(pair->near, 0);
    EXPECT_TRUE(pair->example.starts_with("this line"));
    EXPECT_TRUE(leak_texts(prepare_data(request()).or_throw().leaks).empty());
}

TEST_F(PrepareTest, AnEmptyPartNamesTheSetting) {
    const auto data = prepare_data(of_file("a single document of a few words"));
    ASSERT_FALSE(data);
    EXPECT_NE(data.error().hint.find("split"), std::string::npos) << to_text(data.error());
    PrepareRequest named = of_file("text");
    named.split = complete(splits(), {{"kind", "by_file"}, {"validation", {"*valid*"}}});
    const auto none = prepare_data(named);
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().hint.find("patterns"), std::string::npos) << to_text(none.error());
}

TEST_F(PrepareTest, JudgingTakesAllTextAsValidation) {
    PrepareRequest ask = of_file("a single document of a few words");
    ask.tokenizer_state = Json{{"kind", "bytes"}};
    ask.judge_only = true;
    const PreparedData data = prepare_data(ask).or_throw();
    EXPECT_EQ(data.validation.bytes(), 32);
    EXPECT_EQ(data.train.size(), 0);
}

}  // namespace
}  // namespace gw
