#include <gtest/gtest.h>

#include <thread>

#include "core/tokenizing.h"
#include "draw.h"
#include "tokenize/report.h"
#include "util/text.h"

// What every kind of tokenizer promises, with each of its choices. A new kind is covered the day it is listed.
namespace gw {
namespace {

using test::encoded, test::made, test::source_of, test::training_text;

class EveryTokenizer : public testing::TestWithParam<std::string> {
  protected:
    const TokenizerKind& kind() const { return *find_kind(tokenizers(), GetParam()); }
    bool cuts_text() const { return test::has_word(kind().needs, "text"); }
    /// Those that a made-up text of a thousand lines is enough for.
    std::vector<Json> settings() const {
        Json few = kind().complete(Json::object());
        for (const schema::Row& row : kind().rows)
            if (row.info.unit == "pieces") few[std::string(row.info.key)] = 340;
        const std::vector<Json> out = test::variants(kind(), few);
        EXPECT_FALSE(out.empty());
        return out;
    }
};

TEST_P(EveryTokenizer, GivesBackWhatItLearntFrom) {
    if (!cuts_text()) GTEST_SKIP() << "it is for data without text";
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        EXPECT_NE(tokenizer->separator(), tokenizer->mask());
        for (const std::string& text : {std::string("kato mira\n"), std::string("ka"), std::string(),
                                        std::string("lube  shino\n\nmi"), training_text()}) {
            const std::vector<Token> ids = encoded(*tokenizer, text);
            EXPECT_EQ(tokenizer->decode(ids), text) << one.dump();
            for (const Token id : ids) {
                EXPECT_TRUE(id >= 0 && id < tokenizer->vocabulary()) << one.dump() << id;
                EXPECT_TRUE(id != tokenizer->separator() && id != tokenizer->mask()) << one.dump();
                EXPECT_FALSE(tokenizer->piece(id).empty()) << one.dump() << id;
            }
        }
    }
}

/// Text that it has never seen comes back byte for byte where it has ids for bytes; else the report tells of it.
TEST_P(EveryTokenizer, TakesAnyText) {
    if (!cuts_text()) GTEST_SKIP() << "it is for data without text";
    const std::vector<std::string> texts{
        "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE6\x96\x87\xE7\xAB\xA0\xE3\x80\x82\n",
        "a\xE2\x96\x81"
        "b \xF0\x9F\x98\x80 \xC3\xA9",
        " two  spaces ",
        "\n\n\tmi\n",
        "carriage\rreturn",
        "{}\"\\<unk></s>[MASK]",
        std::string("a\0b", 3)};
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        const std::string never_seen = "\xF0\x9F\x98\x80";
        const bool any_text = tokenizer->decode(encoded(*tokenizer, never_seen)) == never_seen;
        for (const std::string& text : texts) {
            const std::vector<Token> ids = encoded(*tokenizer, text);
            const std::string back = tokenizer->decode(ids);
            EXPECT_FALSE(first_bad_utf8(back)) << one.dump() << text;
            for (const Token id : ids)
                EXPECT_TRUE(id >= 0 && id < tokenizer->vocabulary() && id != tokenizer->separator() &&
                            id != tokenizer->mask())
                    << one.dump() << text;
            if (any_text) {
                EXPECT_EQ(back, text) << one.dump();
            }
            const TokenizerReport report = report_tokenizer(*tokenizer, source_of(text)).or_throw();
            EXPECT_EQ(report.changed_documents, back == text ? 0 : 1) << one.dump() << text;
        }
    }
}

TEST_P(EveryTokenizer, ComesBackFromItsState) {
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        const auto again = tokenizer_from_state(Json::parse(tokenizer->state().dump())).or_throw();
        EXPECT_EQ(again->kind(), kind().card.id);
        EXPECT_EQ(again->hash(), tokenizer->hash()) << one.dump();
        EXPECT_EQ(again->vocabulary(), tokenizer->vocabulary()) << one.dump();
        EXPECT_EQ(again->separator(), tokenizer->separator()) << one.dump();
        EXPECT_EQ(again->mask(), tokenizer->mask()) << one.dump();
        EXPECT_EQ(again->cuts_at_line_ends(), tokenizer->cuts_at_line_ends()) << one.dump();
        EXPECT_EQ(again->cuts_before_spaces(), tokenizer->cuts_before_spaces()) << one.dump();
        if (!cuts_text()) continue;
        const std::string text = "shino lubera katomi \xE6\x97\xA5\n";
        EXPECT_EQ(encoded(*again, text), encoded(*tokenizer, text)) << one.dump();
        EXPECT_EQ(again->decode(encoded(*again, text)), tokenizer->decode(encoded(*tokenizer, text))) << one.dump();
    }
}

TEST_P(EveryTokenizer, IsTheSameEveryTime) {
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        EXPECT_EQ(made(one).or_throw()->hash(), tokenizer->hash()) << one.dump();
    }
}

TEST_P(EveryTokenizer, SeveralTextsAtOnceAreEachAsAlone) {
    if (!cuts_text()) GTEST_SKIP() << "it is for data without text";
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        const std::vector<std::string> texts{"kato mira\n", "", "\xE6\x97\xA5 ka", training_text().substr(0, 500)};
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        std::vector<std::vector<Token>> together;
        ASSERT_TRUE(tokenizer->encode_each(views, together)) << one.dump();
        ASSERT_EQ(together.size(), texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i)
            EXPECT_EQ(together[i], encoded(*tokenizer, texts[i])) << one.dump() << texts[i];
    }
}

TEST_P(EveryTokenizer, EncodesFromSeveralThreads) {
    if (!cuts_text()) GTEST_SKIP() << "it is for data without text";
    const auto tokenizer = made(settings().front()).or_throw();
    const std::string text = training_text().substr(0, 2000);
    const std::vector<Token> expected = encoded(*tokenizer, text);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 5; ++n) EXPECT_EQ(encoded(*tokenizer, text), expected);
        });
}

TEST_P(EveryTokenizer, CutsAtLineEndsWhereItSaysSo) {
    if (!cuts_text()) GTEST_SKIP() << "it is for data without text";
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        if (!tokenizer->cuts_at_line_ends()) continue;
        const std::string text = training_text().substr(0, 3000);
        std::vector<Token> parts;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
            ASSERT_TRUE(tokenizer->encode(std::string_view(text).substr(at, end - at), parts));
            at = end;
        }
        EXPECT_EQ(parts, encoded(*tokenizer, text)) << one.dump();
    }
}

/// A model may say any id, and none of them may break what shows it.
TEST_P(EveryTokenizer, AnyIdCanBeShown) {
    for (const Json& one : settings()) {
        const auto tokenizer = made(one).or_throw();
        std::vector<Token> all{-1, tokenizer->vocabulary()};
        for (Token id = 0; id < tokenizer->vocabulary(); ++id) {
            EXPECT_FALSE(tokenizer->piece(id).empty()) << one.dump() << id;
            EXPECT_FALSE(first_bad_utf8(tokenizer->piece(id))) << one.dump() << id;
            (void)tokenizer->starts_word(id, all.back());
            all.push_back(id);
        }
        (void)tokenizer->decode(all);
    }
}

INSTANTIATE_TEST_SUITE_P(All, EveryTokenizer, testing::ValuesIn(test::ids_of(tokenizers())), test::id_name);

}  // namespace
}  // namespace gw
