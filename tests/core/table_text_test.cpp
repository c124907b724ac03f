// Tables as spreadsheet programs and scripts write them.
#include "reading.h"

namespace gw {
namespace {

using test::Rows;
using test::soup_table;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Tables = test::Reading;

// ---- rows that do not fit

TEST_F(Tables, ARowWithMoreCellsThanTheHeaderIsAnError) {
    std::string wide = "label,text\n";
    for (const auto& [text, label] : test::soups(20)) wide += label + "," + text + ", and the rest of it too\n";
    EXPECT_THAT(complaint({{"paths", {file("wide.csv", wide)}}}),
                AllOf(HasSubstr("3 cells"), HasSubstr("header has 2"), HasSubstr("row 2"), HasSubstr("wide.csv"),
                      HasSubstr("double quotes")));
    EXPECT_THAT(
        complaint({{"paths", {file("one.csv", "text,label\nfine,pos\nbad, and the soup was awful,neg\ngood,pos\n")}}}),
        AllOf(HasSubstr("3 cells"), HasSubstr("row 3")));
    EXPECT_THAT(complaint({{"paths", {file("short.csv", "text,label,shop\nfine,pos,north\nbad,neg\n")}}}),
                AllOf(HasSubstr("2 cells"), HasSubstr("header has 3"), HasSubstr("row 3")));
    EXPECT_THAT(complaint({{"paths", {file("wide.tsv", "text\tlabel\nfine\tpos\nbad\tneg\tmore\n")}}}),
                AllOf(HasSubstr("3 cells"), HasSubstr("row 3")));
}

TEST_F(Tables, BlankCellsTooManyAreCutOff) {
    EXPECT_EQ(labelled({{"paths", {file("a.csv", "text,label\nfine,pos,,\nbad,neg\n")}}}),
              (Rows{"fine|pos", "bad|neg"}));
}

// ---- separators

TEST_F(Tables, SeparatorsAreFound) {
    for (const auto& [name, separator, shown] : {std::tuple{"semi.csv", ";", ";"},
                                                 {"tabs.csv", "\t", "tab"},
                                                 {"pipe.csv", "|", "|"},
                                                 {"comma.csv", ",", ","}}) {
        ReadReport report;
        EXPECT_EQ(
            labelled({{"paths", {file(name, soup_table(20, separator, std::string("text") + separator + "label"))}}},
                     &report)
                .at(1),
            "soup 1 was warm|pos")
            << name;
        EXPECT_EQ(report.separator, shown);
        EXPECT_TRUE(report.header);
    }
    // With commas in the texts, and with no header.
    std::string semi;
    for (const auto& [text, label] : test::soups(20)) semi += text + ", so good;" + label + "\n";
    EXPECT_EQ(labelled({{"paths", {file("s.csv", "text;label\n" + semi)}}}).at(1), "soup 1 was warm, so good|pos");
    EXPECT_THAT(complaint({{"paths", {file("t.csv", semi)}}}),
                AllOf(HasSubstr("at what the cells are cut"), HasSubstr("dataset.separator"), HasSubstr("t.csv")));
    EXPECT_EQ(labelled({{"paths", {file("t.csv", semi)}}, {"separator", "semicolon"}}).at(0),
              "soup 0 was cold, so good|neg");
}

TEST_F(Tables, TheLineOfSpreadsheetsNamesTheSeparator) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("sep.csv", "sep=;\ntext;label\nfine, really;pos\nbad;neg\n")}}}, &report),
              (Rows{"fine, really|pos", "bad|neg"}));
    EXPECT_EQ(report.separator, ";");
    EXPECT_EQ(labelled({{"paths", {file("mark.csv", "\xef\xbb\xbfsep=,\r\ntext,label\r\nfine,pos\r\n")}}}, &report),
              (Rows{"fine|pos"}));
    // Rows are those that an editor shows.
    EXPECT_THAT(complaint({{"paths", {file("row.csv", "sep=,\ntext,label\nfine,pos\nbad\n")}}}), HasSubstr("row 4"));
}

