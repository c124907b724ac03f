#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstring>

#include "artifact/safetensors.h"
#include "core/picture_bytes.h"
#include "core/reading.h"
#include "data/cache.h"
#include "data/images/picture_store.h"
#include "data/text/json_reading.h"
#include "data/text/shards.h"
#include "fuzz/sealed.h"
#include "schema/parse_json.h"
#include "schema/typed.h"
#include "tokenize/report.h"
#include "util/base64.h"
#include "util/csv.h"
#include "util/expand_path.h"
#include "util/text.h"

// Files that are damaged or written to do harm: each is told or passed over, and none ends the program.
namespace gw {

namespace {

using test::Reading;
using testing::HasSubstr;

std::string error_of(const Status& status) {
    return status ? "no error" : to_text(status.error());
}

TEST(MappedFileTest, AFileThatIsCutShortIsAnErrorAndNoSignal) {
    const Scratch scratch;
    const std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    write_file_atomic(scratch / "x", std::string(5 * page, 'a')).or_throw();
    const MappedFile map = MappedFile::open(scratch / "x").or_throw();
    EXPECT_FALSE(map.failed());
    EXPECT_TRUE(map.intact());
    ASSERT_EQ(::truncate((scratch / "x").c_str(), static_cast<off_t>(page)), 0);
    const auto text = map.text();
    EXPECT_EQ(text[page - 1], 'a');
    EXPECT_EQ(text[2 * page], '\0') << "what is gone reads as zeros";
    EXPECT_EQ(std::count(text.begin(), text.end(), 'a'), static_cast<std::ptrdiff_t>(page));
    EXPECT_TRUE(map.failed());
    EXPECT_THAT(error_of(map.intact()), HasSubstr("was written to while it was being read"));
}

TEST(MappedFileTest, AFileThatIsWrittenToIsTold) {
    const Scratch scratch;
    write_file_atomic(scratch / "x", "first").or_throw();
    const MappedFile map = MappedFile::open(scratch / "x").or_throw();
    fs::last_write_time(scratch / "x", fs::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_FALSE(map.intact());
    EXPECT_FALSE(map.failed());
}

TEST(MappedFileTest, APipeIsRefusedAndNotWaitedFor) {
    const Scratch scratch;
    ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
    const auto map = MappedFile::open(scratch / "pipe");
    ASSERT_FALSE(map);
    EXPECT_THAT(map.error().message, HasSubstr("it is a pipe"));
    EXPECT_FALSE(hash_file(scratch / "pipe"));
}

TEST(HashTest, AFileIsHashedAsItsBytes) {
    const Scratch scratch;
    const std::string bytes(9 << 20, 'q');
    write_file_atomic(scratch / "x", bytes).or_throw();
    const FileHash hash = hash_file(scratch / "x").or_throw();
    EXPECT_EQ(hash.bytes, bytes.size());
    EXPECT_EQ(hash.sha256, sha256(bytes));
    EXPECT_FALSE(hash_file(scratch.path()));
    EXPECT_FALSE(hash_file(scratch / "none"));
}

/// The values of xxhsum of the same texts.
TEST(HashTest, Checksum64IsXxh64) {
    const auto sum = [](std::string_view text, std::size_t piece) {
        Checksum64 out;
        for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) out.add(text.substr(0, piece));
        return out.value();
    };
    EXPECT_EQ(sum("", 1), 0xef46db3751d8e999ULL);
    EXPECT_EQ(sum("a", 1), 0xd24ec4f1a98c6e5bULL);
    EXPECT_EQ(sum("abc", 3), 0x44bc2cf5ad770999ULL);
    std::string text;
    for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7);
    for (const std::size_t piece : {1u, 3u, 31u, 32u, 33u, 100u}) EXPECT_EQ(sum(text, piece), sum(text, 1000)) << piece;
    std::string other = text;
    other[500] = static_cast<char>(other[500] ^ 1);
    EXPECT_NE(sum(text, 1000), sum(other, 1000));
}

TEST(ExpandPath, LinksThatLeadBackEnd) {
    const Scratch scratch;
    write_file_atomic(scratch / "a.txt", "a").or_throw();
    fs::create_directories(scratch / "below" / "deep");
    write_file_atomic(scratch / "below" / "b.txt", "b").or_throw();
    fs::create_directory_symlink(scratch.path(), scratch / "below" / "up");
    fs::create_directory_symlink(scratch.path(), scratch / "below" / "deep" / "again");
    fs::create_directory_symlink(scratch / "below", scratch / "aside");
    const Scratch elsewhere;
    write_file_atomic(elsewhere / "c.txt", "c").or_throw();
    fs::create_directory_symlink(elsewhere.path(), scratch / "linked");
    const auto files = expand_path(scratch.path().string()).or_throw();
    EXPECT_EQ(files,
              (std::vector<fs::path>{scratch / "a.txt", scratch / "below" / "b.txt", scratch / "linked" / "c.txt"}));
}

TEST(ExpandPath, WhatIsNoFileIsPassedOverAndRefusedByItsName) {
    const Scratch scratch;
    write_file_atomic(scratch / "a.txt", "a").or_throw();
    ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
    fs::create_symlink("nowhere", scratch / "broken");
    std::vector<fs::path> over;
    EXPECT_EQ(expand_path(scratch.path().string(), &over).or_throw(), (std::vector<fs::path>{scratch / "a.txt"}));
    std::sort(over.begin(), over.end());
    EXPECT_EQ(over, (std::vector<fs::path>{scratch / "broken", scratch / "pipe"}));
    const auto named = expand_path((scratch / "pipe").string());
    ASSERT_FALSE(named);
    EXPECT_THAT(named.error().message, HasSubstr("it is a pipe"));
}

TEST_F(Reading, APipeAmongTextsIsTold) {
    file("texts/a.txt", "some text\n");
    ASSERT_EQ(::mkfifo((folder_ / "texts" / "pipe").c_str(), 0600), 0);
    ReadReport report;
    EXPECT_EQ(plain({{"paths", {(folder_ / "texts").string()}}}, &report).size(), 1u);
    ASSERT_EQ(report.passed.size(), 1u);
    EXPECT_EQ(report.passed[0].why, "a pipe, a socket, a device or a link to nothing");
}

TEST(ParseJson, DepthFieldsAndNumbersAreBounded) {
    EXPECT_TRUE(parse_json(std::string(deepest_json, '[') + std::string(deepest_json, ']')));
    for (const std::string& deep : {std::string(300000, '['), std::string(300000, '[') + std::string(300000, ']')})
        EXPECT_THAT(parse_json(deep).error().message, HasSubstr("nested too deeply"));
    EXPECT_TRUE(parse_json("\"" + std::string(1000, '[') + "\\\"[\"")) << "brackets in a text are none";
    EXPECT_THAT(parse_json("{\n \"a\": 1e999}").error().message, HasSubstr("line 2, column 7 is too large"));
    EXPECT_THAT(parse_json("{\"a\": 1,\n 2}").error().message, HasSubstr("not valid JSON: the text at line 2"));
    std::string wide = "{\"x\": 0";
    for (std::size_t i = 0; i < most_json_fields; ++i) wide += ",\"" + std::to_string(i) + "\":0";
    EXPECT_THAT(parse_json(wide + "}").error().message, HasSubstr("more than 20000 fields"));
    EXPECT_THAT(parse_json(" \n").error().message, HasSubstr("empty"));
    for (const std::string& wide :
         {std::string("\xff\xfe{\0}\0", 6), std::string("\xfe\xff\0{\0}", 6), std::string("{\0}\0", 4)})
        EXPECT_THAT(parse_json(wide).error().message, HasSubstr("UTF-16"));
    EXPECT_TRUE(json_or_null("nonsense").is_null());
    EXPECT_FALSE(parse_json("\"\xff\""));
    // Nobody can tell which of two values is meant; names are compared as they are read.
    EXPECT_THAT(parse_json("{\"a\": 1,\n \"b\": {\"c\": [{\"d\": 2, \"\\u0064\": 3}]}}").error().message,
                HasSubstr("line 2, column 23 has a value already"));
    EXPECT_TRUE(parse_json("{\"a\": {\"a\": [\"a\", {\"a\": \"\\\"a\\\": 1\"}]}}"))
        << "each object has names of its own";
}

TEST_F(Reading, ARowThatIsNestedTooDeeplyOrTooLargeIsNamed) {
    const auto told = [&](const std::string& value) {
        return complaint("text_files",
                         {{"paths", {file("a.jsonl", "{\"text\": \"a\"}\n{\"text\": " + value + "}\n")}}});
    };
    EXPECT_THAT(told(std::string(300000, '[') + std::string(300000, ']')),
                testing::AllOf(HasSubstr("nested too deeply"), HasSubstr("row 2")));
    EXPECT_THAT(told("1e999"), testing::AllOf(HasSubstr("too large"), HasSubstr("row 2")));
}

TEST(CachedFiles, ADamagedShardIsRefusedAndIdsAreCheckedAgainWhenUsed) {
    const Scratch scratch;
    const fs::path path = scratch / "x.tokens";
    ShardWriter writer = ShardWriter::create(path, 300).or_throw();
    writer.add({1, 2, 3, 299}).or_throw();
    writer.finish().or_throw();
    const std::string whole = read_file(path).or_throw();
    constexpr std::size_t header = 64;
    std::string damaged = whole;
    damaged[header + 1] ^= 1;  // the first id becomes 257, which is one of the vocabulary
    write_file_atomic(path, damaged).or_throw();
    const auto opened = ShardReader::open(path, 300);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, HasSubstr("its content does not add up"));
    // Made on purpose, with sums that are right and an id beyond the vocabulary.
    damaged[header + 1] = '\x7f';
    write_file_atomic(path, fuzz::sealed(damaged, header)).or_throw();
    const TokenStream stream = ShardReader::open(path, 300).or_throw();
    Token ids[4];
    EXPECT_THROW(stream.copy(0, 4, ids), Failure);
    EXPECT_NO_THROW(stream.copy(1, 3, ids));
    EXPECT_THROW(stream.copy(1, INT64_MAX, ids), std::out_of_range);
}

