// What a reader took its files for, and text without labels in whatever form it comes.
#include "data/text/text_reading.h"
#include "reading.h"

namespace gw {
namespace {

using test::Rows;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

using Reports = test::Reading;

TEST_F(Reports, SurviveJsonAndTheCache) {
    const Json data =
        section("labelled_text",
                {{"paths", {file("a.csv", "\xef\xbb\xbftweet;emotion\r\n;neg\r\n" + test::soup_table(20, ";"))}}});
    const Json split = {{"kind", "stratified"}, {"validation", 0.2}};
    const PreparedData one = prepare_data(ask(data, split)).or_throw(), two = prepare_data(ask(data, split)).or_throw();
    EXPECT_TRUE(two.from_cache);
    EXPECT_EQ(to_json(one.read), to_json(two.read));
    EXPECT_EQ(to_json(read_report_of(to_json(one.read))), to_json(one.read));
    EXPECT_EQ(one.dataset_hash, two.dataset_hash);
    EXPECT_EQ(one.read.byte_order_marks, 1);
    EXPECT_EQ(one.read.crlf_files, 1);
    EXPECT_EQ(one.read.rows, 20);
    EXPECT_THAT(
        read_report_text(one.read),
        AllOf(HasSubstr("20 texts of 1 file, read as csv (by its name)"), HasSubstr("cut at \";\" (by its content)"),
              HasSubstr("text: column 1 \"tweet\" (by its content)"), HasSubstr("classes: neg 10, pos 10"),
              HasSubstr("1 with a label but no text (row 2 of a.csv)")));
}

TEST_F(Reports, ReadOtherFilesAlike) {
    const Json data =
        section("labelled_text", {{"paths", {file("a.csv", test::soup_table(30, ";", "tweet;emotion"))}}});
    ReadReport report;
    rows(data, &report).or_throw();
    Json other = read_alike(data, report);
    EXPECT_EQ(other["text"], "tweet");
    EXPECT_EQ(other["label"], "emotion");
    EXPECT_EQ(other["header"], "names");
    other["paths"] = {file("b.csv", "emotion;tweet\npos;only one\n")};
    EXPECT_EQ(rows(other).or_throw(), Rows{"only one|pos"});
    other["paths"] = {file("c.csv", "only one;pos\n")};
    EXPECT_THAT(to_text(rows(other).error()), HasSubstr("tweet"));
}

TEST_F(Reports, PreviewTellsThemWithoutTraining) {
    const Json data =
        section("labelled_text", {{"paths", {file("a.csv", test::soup_table(50, ",", "tweet,emotion"))}}});
    const DatasetPreview some = inspect_dataset(data, 3, 10, 1000, {}).or_throw();
    ASSERT_EQ(some.documents.size(), 3U);
    EXPECT_TRUE(some.more);
    EXPECT_TRUE(some.whole);
    EXPECT_EQ(some.documents[1].label, "pos");
    EXPECT_EQ(some.documents[1].row, 3);
    EXPECT_EQ(some.report.rows, 50);
    EXPECT_EQ(some.report.classes.size(), 2U);
    const DatasetPreview part = inspect_dataset(data, 3, 10, 20, {}).or_throw();
    EXPECT_FALSE(part.whole);
    EXPECT_EQ(part.report.text.name, "tweet");
}

TEST_F(Reports, PlainCasesKeepTheirHash) {
    // Runs that exist resume by it; the figures are those of the first reader.
    auto hash = [&](const Json& data, const char* split) {
        return prepare_data(ask(data, {{"kind", split}, {"validation", 0.5}})).or_throw().dataset_hash;
    };
    const std::string lines = file("plain.txt", "one line\n\ntwo lines\n\nthree lines\n\nfour lines\n"),
                      table = file("t.csv", "text,label\na,x\nb,x\nc,y\nd,y\n");
    const Json old = section("text_files", {{"paths", {lines}}, {"format", "plain"}, {"documents", "blank_line"}});
    EXPECT_EQ(hash(old, "tail"),
              hash(section("text_files", {{"paths", {lines}}, {"documents", "blank_line"}}), "tail"));
    const std::string fingerprint = find_kind(datasets(), "labelled_text")
                                        ->build(section("labelled_text", {{"paths", {table}}}))
                                        ->fingerprint({}, {})
                                        .or_throw();
    EXPECT_EQ(fingerprint,
              sha256("labelled_text 1\nauto\nclass\n\n\nauto\n,\nt.csv\n27\ntext,label\na,x\nb,x\nc,y\nd,y\n"));
    EXPECT_EQ(
        find_kind(datasets(), "text_files")->build(old)->fingerprint({}, {}).or_throw(),
        sha256("text_files 1 plain blank_line\nplain.txt\n45\none line\n\ntwo lines\n\nthree lines\n\nfour lines\n"));
    ReadReport report;
    rows(section("labelled_text", {{"paths", {table}}}), &report).or_throw();
    EXPECT_EQ(report.reading, "");
    rows(section("labelled_text", {{"paths", {file("u.csv", test::soup_table(30, ",", "tweet,emotion"))}}}), &report)
        .or_throw();
    EXPECT_NE(report.reading, "") << "its header was a row of data to the first reader";
}

// ---- text without labels

TEST_F(Reports, TextIsReadByWhatTheFilesHold) {
    ReadReport report;
    const std::string json = "{\"id\": 7, \"text\": \"one\"}\n{\"id\": 8, \"text\": \"two\"}\n";
    EXPECT_EQ(plain({{"paths", {file("a.jsonl", json)}}}, &report), (Rows{"one", "two"}));
    EXPECT_EQ(report.format, "jsonl");
    EXPECT_EQ(plain({{"paths", {file("a.txt", json)}}}, &report), (Rows{"one", "two"}));
    EXPECT_EQ(report.format_how, ReadReport::How::content);
    EXPECT_EQ(plain({{"paths", {file("a.csv", "id,text\n1,\"one, two\"\n2,\n3,three\n")}}}, &report),
              (Rows{"one, two", "three"}));
    EXPECT_EQ(report.passed.front().first.front().row, 3);
    EXPECT_EQ(plain({{"paths", {file("b.csv", "title;body\nOne;the first\n")}}, {"json_field", "body"}}),
              Rows{"the first"});
    EXPECT_THAT(complaint("text_files", {{"paths", {file("b.csv", "title;body\nOne;the first\n")}}}),
                AllOf(HasSubstr("title, body"), HasSubstr("dataset.json_field")));
    EXPECT_THAT(complaint("text_files", {{"paths", {file("c.jsonl", "{\"id\": 7, \"body\": \"one\"}\n")}}}),
                AllOf(HasSubstr("id, body"), HasSubstr("dataset.json_field")));
    EXPECT_THAT(complaint("text_files", {{"paths", {file("m/a.txt", "text\n"), file("m/b.jsonl", json)}}}),
                AllOf(HasSubstr("several forms"), HasSubstr("b.jsonl"), HasSubstr("dataset.format=plain")));
}

TEST_F(Reports, PlainStaysPlainWithAWordOfWarning) {
    ReadReport report;
    EXPECT_EQ(plain({{"paths", {file("a.jsonl", "{\"text\": \"one\"}\n")}}, {"format", "plain"}}, &report),
              Rows{"{\"text\": \"one\"}\n"});
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("a.jsonl"), HasSubstr("dataset.format=jsonl"))));
    plain({{"paths", {file("b.txt", "{not json}\n")}}, {"format", "plain"}}, &report);
    EXPECT_THAT(report.warnings, IsEmpty());
}

TEST_F(Reports, LinesOfStandardInputAreReadAsARunReadsThem) {
    EXPECT_EQ(text_lines("\xef\xbb\xbfone\r\ntwo\n\nthree\rfour").or_throw(),
              (Rows{"one", "two", "", "three", "four"}));
    EXPECT_FALSE(text_lines("caf\xe9"));
    EXPECT_TRUE(text_lines("").or_throw().empty());
}

TEST_F(Reports, RowsOfPlainTextAreThoseOfTheFile) {
    std::vector<std::int64_t> seen;
    const Json lines =
        section("text_files", {{"paths", {file("a.txt", "one\r\n\r\ntwo\r\nthree")}}, {"documents", "line"}});
    find_kind(datasets(), "text_files")
        ->build(lines)
        ->visit(
            [&](const Document& document) {
                seen.push_back(document.row);
                return true;
            },
            {}, {})
        .or_throw();
    EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 3, 4}));
    const std::string longest(3 << 20, 'x');
    EXPECT_EQ(plain({{"paths", {file("long.txt", longest)}}, {"documents", "line"}}).front().size(), longest.size());
}

}  // namespace
}  // namespace gw