TEST_F(Tables, DecimalCommasAreNumbersWhereTheCommaCutsNothing) {
    EXPECT_EQ(labelled({{"paths", {file("n.csv", "text;score\nfine;3,5\nbad;1,25\nso;2\n")}}, {"labels", "number"}}),
              (Rows{"fine|3.5", "bad|1.25", "so|2.0"}));
    EXPECT_THAT(complaint({{"paths", {file("m.csv", "text;score\nfine;3,5\nbad;1.25\n")}}, {"labels", "number"}}),
                AllOf(HasSubstr("decimal comma (row 2 of m.csv)"), HasSubstr("decimal point (row 3 of m.csv)")));
    EXPECT_THAT(complaint({{"paths", {file("c.csv", "text,score\nfine,\"3,5\"\n")}}, {"labels", "number"}}),
                HasSubstr("is no number"));
}

TEST_F(Tables, QuotedTabsAreToldFromQuotesInTexts) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths",
                         {file("q.tsv",
                               "label\ttext\tid\nneg\tsoup was cold\t1\npos\t\"soup was\nwarm too\"\t2\nneg\t\"so "
                               "\"\"cold\"\"\"\t3\n")}}},
                       &report),
              (Rows{"soup was cold|neg", "soup was\nwarm too|pos", "so \"cold\"|neg"}));
    EXPECT_TRUE(report.quoted);
    EXPECT_EQ(labelled({{"paths", {file("r.tsv", "label\ttext\nneg\tbad, \"sad\" film\npos\t\"Heat\"\n")}}}, &report),
              (Rows{"bad, \"sad\" film|neg", "\"Heat\"|pos"}));
    EXPECT_FALSE(report.quoted);
    EXPECT_THAT(
        complaint({{"paths", {file("b.tsv", "label\ttext\nneg\t\"it was\nfine\npos\tgood\n")}}}),
        AllOf(HasSubstr("row 3"), HasSubstr("1 cell"), HasSubstr("dataset.format=csv and dataset.separator=tab")));
}

TEST_F(Tables, OtherEncodingsAreNamed) {
    EXPECT_THAT(complaint({{"paths", {file("w.csv", std::string("\xff\xfet\0e\0", 6))}}}),
                AllOf(HasSubstr("UTF-16"), HasSubstr("iconv"), HasSubstr("w.csv")));
    EXPECT_THAT(complaint({{"paths", {file("le.csv", std::string("t\0e\0x\0t\0,\0l\0\n\0", 14))}}}),
                HasSubstr("UTF-16LE"));
    EXPECT_THAT(complaint({{"paths", {file("z.csv", std::string("text,label\nfine,po\0s\n", 21))}}}),
                AllOf(HasSubstr("zero byte"), HasSubstr("line 2")));
}

// ---- the first row

TEST_F(Tables, AHeaderOfUnknownNamesIsSeen) {
    const std::string head = "tweet,emotion";
    ReadReport report;
    const Rows one = labelled({{"paths", {file("one/a.csv", soup_table(30, ",", head))}}}, &report);
    EXPECT_EQ(one.size(), 30U);
    EXPECT_EQ(one.front(), "soup 0 was cold|neg");
    EXPECT_TRUE(report.header);
    EXPECT_EQ(report.header_how, ReadReport::How::content);
    EXPECT_EQ(report.text.name, "tweet");
    EXPECT_EQ(report.label.name, "emotion");
    EXPECT_THAT(report.classes, ElementsAre(std::pair<std::string, std::int64_t>("neg", 15),
                                            std::pair<std::string, std::int64_t>("pos", 15)));

    file("h/a.csv", soup_table(30, ",", head));
    file("h/b.csv", soup_table(30, ",", head));
    EXPECT_EQ(labelled({{"paths", {(folder_ / "h").string()}}}, &report).size(), 60U);
    EXPECT_EQ(labelled({{"paths",
                         {file("n.csv", "soup;stars\nthe soup was cold;1\nthe soup was warm;5\nthe soup was so;3\n")}},
                        {"labels", "number"}})
                  .size(),
              3U);
}

