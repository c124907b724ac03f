#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "scratch.h"
#include "tokenize/base64.h"
#include "tokenize/helper_client.h"
#include "tokenize/report.h"
#include "util/files.h"
#include "util/rng.h"

namespace gw {
namespace {

/// A thousand lines of made-up words, the same every time.
std::string training_text() {
    static const char* const syllables[] = {"ka", "to", "mi", "ra", "shi", "no", "be", "lu"};
    std::string text;
    Rng rng(3);
    for (int line = 0; line < 1000; ++line) {
        for (int word = 0; word < 8; ++word) {
            for (std::uint64_t n = 1 + rng.below(3); n > 0; --n) text += syllables[rng.below(8)];
            text += word < 7 ? ' ' : '\n';
        }
    }
    return text;
}

TextSource source_of(const std::string& text) {
    return [text](const std::function<bool(std::string_view)>& sink) {
        sink(text);
        return Status();
    };
}

Result<std::unique_ptr<Tokenizer>> made(const Json& section, const std::string& text = training_text(),
                                        std::stop_token stop = {}) {
    const TokenizerKind* kind = find_kind(tokenizers(), section.at("kind"));
    const schema::Problems problems = kind->check(section, "tokenizer");
    EXPECT_TRUE(problems.empty()) << problems.front().message;
    return kind->build(kind->complete(section), TokenizerInputs{source_of(text), {}, stop});
}

std::vector<Token> encoded(const Tokenizer& tokenizer, std::string_view text) {
    std::vector<Token> ids;
    const Status status = tokenizer.encode(text, ids);
    EXPECT_TRUE(status) << to_text(status.error());
    return ids;
}

const Json bpe = {{"kind", "sentencepiece"}, {"algorithm", "bpe"}, {"vocabulary", 400}};
const Json unigram = {{"kind", "sentencepiece"}, {"algorithm", "unigram"}, {"vocabulary", 400}};

class EveryTokenizer : public testing::TestWithParam<Json> {};

/// Any text comes back byte for byte where bytes have ids, and no text encodes to a special id.
TEST_P(EveryTokenizer, RoundTrips) {
    const auto tokenizer = made(GetParam()).or_throw();
    const bool any_text = tokenizer->kind() != "characters";
    std::vector<std::string> texts{"kato mira\n", " two  spaces ", "\n\n\tmi\n", "ka", ""};
    if (any_text)
        texts.insert(texts.end(),
                     {"日本語の文章。\n", "a\u2581b \U0001F600 \u00e9", "carriage\rreturn", "{}\"\\<unk></s>"});
    for (const std::string& text : any_text ? texts : std::vector<std::string>{"kato mira\n", "ka", ""}) {
        const std::vector<Token> ids = encoded(*tokenizer, text);
        EXPECT_EQ(tokenizer->decode(ids), text) << tokenizer->kind();
        for (const Token id : ids) {
            EXPECT_GE(id, 0);
            EXPECT_LT(id, tokenizer->vocabulary());
            EXPECT_NE(id, tokenizer->separator());
            EXPECT_NE(id, tokenizer->mask());
            EXPECT_FALSE(tokenizer->piece(id).empty());
        }
    }
    EXPECT_NE(tokenizer->separator(), tokenizer->mask());
}

TEST_P(EveryTokenizer, ComesBackFromItsState) {
    const auto tokenizer = made(GetParam()).or_throw();
    const auto again = tokenizer_from_state(Json::parse(tokenizer->state().dump())).or_throw();
    EXPECT_EQ(again->hash(), tokenizer->hash());
    EXPECT_EQ(again->vocabulary(), tokenizer->vocabulary());
    const std::string text = "shino lubera katomi\n";
    EXPECT_EQ(encoded(*again, text), encoded(*tokenizer, text));
    EXPECT_EQ(again->decode(encoded(*again, text)), text);
}

TEST_P(EveryTokenizer, IsTheSameEveryTime) {
    EXPECT_EQ(made(GetParam()).or_throw()->hash(), made(GetParam()).or_throw()->hash());
}

TEST_P(EveryTokenizer, EncodesFromSeveralThreads) {
    const auto tokenizer = made(GetParam()).or_throw();
    const std::string text = training_text().substr(0, 2000);
    const std::vector<Token> expected = encoded(*tokenizer, text);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 5; ++n) EXPECT_EQ(encoded(*tokenizer, text), expected);
        });
}

TEST_P(EveryTokenizer, CutsAtLineEndsWhereItSaysSo) {
    const auto tokenizer = made(GetParam()).or_throw();
    ASSERT_TRUE(tokenizer->cuts_at_line_ends());
    const std::string text = training_text().substr(0, 3000);
    std::vector<Token> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        ASSERT_TRUE(tokenizer->encode(std::string_view(text).substr(at, end - at), parts));
        at = end;
    }
    EXPECT_EQ(parts, encoded(*tokenizer, text));
}

