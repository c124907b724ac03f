#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "core/tokenizing.h"
#include "data/dataset.h"
#include "data/split.h"
#include "scratch.h"

// What others ask of a kind, so that none of them knows it by its name.
namespace gw {
namespace {

TEST(KindQuestions, ATokenizerExpectsTheVocabularyThatItGets) {
    int exact = 0, guessed = 0;
    for (const TokenizerKind& kind : tokenizers()) {
        const Json section = kind.complete({{"vocabulary", 400}, {"algorithm", "bpe"}});  // where it has such settings
        const ExpectedVocabulary expected = kind.expects(section);
        const auto tokenizer = test::made(section).or_throw();
        (expected.exact ? exact : guessed) += 1;
        if (expected.exact) {
            EXPECT_EQ(expected.ids, tokenizer->vocabulary()) << kind.card.id;
        } else {
            EXPECT_GT(expected.ids, 0) << kind.card.id;
        }
        const auto again = kind.from_state(tokenizer->state()).or_throw();
        EXPECT_EQ(again->hash(), tokenizer->hash()) << kind.card.id;
        EXPECT_EQ(again->kind(), kind.card.id);
    }
    EXPECT_GE(exact, 2);
    EXPECT_GE(guessed, 2);
    EXPECT_EQ(std::count_if(tokenizers().begin(), tokenizers().end(),
                            [](const TokenizerKind& kind) { return kind.usually_trained; }),
              1);
}

TEST(KindQuestions, ATokenizerKnowsWhatNoPieceCovers) {
    const auto letters = test::made({{"kind", "characters"}}, "abc").or_throw();
    const auto bytes = test::made({{"kind", "bytes"}}, "abc").or_throw();
    const auto pieces = test::made({{"kind", "sentencepiece"}, {"algorithm", "bpe"}, {"vocabulary", 400}}).or_throw();
    const auto fallbacks = [](const Tokenizer& tokenizer, const std::string& text) {
        const auto ids = test::encoded(tokenizer, text);
        return std::count_if(ids.begin(), ids.end(), [&](Token id) { return tokenizer.is_fallback(id); });
    };
    EXPECT_EQ(fallbacks(*letters, "abz"), 1);
    EXPECT_EQ(fallbacks(*bytes, "\u65e5"), 0) << "bytes are what it learnt";
    EXPECT_EQ(fallbacks(*pieces, "\u9f8d"), 3) << "a character of three bytes that the text never had";
    for (const Tokenizer* one : {letters.get(), bytes.get(), pieces.get()})
        for (const Token id : {one->separator(), one->mask(), one->vocabulary(), Token{-1}})
            EXPECT_FALSE(one->is_fallback(id)) << one->kind() << " " << id;
}

TEST(KindQuestions, ASplitAdvisesWithSettingsThatItHas) {
    static const std::regex setting("split\\.([a-z_]+)");
    for (const SplitKind& kind : splits())
        for (const Part part : {Part::train, Part::validation, Part::test}) {
            const std::string advice = kind.build(kind.complete(Json::object()))->advice(part);
            EXPECT_FALSE(advice.empty()) << kind.card.id;
            int named = 0;
            for (std::sregex_iterator it(advice.begin(), advice.end(), setting), end; it != end; ++it) {
                const std::string key = it->str(1);
                named += key != "kind";
                EXPECT_TRUE(key == "kind" || std::any_of(kind.rows.begin(), kind.rows.end(),
                                                         [&](const schema::Row& row) { return row.info.key == key; }))
                    << kind.card.id << ": " << advice;
            }
            EXPECT_GT(named, 0) << kind.card.id << ": " << advice;
        }
}

TEST(KindQuestions, EveryUseHasItsSplitAndOneMakesFolds) {
    const SplitKind &classes = usual_split(SplitUse::classes), &documents = usual_split(SplitUse::documents),
                    &few = usual_split(SplitUse::few_documents);
    EXPECT_EQ((std::set<std::string>{classes.card.id, documents.card.id, few.card.id}.size()), 3U);
    const SplitKind& folds = cross_validation_split();
    const Json section = folds.cross_validation->fold(4, 2, /*by_class=*/true, {{"seed", 9}, {"validation", 0.2}});
    EXPECT_TRUE(folds.check(section, "split").empty()) << section.dump();
    EXPECT_EQ(section.at("seed"), 9);
    EXPECT_NE(section, folds.cross_validation->fold(4, 3, true, {{"seed", 9}}));
    EXPECT_NE(section, folds.cross_validation->fold(4, 2, false, {{"seed", 9}}));
    for (const std::string& key : folds.cross_validation->choosable) EXPECT_TRUE(section.contains(key)) << key;
}

TEST(KindQuestions, FilesTellWhetherThereAreFewDocuments) {
    const Scratch folder;
    std::ofstream(folder / "one.txt") << "a long text\n";
    std::ofstream(folder / "rows.jsonl") << "{\"text\": \"a\"}\n";
    int few = 0;
    for (const DatasetKind& kind : datasets()) {
        Json section = kind.complete(Json::object());
        if (!section.contains("paths")) {
            EXPECT_FALSE(kind.has_few_documents(section)) << kind.card.id;
            continue;
        }
        if (kind.card.id == "series") {
            EXPECT_TRUE(kind.has_few_documents(section)) << "rows that are cut by their order alone";
            continue;
        }
        section["paths"] = {(folder / "one.txt").string()};
        few += kind.has_few_documents(section);
        section["paths"] = {(folder / "rows.jsonl").string()};
        EXPECT_FALSE(kind.has_few_documents(section)) << kind.card.id << ": each row is a document";
    }
    EXPECT_EQ(few, 1);
}

TEST(KindQuestions, NothingIsMadeOfSettingsThatDoNotLoad) {
    for (const SplitKind& kind : splits())
        EXPECT_THROW(kind.build({{"kind", kind.card.id}, {"validaton", 0.1}}), Failure) << kind.card.id;
    EXPECT_FALSE(make_dataset({{"kind", "no such data"}}));
    EXPECT_FALSE(make_dataset(Json()));
    for (const DatasetKind& kind : datasets()) {
        Json section = kind.complete(Json::object());
        section["no_such_setting"] = 1;
        const auto made = make_dataset(section);
        ASSERT_FALSE(made) << kind.card.id;
        EXPECT_NE(made.error().message.find("no_such_setting"), std::string::npos) << made.error().message;
    }
}

}  // namespace
}  // namespace gw
