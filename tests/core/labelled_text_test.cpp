#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "data/prepare.h"
#include "scratch.h"

namespace gw {
namespace {

using testing::HasSubstr;

class LabelledText : public testing::Test {
  protected:
    std::string file(const std::string& name, const std::string& bytes) {
        fs::create_directories((folder_ / name).parent_path());
        write_file_atomic(folder_ / name, bytes).or_throw();
        return (folder_ / name).string();
    }
    static std::unique_ptr<Dataset> dataset(Json section) {
        section["kind"] = "labelled_text";
        const DatasetKind* kind = find_kind(datasets(), "labelled_text");
        const schema::Problems problems = kind->check(section, "dataset");
        EXPECT_TRUE(problems.empty()) << problems.front().message;
        return kind->build(kind->complete(section));
    }
    /// "text|label" of each document.
    static Result<std::vector<std::string>> rows(const Json& section) {
        std::vector<std::string> out;
        const Status status = dataset(section)->visit(
            [&](const Document& document) {
                std::string row(document.text);
                for (const std::string& name : document.label->classes) row += "|" + name;
                if (document.label->classes.empty()) row += "|" + std::to_string(document.label->value).substr(0, 4);
                out.push_back(row);
                return true;
            },
            {}, {});
        if (!status) return status.error();
        return out;
    }
    static std::string complaint(const Json& section) {
        const auto result = rows(section);
        return result ? "no error" : to_text(result.error());
    }
    PreparedData prepared(const Json& dataset, const Json& split) { return prepare(dataset, split).or_throw(); }
    Result<PreparedData> prepare(Json dataset, Json split) {
        dataset["kind"] = "labelled_text";
        const auto complete = [](const auto& kinds, const Json& json) {
            return find_kind(kinds, json.at("kind"))->complete(json);
        };
        return prepare_data({complete(datasets(), dataset),
                             complete(splits(), split),
                             {{"kind", "bytes"}},
                             std::nullopt,
                             false,
                             folder_ / "cache",
                             {},
                             {}});
    }
    Scratch folder_;
};

using Rows = std::vector<std::string>;

TEST_F(LabelledText, ReadsEveryFormat) {
    const Rows expected{"good film|pos", "bad, \"sad\" film|neg"};
    EXPECT_EQ(
        rows({{"paths", {file("a.csv", "text,label\ngood film,pos\n\"bad, \"\"sad\"\" film\",neg\n")}}}).or_throw(),
        expected);
    EXPECT_EQ(rows({{"paths", {file("b.tsv", "good film\tpos\nbad, \"sad\" film\tneg\n")}}}).or_throw(), expected);
    EXPECT_EQ(rows({{"paths",
                     {file("c.jsonl",
                           "{\"text\":\"good film\",\"label\":\"pos\"}\n{\"label\":\"neg\",\"text\":\"bad, \\\"sad\\\" "
                           "film\"}\n")}}})
                  .or_throw(),
              expected);
    EXPECT_EQ(rows({{"paths", {file("d/pos.txt", "good film\n"), file("d/neg.txt", "bad film\n")}},
                    {"format", "file_a_class"}})
                  .or_throw(),
              (Rows{"good film|pos", "bad film|neg"}));
    file("e/pos/1.txt", "good film");
    file("e/neg/1.txt", "bad film");
    EXPECT_EQ(rows({{"paths", {(folder_ / "e").string()}}, {"format", "folder_a_class"}}).or_throw(),
              (Rows{"bad film|neg", "good film|pos"}));
    EXPECT_EQ(
        rows({{"paths", {file("f.conll", "Ann NAME\nruns O\n\nHi O\n")}}, {"format", "columns"}, {"labels", "word"}})
            .or_throw(),
        (Rows{"Ann runs|NAME|O", "Hi|O"}));
    const auto refused = rows({{"paths", {(folder_ / "f.conll").string()}}});
    ASSERT_FALSE(refused) << "a class for each word is no class for the text";
    EXPECT_NE(refused.error().hint.find("dataset.labels=word"), std::string::npos) << to_text(refused.error());
}

TEST_F(LabelledText, ReadsSetsAndNumbers) {
    EXPECT_EQ(rows({{"paths", {file("s.tsv", "one\ta, b\ntwo\t\n")}}, {"labels", "set"}, {"text", "1"}, {"label", "2"}})
                  .or_throw()
                  .front(),
              "one|a|b");
    EXPECT_EQ(rows({{"paths", {file("n.csv", "text,score\nfine,3.5\n")}}, {"labels", "number"}}).or_throw(),
              Rows{"fine|3.50"});
}

TEST_F(LabelledText, AClassIsNoNumberThatLostDigits) {
    const std::string row = "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\",\"label\":%}\n";
    const auto with = [&](const std::string& label) {
        std::string bytes = row;
        return file("ids.jsonl", bytes.replace(bytes.find('%'), 1, label));
    };
    for (const char* lost : {"123456789012345678901234", "-123456789012345678901234", "9e20"}) {
        const std::string said = complaint({{"paths", {with(lost)}}});
        EXPECT_THAT(said, HasSubstr("row 2")) << lost;
        EXPECT_THAT(said, HasSubstr("quotation marks")) << lost;
    }
    EXPECT_THAT(complaint({{"paths", {with("[7,123456789012345678901234]")}}, {"labels", "set"}}),
                HasSubstr("quotation"));
    EXPECT_EQ(rows({{"paths", {with("18446744073709551615")}}}).or_throw().back(), "b|18446744073709551615");
    EXPECT_EQ(rows({{"paths", {with("\"123456789012345678901234\"")}}}).or_throw().back(),
              "b|123456789012345678901234");
    EXPECT_EQ(complaint({{"paths", {with("9e20")}}, {"labels", "number"}}), "no error");
}

TEST_F(LabelledText, BadInputNamesFileRowAndColumn) {
    EXPECT_THAT(complaint({{"paths", {file("q.csv", "text,label\ngood,pos\n\"never closed,neg\n")}}}),
                AllOf(HasSubstr("quote"), HasSubstr("q.csv"), HasSubstr("row 3")));
    EXPECT_THAT(complaint({{"paths", {file("m.csv", "text,label\ngood,pos\nbad,\n")}}}),
                AllOf(HasSubstr("label of this row is missing"), HasSubstr("m.csv"), HasSubstr("row 3")));
    EXPECT_THAT(complaint({{"paths", {file("x.csv", "text,label\ngood,three\n")}}, {"labels", "number"}}),
                AllOf(HasSubstr("is no number"), HasSubstr("row 2")));
    EXPECT_THAT(complaint({{"paths", {file("k.csv", "text,label\ngood,pos\n")}}, {"label", "colour"}}),
                HasSubstr("colour"));
    EXPECT_THAT(complaint({{"paths", {file("r.tsv", "good\tpos\nbad\n")}}, {"text", "1"}, {"label", "2"}}),
                HasSubstr("row 2"));
    EXPECT_THAT(complaint({{"paths", {file("u.csv", "text,label\n\xff\xfe,pos\n")}}}), HasSubstr("u.csv"));
}

TEST_F(LabelledText, StratifiedKeepsTheSharesOfClasses) {
    std::string tsv;
    for (int i = 0; i < 200; ++i)
        tsv += "text number " + std::to_string(i) + "\t" + (i % 10 == 0 ? "rare" : "common") + "\n";
    const Json data = {{"paths", {file("s.tsv", tsv)}}};
    const PreparedData ready = prepared(data, {{"kind", "stratified"}, {"validation", 0.2}, {"test", 0.1}});
    EXPECT_EQ(ready.train_examples.facts().counts, (std::vector<std::int64_t>{126, 14}));
    EXPECT_EQ(ready.validation_examples.facts().counts, (std::vector<std::int64_t>{36, 4}));
    EXPECT_EQ(ready.test_examples.facts().counts, (std::vector<std::int64_t>{18, 2}));
    // A draw keeps the shares too, and another seed draws others.
    const ExampleTable few = ready.train_examples.drawn(20, 1), others = ready.train_examples.drawn(20, 2);
    EXPECT_EQ(few.facts().counts, (std::vector<std::int64_t>{18, 2}));
    std::set<std::int64_t> a, b;
    for (const Example& e : few.examples) a.insert(e.row);
    for (const Example& e : others.examples) b.insert(e.row);
    EXPECT_NE(a, b);
    // The stream holds each text where its example says.
    const Example& one = ready.train_examples.examples.at(5);
    std::vector<Token> ids(static_cast<std::size_t>(one.length));
    ready.train.copy(one.start, one.length, ids.data());
    EXPECT_EQ(ready.tokenizer->decode(ids), "text number " + std::to_string(one.row));
}

TEST_F(LabelledText, AClassWithOneExampleCannotBeStratified) {
    const auto result = prepare(
        {{"paths", {file("one.tsv", "a text\tx\nb text\tx\nc text\tx\nd text\ty\n")}}, {"text", "1"}, {"label", "2"}},
        {{"kind", "stratified"}, {"validation", 0.5}});
    ASSERT_FALSE(result);
    EXPECT_THAT(to_text(result.error()), HasSubstr("\"y\""));
}

TEST_F(LabelledText, FoldsCoverEveryTextOnce) {
    std::string tsv;
    for (int i = 0; i < 23; ++i) tsv += "text " + std::to_string(i) + "\t" + (i % 3 ? "a" : "b") + "\n";
    const Json data = {{"paths", {file("f.tsv", tsv)}}};
    for (const int folds : {5, 0}) {
        std::multiset<std::int64_t> seen;
        const int runs = folds ? folds : 23;
        for (int fold = 1; fold <= runs; ++fold) {
            const PreparedData ready = prepared(data, {{"kind", "k_fold"}, {"folds", folds}, {"fold", fold}});
            for (const Example& e : ready.validation_examples.examples) seen.insert(e.row);
            EXPECT_EQ(ready.train_examples.size() + ready.validation_examples.size(), 23);
        }
        EXPECT_EQ(seen.size(), 23U);
        EXPECT_EQ(std::set<std::int64_t>(seen.begin(), seen.end()).size(), 23U) << folds;
    }
}

TEST_F(LabelledText, SplitByTimeKeepsTheLatest) {
    const Json data = {
        {"paths",
         {file(
             "t.csv",
             "text,label,date\nlate,a,2026-03-01\nearly,b,2026-01-01\nmiddle,a,2026-02-01\nearliest,b,2025-12-01\n")}}};
    const PreparedData ready =
        prepared(data, {{"kind", "by_time"}, {"column", "date"}, {"validation", 0.25}, {"test", 0.0}});
    ASSERT_EQ(ready.validation_examples.size(), 1);
    EXPECT_EQ(ready.validation_examples.examples.front().row, 0);
}

}  // namespace
}  // namespace gw