TEST(CachedFiles, AShardThatIsCutShortWhileItIsUsedEndsTheRunWithItsReason) {
    const Scratch scratch;
    const fs::path path = scratch / "x.tokens";
    ShardWriter writer = ShardWriter::create(path, 300).or_throw();
    writer.add(std::vector<Token>(20000, 7)).or_throw();
    writer.finish().or_throw();
    const TokenStream stream = ShardReader::open(path, 300).or_throw();
    ASSERT_EQ(::truncate(path.c_str(), 4096), 0);
    std::vector<Token> ids(20000);
    EXPECT_THROW(stream.copy(0, 20000, ids.data()), Failure);
}

TEST(CachedFiles, ExamplesAreCheckedBeforeTheirNumbersAreUsed) {
    const Scratch scratch;
    ExampleTable table{LabelKind::one_class, {"a", "b"}, {}, {}};
    for (int i = 0; i < 3; ++i) {
        Example example;
        example.start = 4 * i;
        example.length = 3;
        example.classes = {i % 2};
        table.examples.push_back(example);
    }
    write_examples(scratch / "x", table).or_throw();
    ASSERT_EQ(read_examples(scratch / "x").or_throw().size(), 3);
    EXPECT_TRUE(lie_inside(table, 12, 0, false));
    EXPECT_FALSE(lie_inside(table, 10, 0, false));
    EXPECT_FALSE(lie_inside(table, 12, 2, true)) << "they have no picture";
    std::string text = read_file(scratch / "x").or_throw();
    text.replace(text.rfind("[0]"), 3, "[1]");
    write_file_atomic(scratch / "x", text).or_throw();
    EXPECT_FALSE(read_examples(scratch / "x")) << "its sum is another";
    for (const std::int32_t c : {2, -1, 1000000}) {
        table.examples[1].classes = {c};
        write_examples(scratch / "x", table).or_throw();
        EXPECT_FALSE(read_examples(scratch / "x")) << c;
    }
}