TEST_F(Tables, AFirstRowOfDataIsKept) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("d.csv", soup_table(30, ","))}}}, &report).size(), 30U);
    EXPECT_FALSE(report.header);
    // A class may be called like a usual column.
    EXPECT_EQ(labelled({{"paths",
                         {file("acts.csv",
                               "is it open today,question\nit is nice in here,comment\nthe soup was cold,comment\nwhen "
                               "do you close,question\n")}}},
                       &report)
                  .size(),
              4U);
    EXPECT_FALSE(report.header);
    EXPECT_EQ(labelled({{"paths",
                         {file("acts2.csv",
                               "it is nice in here,comment\nis it open today,question\nthe soup was cold,comment\nwhen "
                               "do you close,question\n")}}},
                       &report)
                  .size(),
              4U);
    EXPECT_FALSE(report.header);
}

TEST_F(Tables, DoubtIsAskedAboutByTheNameOfTheSetting) {
    EXPECT_THAT(
        complaint({{"paths", {file("u.csv", "tweet,emotion\nsoup was very cold,neg\nsoup was very warm,pos\n")}}}),
        AllOf(HasSubstr("tweet"), HasSubstr("dataset.header=names"), HasSubstr("row 1"), HasSubstr("u.csv")));
    std::string two = "a;b;c\n";
    for (int i = 0; i < 20; ++i)
        two += "the soup number " + std::to_string(i) + ";" + (i % 2 ? "yes" : "no") + ";" + (i % 3 ? "warm" : "cold") +
               "\n";
    EXPECT_THAT(complaint({{"paths", {file("two.csv", two)}}}),
                AllOf(HasSubstr("which column is the label"), HasSubstr("dataset.label")));
    EXPECT_EQ(labelled({{"paths", {file("two.csv", two)}}, {"label", "c"}}).front(), "the soup number 0|cold");
    std::string texts = "first,second,label\n";
    for (int i = 0; i < 20; ++i)
        texts += "the soup number " + std::to_string(i) + ",a spoon number " + std::to_string(i) + "," +
                 (i % 2 ? "yes" : "no") + "\n";
    EXPECT_THAT(complaint({{"paths", {file("texts.csv", texts)}}}),
                AllOf(HasSubstr("which column is the text"), HasSubstr("dataset.text")));
    EXPECT_THAT(complaint({{"paths", {file("twice.csv", "text,text,label\na,b,c\n")}}}),
                AllOf(HasSubstr("several columns \"text\""), HasSubstr("dataset.text")));
    EXPECT_EQ(labelled({{"paths", {file("twice.csv", "text,text,label\na,b,c\n")}}, {"text", "2"}}), Rows{"b|c"});
}

TEST_F(Tables, AConstantColumnIsNoLabel) {
    std::string rows = "id,tweet,language,emotion\n";
    for (int i = 0; i < 20; ++i)
        rows += std::to_string(i) + ",the soup number " + std::to_string(i) + ",en," + (i % 2 ? "joy" : "fear") + "\n";
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("c.csv", rows)}}}, &report).at(1), "the soup number 1|joy");
    EXPECT_EQ(report.label.number, 4);
}

TEST_F(Tables, TheLikeliestOfSeveralUsualNamesIsTakenAndTheOthersAreTold) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("s.csv", "text,score,label\nfine,3,pos\nbad,1,neg\n")}}}, &report),
              (Rows{"fine|pos", "bad|neg"}));
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("score"), HasSubstr("dataset.label"))));
}

// ---- several files

TEST_F(Tables, FilesAreMatchedByTheNamesOfTheirHeader) {
    file("m/a.csv", "text,label\nfine,pos\nbad,neg\n");
    file("m/b.csv", "id,label,text\n1,pos,good\n2,neg,cold\n");
    EXPECT_EQ(labelled({{"paths", {(folder_ / "m").string()}}}), (Rows{"fine|pos", "bad|neg", "good|pos", "cold|neg"}));
}