INSTANTIATE_TEST_SUITE_P(Tokenizers, EveryTokenizer,
                         testing::Values(Json{{"kind", "bytes"}}, Json{{"kind", "characters"}}, bpe, unigram));

TEST(Characters, SortsTheAlphabetAndMarksTheUnknown) {
    const auto tokenizer = made({{"kind", "characters"}}, "hello world\n日").or_throw();
    EXPECT_EQ(tokenizer->vocabulary(), 10 + 3);  // and unknown, separator, mask
    EXPECT_EQ(encoded(*tokenizer, "\n d日"), (std::vector<Token>{0, 1, 2, 9}));
    EXPECT_EQ(tokenizer->decode(encoded(*tokenizer, "hexo")), "he\uFFFDo");
}

TEST(SentencePieceTest, VocabularyTooLargeNamesBothNumbers) {
    const auto result = made({{"kind", "sentencepiece"}, {"algorithm", "unigram"}, {"vocabulary", 5000}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::bad_data);
    EXPECT_NE(result.error().message.find("5000"), std::string::npos) << result.error().message;
    EXPECT_NE(result.error().message.find("at most"), std::string::npos);
    EXPECT_NE(result.error().hint.find("tokenizer.vocabulary"), std::string::npos);
}

TEST(SentencePieceTest, AFileThatIsNoModel) {
    const Scratch scratch;
    const fs::path file = scratch / "no.model";
    ASSERT_TRUE(write_file_atomic(file, "this is no model"));
    const auto result = made({{"kind", "sentencepiece"}, {"model", file.string()}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::bad_data);
    EXPECT_FALSE(result.error().where.empty());
}

TEST(SentencePieceTest, AStopWhileTrainingIsNoFault) {
    std::stop_source stop;
    stop.request_stop();
    const auto result = made(bpe, training_text(), stop.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::cancelled);
}

/// Another helper program, for one test.
class OtherHelper {
  public:
    explicit OtherHelper(const std::string& program) { ::setenv("GROUNDWORK_TOKENIZER", program.c_str(), 1); }
    ~OtherHelper() { ::unsetenv("GROUNDWORK_TOKENIZER"); }
};

TEST(SentencePieceTest, AHelperThatIsNotThereIsNamed) {
    const OtherHelper other("/nowhere/groundwork-tokenizer");
    const auto result = made(bpe);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::helper_lost);
    EXPECT_NE(result.error().message.find("/nowhere/"), std::string::npos);
}

TEST(SentencePieceTest, AHelperThatDiesIsReportedWithItsEnd) {
    const Scratch scratch;
    const fs::path helper = scratch / "dies";
    ASSERT_TRUE(write_file_atomic(helper, "#!/bin/sh\necho no more memory >&2\nkill -9 $$\n"));
    fs::permissions(helper, fs::perms::owner_all);
    const OtherHelper other(helper.string());
    const auto result = made(bpe);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::helper_lost);
    EXPECT_NE(result.error().message.find("signal 9"), std::string::npos) << result.error().message;
    EXPECT_NE(result.error().message.find("no more memory"), std::string::npos) << result.error().message;
}

TEST(TokenizerState, OfAnotherProgramIsRefused) {
    for (const char* text : {"{}", "[]", "{\"kind\": \"morse\"}", "{\"kind\": \"characters\"}",
                             "{\"kind\": \"sentencepiece\", \"model\": 3}"})
        EXPECT_FALSE(tokenizer_from_state(Json::parse(text))) << text;
}

TEST(TokenizerReportTest, CountsWhatIsThere) {
    const auto tokenizer = made({{"kind", "characters"}}, "ab ").or_throw();
    const TokenizerReport report = report_tokenizer(*tokenizer, source_of("ab ab abz")).or_throw();
    EXPECT_EQ(report.bytes, 9);
    EXPECT_EQ(report.words, 3);
    EXPECT_EQ(report.tokens, 9);
    EXPECT_EQ(report.fallback_tokens, 1);
    EXPECT_EQ(report.changed_documents, 1);
    EXPECT_EQ(report.most_frequent.front(), (std::pair<std::string, std::int64_t>("a", 3)));
}

TEST(Base64, GivesBackEveryLength) {
    std::string bytes;
    for (int i = 0; i < 70; ++i) {
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        bytes += static_cast<char>(i * 37);
    }
    EXPECT_FALSE(from_base64("not base64!"));
}

}  // namespace
}  // namespace gw