TEST_F(Reading, DamagedDataIsMadeAgain) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "line " + std::to_string(i) + " of a text\n";
    PrepareRequest request = ask(section("text_files", {{"paths", {file("a.txt", text)}}}), {{"kind", "tail"}});
    const std::int64_t tokens = prepare_data(request).or_throw().train.size();
    EXPECT_TRUE(prepare_data(request).or_throw().from_cache);
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "cache")) {
        if (entry.path().filename() != "train.tokens") continue;
        std::string bytes = read_file(entry.path()).or_throw();
        bytes[bytes.size() / 2] ^= 1;
        write_file_atomic(entry.path(), bytes).or_throw();
    }
    const PreparedData again = prepare_data(request).or_throw();
    EXPECT_FALSE(again.from_cache);
    EXPECT_EQ(again.train.size(), tokens);
}

TEST_F(Reading, FilesThatChangeWhileTheyAreReadAreTold) {
    const std::string path = file("a.txt", std::string(3000, 'a') + "\n");
    PrepareRequest request = ask(section("text_files", {{"paths", {path}}}), {{"kind", "tail"}});
    bool changed = false;
    request.progress = [&](const std::string& phase, double) {
        if (!changed && phase.starts_with("tokenising")) {
            changed = true;
            write_file_atomic(path, std::string(3000, 'b') + "\n").or_throw();
        }
    };
    const auto prepared = prepare_data(request);
    ASSERT_TRUE(changed);
    ASSERT_FALSE(prepared);
    EXPECT_THAT(prepared.error().message, HasSubstr("changed while they were being read"));
    request.progress = {};
    EXPECT_FALSE(prepare_data(request).or_throw().from_cache) << "nothing of it may stay";
}