TEST_F(Tables, FilesThatDisagreeAreNamed) {
    file("x/a.csv", soup_table(20, ",", "text,label"));
    file("x/b.csv", soup_table(20, ","));
    EXPECT_THAT(complaint({{"paths", {(folder_ / "x").string()}}}),
                AllOf(HasSubstr("b.csv"), HasSubstr("no column \"text\""), HasSubstr("a.csv")));
    file("y/a.csv", soup_table(20, ","));
    file("y/b.csv", "good one,pos,more\nbad one,neg,more\n");
    EXPECT_THAT(complaint({{"paths", {(folder_ / "y").string()}}}), AllOf(HasSubstr("3 columns"), HasSubstr("b.csv")));
    file("z/a.csv", soup_table(4, ",", "text,label"));
    file("z/b.jsonl", "{\"text\": \"a\", \"label\": \"b\"}\n");
    EXPECT_THAT(complaint({{"paths", {(folder_ / "z").string()}}}),
                AllOf(HasSubstr("several forms"), HasSubstr("b.jsonl")));
}

TEST_F(Tables, EmptyAndHiddenFilesAreNoData) {
    file("e/.hidden.csv", "rubbish\n");
    file("e/a.csv", "");
    file("e/b.csv", "text,label\nfine,pos\nbad,neg");
    file("e/c.csv", "\n \n");
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {(folder_ / "e").string()}}}, &report), (Rows{"fine|pos", "bad|neg"}));
    ASSERT_EQ(report.passed.size(), 1U);
    EXPECT_EQ(report.passed.front().count, 2);
    EXPECT_EQ(report.passed.front().first.front().file, "a.csv");
    EXPECT_EQ(report.files, 1);
}

TEST_F(Tables, AHeaderThatComesAgainIsPassedOver) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("again.csv", "text,label\nfine,pos\ntext,label\nbad,neg\n")}}}, &report),
              (Rows{"fine|pos", "bad|neg"}));
    EXPECT_EQ(report.passed.front().first.front().row, 3);
}

// ---- rows that lack something

TEST_F(Tables, RowsWithoutTextAreCountedAndKeepTheRowsOfTheFile) {
    std::string hole = "text,label\n";
    for (const auto& [text, label] : test::soups(20))
        hole += (text == "soup 8 was cold" ? "" : text == "soup 9 was warm" ? "  " : text) + "," + label + "\n";
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("hole.csv", hole)}}}, &report).size(), 18U);
    ASSERT_EQ(report.passed.size(), 1U);
    EXPECT_EQ(report.passed.front().count, 2);
    EXPECT_EQ(report.passed.front().why, "a label but no text");
    EXPECT_THAT(report.passed.front().first, ElementsAre(FilePlace{"hole.csv", 10}, FilePlace{"hole.csv", 11}));
    EXPECT_THAT(read_report_text(report),
                AllOf(HasSubstr("2 with a label but no text"), HasSubstr("row 10 of hole.csv")));

    std::string missing = hole;
    missing.replace(missing.find("soup 15 was warm,pos"), 20, "soup 15 was warm,");
    EXPECT_THAT(complaint({{"paths", {file("hole2.csv", missing + "nothing more,\n")}}}),
                AllOf(HasSubstr("label of this row is missing, and that of 1 more"), HasSubstr("row 17"),
                      HasSubstr("hole2.csv")));

    std::string odd = hole;
    odd.replace(odd.find("soup 15 was warm,pos"), 20, "soup 15 was warm,odd");
    const auto made = prepare_data(ask(section("labelled_text", {{"paths", {file("hole3.csv", odd)}}}),
                                       {{"kind", "stratified"}, {"validation", 0.2}}));
    ASSERT_FALSE(made);
    EXPECT_THAT(to_text(made.error()), AllOf(HasSubstr("\"odd\""), HasSubstr("row 17"), HasSubstr("hole3.csv")));
}

// ---- classes

