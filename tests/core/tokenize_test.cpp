#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include "core/tokenizing.h"
#include "scratch.h"
#include "tokenize/helper_client.h"
#include "tokenize/helper_protocol.h"
#include "tokenize/report.h"
#include "util/base64.h"
#include "util/files.h"

namespace gw {
namespace {

using test::encoded, test::made, test::source_of, test::training_text;

const Json bpe = {{"kind", "sentencepiece"}, {"algorithm", "bpe"}, {"vocabulary", 400}};

TEST(Characters, SortsTheAlphabetAndMarksTheUnknown) {
    const auto tokenizer = made({{"kind", "characters"}}, "hello world\n日").or_throw();
    EXPECT_EQ(tokenizer->vocabulary(), 10 + 3);  // and unknown, separator, mask
    EXPECT_EQ(encoded(*tokenizer, "\n d日"), (std::vector<Token>{0, 1, 2, 9}));
    EXPECT_EQ(tokenizer->decode(encoded(*tokenizer, "hexo")), "he\uFFFDo");
}

TEST(SentencePieceTest, VocabularyTooLargeNamesBothNumbers) {
    const auto result = made({{"kind", "sentencepiece"}, {"algorithm", "unigram"}, {"vocabulary", 50000}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::bad_data);
    EXPECT_NE(result.error().message.find("50000"), std::string::npos) << result.error().message;
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

/// SentencePiece keeps U+2585 to itself and logs each line that holds it, whole; nobody reads the log while lines are
/// still sent.
TEST(SentencePieceTest, LinesThatAreLoggedWholeBlockNobody) {
    std::string line, text;
    for (int i = 0; i < 600; ++i) line += "\xE2\x96\x85";
    for (int i = 0; i < 1000; ++i) text += line + "\n";
    const auto tokenizer = made({{"kind", "sentencepiece"}, {"vocabulary", 300}}, training_text() + text);
    EXPECT_TRUE(tokenizer || !tokenizer.error().message.empty());
}

/// A model as SentencePiece trains it by itself, a space before each text and line ends as spaces, or as it is asked
/// to.
std::unique_ptr<Tokenizer> foreign_model(const Scratch& scratch, const Json& settings = Json::object()) {
    Json all{{"model_type", "unigram"}, {"vocab_size", "200"}, {"hard_vocab_limit", "false"}};
    all.update(settings);
    const fs::path file = scratch / "foreign.model";
    const std::string model =
        train_in_helper(all, TokenizerInputs{source_of(training_text()), {}, {}}, std::uint64_t{1} << 30).or_throw();
    EXPECT_TRUE(write_file_atomic(file, model));
    return made({{"kind", "sentencepiece"}, {"model", file.string()}}).or_throw();
}

TEST(SentencePieceTest, ASpaceBeforeEachTextDoesNotKeepLongTextsWhole) {
    const Scratch scratch;
    const auto words = foreign_model(scratch);
    ASSERT_EQ(words->decode(encoded(*words, "ka")), "ka");
    EXPECT_TRUE(words->cuts_at_line_ends()) << "a text of gigabytes goes line by line";
    std::vector<Token> lines = encoded(*words, "kato mi\n"), more = encoded(*words, "\n rano\n");
    lines.insert(lines.end(), more.begin(), more.end());
    EXPECT_EQ(lines, encoded(*words, "kato mi\n\n rano\n"));
    // A model that leaves line ends as they are can be cut before spaces.
    const auto plain = foreign_model(scratch, {{"normalization_rule_name", "nfkc"}});
    EXPECT_FALSE(plain->cuts_at_line_ends());
    ASSERT_TRUE(plain->cuts_before_spaces());
    const std::string text = "kato\nmi  rano,\t kato \n\n mi";
    std::vector<Token> parts;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && !(text[end] == ' ' && text[end - 1] != ' ')) ++end;
        const std::vector<Token> one = encoded(*plain, text.substr(at, end - at));
        parts.insert(parts.end(), one.begin(), one.end());
        at = end;
    }
    EXPECT_EQ(parts, encoded(*plain, text));
    for (const char* name : {"split_by_whitespace", "remove_extra_whitespaces"})
        EXPECT_FALSE(foreign_model(scratch, {{name, "false"}})->cuts_before_spaces()) << name;
    // Where a piece spans words or spaces are kept, a line is more than its words.
    EXPECT_FALSE(foreign_model(scratch, {{"split_by_whitespace", "false"}})->cuts_at_line_ends());
    EXPECT_FALSE(foreign_model(scratch, {{"remove_extra_whitespaces", "false"}})->cuts_at_line_ends());
}

TEST(SentencePieceTest, TheHelperEndsWhenItsClientIsGone) {
    Subprocess process = Subprocess::start({helper_program().string(), "train"}, {}).or_throw();
    std::string frames;
    helper::put_frame(frames, R"({"model_type":"unigram","vocab_size":"300"})");
    helper::put_frame(frames, "a first sentence, and none that ends them");
    process.write(frames).or_throw();
    process.close_input();
    EXPECT_EQ(process.wait(), 1);
    // Its input stays open here, and nobody reads what it says.
    const Scratch scratch;
    const std::string command = "mkfifo in && '" + helper_program().string() + "' serve <>in | true";
    Subprocess shell =
        Subprocess::start({"/bin/sh", "-c", "cd '" + scratch.path().string() + "' && " + command}, {}).or_throw();
    EXPECT_EQ(shell.wait(), 0);
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