TEST_F(Reading, WhatCrashesLeftInTheCacheIsSweptAfterADay) {
    fs::create_directories(folder_ / "cache" / "tokenizers");
    const fs::path old = folder_ / "cache" / "tokenizers" / ".x.json.writing-0123",
                   young = folder_ / "cache" / "tokenizers" / ".y.json.writing-4567";
    for (const fs::path& one : {old, young}) write_file_atomic(one, "half").or_throw();
    fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(25));
    PrepareRequest request =
        ask(section("text_files", {{"paths", {file("a.txt", std::string(3000, 'a'))}}}), {{"kind", "tail"}});
    prepare_data(request).or_throw();
    EXPECT_FALSE(fs::exists(old));
    EXPECT_TRUE(fs::exists(young));
}

TEST_F(Reading, DataThatNobodyUsedForLongMakesRoom) {
    const DataCache cache(folder_ / "cache");
    const auto entry = [&](const std::string& key, int hours) {
        fs::create_directories(cache.tokens(key));
        fs::last_write_time(cache.tokens(key), fs::file_time_type::clock::now() - std::chrono::hours(hours));
    };
    entry("old", 24 * 91);
    entry("newer", 48);
    entry("used", 0);
    cache.begin_tokens(std::string(64, '0')).or_throw();
    EXPECT_FALSE(fs::exists(cache.tokens("old")));
    EXPECT_TRUE(fs::exists(cache.tokens("newer")));
    cache.make_room(std::uint64_t{1} << 62);  // more than any disk has
    EXPECT_FALSE(fs::exists(cache.tokens("newer")));
    EXPECT_TRUE(fs::exists(cache.tokens("used")));
}

TEST_F(Reading, ATableOfCaptionsNamesPicturesBelowItsFolderAlone) {
    file("secret/a.png", test::one_colour_png(4, 1, 2, 3));
    file("data/in/b.png", test::one_colour_png(4, 1, 2, 3));
    for (const std::string& name : {std::string("../secret/a.png"), (folder_ / "secret" / "a.png").string()})
        EXPECT_THAT(complaint("image_text", {{"paths", {file("data/c.csv", "file,caption\n" + name + ",red\n")}}}),
                    HasSubstr("is missing"));
    const std::string inside = file("data/c.csv", "file,caption\nin/b.png,red\n");
    EXPECT_EQ(rows(section("image_text", {{"paths", {inside}}})).or_throw().size(), 1u);
    const std::string outside = file("data/c.csv", "file,caption\n../secret/a.png,red\n");
    EXPECT_EQ(rows(section("image_text", {{"paths", {outside, (folder_ / "secret").string()}}})).or_throw().size(), 1u)
        << "a folder that is named beside the table";
}