TEST_F(Tables, SpellingsOfOneWholeNumberAreOneClass) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("n.csv", "text,label\na,1\nb,1.0\nc,0\nd,0.00\ne,+1\n")}}}, &report),
              (Rows{"a|1", "b|1", "c|0", "d|0", "e|1"}));
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("\"1.0\""), HasSubstr("same number"))));
    std::string json;
    for (int i = 0; i < 10; ++i)
        json += "{\"text\": \"soup " + std::to_string(i) + "\", \"label\": " + std::to_string(i % 2) +
                (i > 5    ? ".0"
                 : i == 5 ? ""
                          : "") +
                "}\n";
    labelled({{"paths", {file("n.jsonl", json + "{\"text\": \"last\", \"label\": \"1\"}\n")}}}, &report);
    EXPECT_THAT(report.classes, ElementsAre(std::pair<std::string, std::int64_t>("0", 5),
                                            std::pair<std::string, std::int64_t>("1", 6)));
    // Codes and versions stay apart, with a word of warning.
    labelled({{"paths", {file("v.csv", "text,label\na,1.1\nb,1.10\nc,01\nd,1\n")}}}, &report);
    EXPECT_EQ(report.classes.size(), 4U);
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("\"1.10\""), HasSubstr("two classes"))));
}

TEST_F(Tables, ClassesThatDifferByCaseAloneAreTold) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths", {file("c.csv", "text,label\na,Pos\nb,pos \nc,neg\n")}}}, &report).at(1), "b|pos");
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("\"Pos\""), HasSubstr("case"))));
}

// ---- JSON rows

TEST_F(Tables, AJsonArrayIsReadLikeLines) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths",
                         {file("a.json",
                               "[\n{\"text\": \"fine, [really] \\\"so\\\"\", \"label\": \"pos\"},\n  {\"label\": "
                               "\"neg\",\n \"text\": \"bad\"}\n]\n")}}},
                       &report),
              (Rows{"fine, [really] \"so\"|pos", "bad|neg"}));
    EXPECT_EQ(report.format, "json");
    EXPECT_THAT(
        complaint(
            {{"paths",
              {file("b.json",
                    "[\n{\"text\": \"fine\", \"label\": \"pos\"},\n{\"text\": \"bad\" \"label\": \"neg\"}\n]\n")}}}),
        AllOf(HasSubstr("row 3"), HasSubstr("b.json")));
    EXPECT_THAT(complaint({{"paths", {file("c.json", "[{\"text\": \"fine\", \"label\": \"pos\"}\n")}}}),
                HasSubstr("never closed"));
    EXPECT_THAT(complaint({{"paths", {file("d.json", "{\n \"rows\": [\n{\"text\": \"fine\"}]}\n")}}}),
                AllOf(HasSubstr("one JSON object over several lines"), HasSubstr("one object a line")));
    EXPECT_EQ(plain({{"paths", {file("t.json", "[{\"text\": \"one\"}, {\"text\": \"two\"}]")}}}), (Rows{"one", "two"}));
}

TEST_F(Tables, TheFieldsOfJsonRowsAreChosenOnce) {
    ReadReport report;
    EXPECT_EQ(labelled({{"paths",
                         {file("f.jsonl",
                               "{\"text\": \"a\", \"label\": \"x\"}\n{\"label\": \"y\"}\n{\"content\": \"no\", "
                               "\"text\": \"b\", \"label\": \"y\"}\n")}}},
                       &report),
              (Rows{"a|x", "b|y"}));
    EXPECT_EQ(report.passed.front().first.front().row, 2);
    EXPECT_THAT(report.warnings, Contains(HasSubstr("content")));
    EXPECT_THAT(complaint({{"paths", {file("g.jsonl", "{\"tweet\": \"a\", \"emotion\": \"x\"}\n")}}}),
                AllOf(HasSubstr("tweet, emotion"), HasSubstr("dataset.text")));
}

// ---- words in columns