TEST(Tokenizers, AHostileTableIsRefused) {
    const auto state = [](const std::vector<std::string>& pieces, const std::vector<int>& types) {
        Json out{{"kind", "sentencepiece"}, {"model", to_base64("no model")}, {"types", types}, {"prefix", false}};
        out["pieces"] = Json::array();
        for (const std::string& piece : pieces) out["pieces"].push_back(to_base64(piece));
        return tokenizer_from_state(out);
    };
    EXPECT_TRUE(state({"a", "<0xE3>"}, {1, 6}));
    EXPECT_FALSE(state({"a", "b"}, {1, 6})) << "a byte piece that names no byte";
    EXPECT_FALSE(state({"a", "<0xZZ>"}, {1, 6}));
    EXPECT_FALSE(state({"a"}, {1, 1}));
    EXPECT_FALSE(state({"a"}, {99}));
    EXPECT_FALSE(state({}, {}));
    EXPECT_FALSE(
        tokenizer_from_state(json_or_null(R"({"kind":"sentencepiece","model":"AAAA","pieces":[1],"types":[1]})")));
    EXPECT_FALSE(tokenizer_from_state(json_or_null(R"({"kind":["sentencepiece"]})")));
    EXPECT_TRUE(tokenizer_from_state(json_or_null(R"({"kind":"characters","alphabet":"abé"})")));
    EXPECT_THAT(tokenizer_from_state(json_or_null(R"({"kind":"characters","alphabet":"éabé"})")).error().message,
                HasSubstr("\"é\" twice"));
}

/// An id beyond the vocabulary comes of a tokenizer whose parts do not belong together.
TEST(Tokenizers, AnIdBeyondTheVocabularyIsNotCounted) {
    class Liar final : public Tokenizer {
      public:
        std::string kind() const override { return "liar"; }
        Token vocabulary() const override { return 3; }
        Token separator() const override { return 2; }
        Token mask() const override { return 1; }
        Status encode(std::string_view, std::vector<Token>& out) const override {
            out = {0, 3, 2000000000, -5};
            return {};
        }
        std::string decode(std::span<const Token>) const override { return ""; }
        std::string piece(Token) const override { return "x"; }
        bool starts_word(Token, Token) const override { return false; }
        Json state() const override { return {}; }
    };
    const TokenizerReport report = report_tokenizer(Liar(), [](const auto& sink) {
                                       sink("text");
                                       return Status();
                                   }).or_throw();
    EXPECT_EQ(report.tokens, 4);
}

TEST(SafetensorsHostile, AHeaderOfManyTensorsIsReadAndADeepOneRefused) {
    const Scratch scratch;
    const auto written = [&](const std::string& header, const std::string& data) {
        const std::uint64_t length = header.size();
        std::string bytes(sizeof length, '\0');
        std::memcpy(bytes.data(), &length, sizeof length);
        write_file_atomic(scratch / "x", bytes + header + data).or_throw();
        return SafetensorsFile::open(scratch / "x");
    };
    constexpr std::size_t many = 50000;  // looked up in a list these take several seconds, each a search
    std::string header = "{";
    for (std::size_t i = 0; i < many; ++i)
        header += std::string(i ? "," : "") + "\"t" + std::to_string(i) +
                  "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[" + std::to_string(i) + "," +
                  std::to_string(i + 1) + "]}";
    const auto file = written(header + "}", std::string(many, 'x'));
    ASSERT_TRUE(file) << to_text(file.error());
    EXPECT_EQ(file.value().tensors().size(), many);
    EXPECT_FALSE(written("{\"a\":" + std::string(300000, '[') + std::string(300000, ']') + "}", ""));
    EXPECT_FALSE(written("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", ""));
}

TEST(CsvCell, FormulasAreShownAndNumbersStay) {
    EXPECT_EQ(csv_cell("plain"), "plain");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("say \"so\""), "\"say \"\"so\"\"\"");
    EXPECT_EQ(csv_cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
    EXPECT_EQ(csv_cell("+1+2"), "'+1+2");
    EXPECT_EQ(csv_cell("-x"), "'-x");
    EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(csv_cell("=1,2"), "\"'=1,2\"");
    EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
    for (const char* number : {"-0.5", "+3", "-1e-05", "7"}) EXPECT_EQ(csv_cell(number), number);
}

}  // namespace

}  // namespace gw