TEST_F(Tables, ANumberSignIsAWordInsideASentence) {
    std::string conll;
    for (int i = 0; i < 4; ++i)
        conll += "Ann B-PER\nscored O\n# B-RANK\n" + std::to_string(i) + " I-RANK\nNew York\tB-LOC\n\n";
    ReadReport report;
    const Rows read = labelled({{"paths", {file("hash.conll", conll)}}, {"labels", "word"}}, &report);
    EXPECT_EQ(read.front(), "Ann scored # 0 New York|B-PER|O|B-RANK|I-RANK|B-LOC");
    EXPECT_EQ(
        labelled({{"paths", {file("first.conll", "# B-RANK\n7 I-RANK\n\nAnn B-PER\n")}}, {"labels", "word"}}).front(),
        "# 7|B-RANK|I-RANK");
    EXPECT_EQ(
        labelled(
            {{"paths",
              {file("note.conll",
                    "-DOCSTART- O\n# sent_id = 1\n# text = Ann runs\nAnn B-PER\nruns O\n-DOCSTART- O\n# id\nHi O\n")}},
             {"labels", "word"}},
            &report),
        (Rows{"Ann runs|B-PER|O", "Hi|O"}));
    EXPECT_THAT(read_report_text(report), AllOf(HasSubstr("3 with a comment"), HasSubstr("2 with -DOCSTART-")));
}

TEST_F(Tables, WordsThatDoNotFitTheirColumnsAreErrors) {
    EXPECT_THAT(complaint({{"paths", {file("s.conll", "Ann B-PER\nin O\nNew York B-LOC\n")}}, {"labels", "word"}}),
                AllOf(HasSubstr("3 columns"), HasSubstr("row 3")));
    EXPECT_THAT(complaint({{"paths", {file("t.conll", "Ann\tB-PER\nin\tO\nNew York\n")}}, {"labels", "word"}}),
                AllOf(HasSubstr("no tab"), HasSubstr("row 3")));
    std::string universal;
    for (const char* word : {"Ann", "runs"}) universal += std::string("1\t") + word + "\t_\tNOUN\t_\t_\t_\t_\t_\t_\n";
    EXPECT_THAT(complaint({{"paths", {file("u.conll", universal)}}, {"labels", "word"}}),
                AllOf(HasSubstr("CoNLL-U"), HasSubstr("dataset.text=2")));
    EXPECT_EQ(labelled({{"paths", {file("u.conll", "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n" + universal)}},
                        {"labels", "word"},
                        {"text", "2"},
                        {"label", "4"}}),
              Rows{"Ann runs|NOUN|NOUN"});
}

// ---- files and folders that name the class

TEST_F(Tables, ClassesOfFilesInSeveralFoldersAreTheirNames) {
    file("p/train/pos.txt", "good\n");
    file("p/train/neg.txt", "bad\n");
    file("p/test/pos.txt", "warm\n");
    file("p/test/neg.txt", "cold\n");
    EXPECT_EQ(labelled({{"paths", {(folder_ / "p").string()}}, {"format", "file_a_class"}}),
              (Rows{"cold|neg", "warm|pos", "bad|neg", "good|pos"}));
}

TEST_F(Tables, NamesOfFilesThatAreNotUtf8AreNamed) {
    file("l/caf\xe9.txt", "good\n");
    file("l/bar.txt", "bad\n");
    EXPECT_THAT(complaint({{"paths", {(folder_ / "l").string()}}, {"format", "file_a_class"}}),
                AllOf(HasSubstr("not UTF-8"), HasSubstr("caf\\xE9"), HasSubstr("convmv")));
    EXPECT_EQ(plain({{"paths", {(folder_ / "l").string()}}}), (Rows{"bad\n", "good\n"}));
    const DatasetKind* kind = find_kind(datasets(), "labelled_text");
    EXPECT_THAT(kind->check({{"kind", "labelled_text"}, {"paths", {"caf\xe9.txt"}}}, "dataset").at(0).message,
                HasSubstr("not UTF-8"));
}

}  // namespace
}  // namespace gw
