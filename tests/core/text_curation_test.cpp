// What a curation finds is what was planted, no more and no less; and what it writes is whole or not there.
#include <fstream>
#include <set>

#include "core/curate.h"
#include "data/curation/letters.h"
#include "data/curation/personal_scan.h"
#include "util/text.h"

namespace gw::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TextCuration : public Curating {
  protected:
    static std::int64_t found(const CurationReport::Step& step, const std::string& what) {
        for (const auto& [phrase, count] : step.found)
            if (phrase.text() == what) return count;
        return 0;
    }
    static std::vector<std::string> read_again(const Json& dataset) { return rows(dataset).or_throw(); }
    std::string complaint_of(const CurationRequest& asked) const {
        const auto made = curate(asked);
        return made ? "no error" : to_text(made.error());
    }
    std::string out(const std::string& name = "clean") const { return (folder_ / name).string(); }
};

TEST_F(TextCuration, CountsWhatWasPlanted) {
    constexpr int plain = 300, copies = 40, near = 30, half = 20, broken = 25, short_ones = 10, blocked = 12,
                  personal = 15;
    std::vector<std::string> rows;
    for (int i = 0; i < plain; ++i) rows.push_back(schema_row(words(i, 200)));
    for (int i = 0; i < copies; ++i) rows.push_back(schema_row("  " + words(i, 200) + "\n\n"));
    for (int i = 0; i < near; ++i) rows.push_back(schema_row(words(100 + i, 200) + " And one more."));
    for (int i = 0; i < half; ++i) rows.push_back(schema_row(words(200 + i, 200) + " " + words(9000 + i, 200)));
    for (int i = 0; i < broken; ++i) {
        std::string row = schema_row(words(1000 + i, 200) + " #");
        row[row.find('#')] = static_cast<char>(0x80 + i);
        rows.push_back(row);
    }
    for (int i = 0; i < short_ones; ++i) rows.push_back(schema_row("short " + std::to_string(i)));
    for (int i = 0; i < blocked; ++i) rows.push_back(schema_row(words(2000 + i, 200) + " Such a FORBIDDEN word."));
    for (int i = 0; i < 5; ++i) rows.push_back(schema_row(words(2500 + i, 200) + " Nothing unforbidden."));
    for (int i = 0; i < personal; ++i)
        rows.push_back(schema_row(words(3000 + i, 200) + " Write to a" + std::to_string(i) +
                                  ".b@example.org or c@example.co.jp, call +81 90-1234-5678 or (555) 123-4567, from "
                                  "192.168.0." +
                                  std::to_string(i) + ", card 4111 1111 1111 1111, file 123456789012345."));
    std::string all;
    for (const std::string& row : rows) all += row;
    CurationRequest asked =
        request({file("planted.jsonl", all)},
                {"unicode:bad_bytes=drop", "length:min_characters=100", "blocked_words:words=forbidden,other phrase",
                 "personal_data", "exact_duplicates", "near_duplicates"});
    asked.out = out();
    const CurationReport report = curate(asked).or_throw();
    const auto total = static_cast<std::int64_t>(rows.size());
    EXPECT_EQ(report.documents, total);
    EXPECT_EQ(report.not_utf8, broken);
    ASSERT_EQ(report.steps.size(), 6U);
    const std::int64_t dropped[] = {broken, short_ones, blocked, 0, copies, near};
    std::int64_t left = total;
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(report.steps[i].given, left) << i;
        EXPECT_EQ(report.steps[i].dropped, dropped[i]) << i;
        left -= dropped[i];
        EXPECT_EQ(report.steps[i].left, left) << i;
    }
    const CurationReport::Step& masking = report.steps[3];
    EXPECT_EQ(masking.changed, personal);
    EXPECT_EQ(found(masking, "e-mail addresses masked"), 2 * personal);
    EXPECT_EQ(found(masking, "phone numbers masked"), 2 * personal);
    EXPECT_EQ(found(masking, "IP addresses masked"), personal);
    EXPECT_EQ(found(masking, "card numbers masked"), personal);
    EXPECT_EQ(found(masking, "long numbers masked"), personal);
    // The first copy stands in row 301, and says of which row it is one.
    const CurationReport::Example& copy = report.steps[4].examples.front();
    EXPECT_EQ(copy.place.row, plain + 1);
    EXPECT_EQ(copy.why.text(), "a copy of row 1 of planted.jsonl");
    EXPECT_THAT(report.steps[5].examples.front().why.text(), HasSubstr("nearly as row 101 of planted.jsonl"));
    // Training reads what is left, and nothing of what was masked or dropped.
    const auto texts = read_again(report.dataset);
    EXPECT_EQ(static_cast<std::int64_t>(texts.size()), left);
    std::string whole;
    for (const std::string& text : texts) whole += text;
    for (const char* gone : {"@example", "4111", "192.168", "90-1234", "FORBIDDEN"})
        EXPECT_EQ(whole.find(gone), std::string::npos) << gone;
    EXPECT_THAT(whole, HasSubstr("Write to <email> or <email>, call <phone> or <phone>, from <ip>, card <card>, file "
                                 "<id>."));
    const Json story = Json::parse(read_file(folder_ / "clean" / "curation.json").or_throw());
    EXPECT_EQ(story["left"], left);
    EXPECT_EQ(story["steps"][4]["dropped"], copies);
    EXPECT_EQ(story["result"]["sha256"], sha256(read_file(report.file).or_throw()));
    // The story is a plan: carried out again it gives the same bytes.
    CurationRequest again;
    again.plan = plan_of(story).or_throw();
    again.out = out("again");
    EXPECT_EQ(curate(again).or_throw().sha256, report.sha256);
}

TEST_F(TextCuration, NearDuplicatesAreThoseOfAPlainReference) {
    // Texts of 120 words of which a growing number is changed; their resemblance is counted over sets of runs.
    const auto runs = [](const std::string& text) {
        std::vector<std::string> list;
        for_each_word(text, [&](std::string_view word) { list.emplace_back(word); });
        std::set<std::string> out;
        for (std::size_t i = 0; i + 5 <= list.size(); ++i) {
            std::string run;
            for (std::size_t k = i; k < i + 5; ++k) run += list[k] + " ";
            out.insert(run);
        }
        return out;
    };
    int sure = 0, far = 0;
    for (int i = 0; i < 120; ++i) {
        std::string first, second;
        Rng rng(mix64(7, static_cast<std::uint64_t>(i)));
        for (int k = 0; k < 120; ++k) {
            const std::string word = "w" + std::to_string(rng.below(100000));
            first += word + " ";
            second += (k < i % 60 && k % 2 == 0 ? "other" + std::to_string(k) : word) + " ";
        }
        const auto one = runs(first), other = runs(second);
        std::size_t shared = 0;
        for (const std::string& run : one) shared += other.count(run);
        const double jaccard = static_cast<double>(shared) / static_cast<double>(one.size() + other.size() - shared);
        const bool dropped = through("near_duplicates", {first, second})[1].starts_with("! ");
        constexpr double margin = 0.12;  // 3.4 deviations of the estimate
        if (jaccard > 0.8 + margin) {
            ++sure;
            EXPECT_TRUE(dropped) << jaccard;
        } else if (jaccard < 0.8 - margin) {
            ++far;
            EXPECT_FALSE(dropped) << jaccard;
        }
    }
    EXPECT_GT(sure, 3);
    EXPECT_GT(far, 50);
    // Of Japanese too, by its letters; case and signs make no difference.
    const std::string text =
        "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で";
    EXPECT_THAT(
        through("near_duplicates", {text, text + "！", "これは全く別の文章であり、前の文とは何の関係もない。"})[1],
        HasSubstr("! nearly as row 1"));
    EXPECT_THAT(through("near_duplicates", {"One two three four five six", "one, two: THREE four five six!"})[1],
                HasSubstr("about 100 %"));
}

TEST_F(TextCuration, PersonalDataIsToldByItsForm) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"mail first.last+tag@mail.example.com.", "mail <email>."},
        {"(x@y.org)", "(<email>)"},
        {"no@host, @handle, a@b, 3@ 4", "no@host, @handle, a@b, 3@ 4"},
        {"from 10.0.0.1:8080 and 255.255.255.255", "from <ip>:8080 and <ip>"},
        {"version 1.2.3, 1.2.3.4.5, 300.1.1.1 at 12:30:45", "version 1.2.3, 1.2.3.4.5, 300.1.1.1 at 12:30:45"},
        {"2001:db8::8a2e:370:7334 and std::vector", "<ip> and std::vector"},
        {"4111-1111-1111-1111, 4111111111111111", "<card>, <card>"},
        {"5500 0000 0000 0004 and 3782 822463 10005", "<card> and <card>"},
        {"4111 1111 1111 1112", "4111 1111 1111 1112"},
        {"+1 (555) 123-4567, 555-123-4567, 555.123.4567", "<phone>, <phone>, <phone>"},
        {"03-1234-5678 / 090-1234-5678 / 0120-123-456", "<phone> / <phone> / <phone>"},
        {"in 2020-12-31, 1999-2004, 3.14159265358979, 12,345,678,901,234",
         "in 2020-12-31, 1999-2004, 3.14159265358979, 12,345,678,901,234"},
        {"id 123456789012, ssn 078-05-1120", "id <id>, ssn <id>"},
        {"id 12345678901 a123456789012345", "id 12345678901 a123456789012345"},
        {"電話は03-1234-5678まで", "電話は<phone>まで"},
    };
    std::vector<std::string> given, wanted;
    for (const auto& [from, to] : cases) {
        given.push_back(from);
        wanted.push_back(to);
    }
    EXPECT_EQ(through("personal_data", given), wanted);
    EXPECT_THAT(through("personal_data:emails=false", {"a@b.org 10.0.0.1"}), ElementsAre("a@b.org <ip>"));
    EXPECT_TRUE(passes_luhn("79927398713"));
    EXPECT_FALSE(passes_luhn("79927398710"));
}

TEST_F(TextCuration, WhiteSpaceThatSaysNothingGoes) {
    EXPECT_THAT(through("whitespace", {"\n\n a  b \t\n\n\n\nc\r\nd\x01\xC2\xAD e\n\n\n", "kept\n\nas it is"}),
                ElementsAre(" a  b\n\nc\nd e\n", "kept\n\nas it is"));
    EXPECT_THAT(through("whitespace:blank_lines=0,spaces=true", {"a   b\n\n\nc"}), ElementsAre("a b\nc"));
    EXPECT_THAT(through("whitespace:trailing=false,control=false,blank_lines=1000", {"a \n\n\nb\x01"}),
                ElementsAre("a \n\n\nb\x01"));
    EXPECT_THAT(through("whitespace", {"x", "\x01\x02"}), ElementsAre("x", "! nothing is left of it"));
}

TEST_F(TextCuration, LengthsAreCountedInCharactersAndWords) {
    EXPECT_THAT(through("length:min_characters=5", {"猫である", "吾輩は猫だ", "four", "fives"}),
                ElementsAre("! fewer than 5 characters", "吾輩は猫だ", "! fewer than 5 characters", "fives"));
    EXPECT_THAT(through("length:min_characters=0,min_words=3,max_words=4", {"one two", "a b c", "a b c d e", "猫だ。"}),
                ElementsAre("! fewer than 3 words", "a b c", "! more than 4 words", "! fewer than 3 words"));
    EXPECT_THAT(through("length:min_characters=0,max_characters=2", {"ab", "abc"}),
                ElementsAre("ab", "! more than 2 characters"));
}

TEST_F(TextCuration, ScriptsAreTold) {
    EXPECT_THAT(through("script:scripts=Han,Hiragana,katakana,share=0.6",
                        {"吾輩は猫である、カタカナも", "mostly Latin 猫", "123 !?", "Привет"}),
                ElementsAre("吾輩は猫である、カタカナも", "! 8 % of the letters are of Han, Hiragana, Katakana",
                            "! no letters", "! 0 % of the letters are of Han, Hiragana, Katakana"));
    EXPECT_EQ(script_names()[script_of(U'ñ')], "Latin");
    EXPECT_EQ(script_names()[script_of(U'я')], "Cyrillic");
    EXPECT_EQ(script_names()[script_of(U'한')], "Hangul");
    EXPECT_EQ(script_names()[script_of(U'ﷲ')], "Arabic");
    CurationRequest asked = request({file("x.txt", "ab яяя")}, {"script"});
    const CurationReport counted = curate(asked).or_throw();
    EXPECT_EQ(found(counted.steps[0], "letters of Cyrillic"), 3);
    EXPECT_EQ(found(counted.steps[0], "letters of Latin"), 2);
    asked.plan.steps[0]["scripts"] = {"Latn"};
    EXPECT_THAT(complaint_of(asked), HasSubstr("did you mean \"Latin\""));
}

TEST_F(TextCuration, QualityRulesKeepRunningText) {
    const std::string english =
        "The committee met on a cold evening in March, and nobody expected that it would decide anything.\nStill, the "
        "proposal to rebuild the old bridge found a majority after two hours of debate.";
    const std::string japanese =
        "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n何でも薄暗いじめじめした所でニャーニャー泣"
        "いていた事だ"
        "けは記憶している。吾輩はここで始めて人間というものを見た。";
    std::string menu, again, runs;
    for (int i = 0; i < 12; ++i) {
        menu += "- Section about letter " + words(static_cast<std::uint64_t>(i), 1) + "\n";
        again += "Click here to subscribe to our letter today.\n";
        runs += "buy cheap watches online now at " + words(i, 3) + "\n";
    }
    EXPECT_THAT(through("quality", {english, japanese}), ElementsAre(english, japanese));
    EXPECT_THAT(through("quality", {menu})[0], HasSubstr("! too many lines are items of a list: 100"));
    EXPECT_THAT(through("quality", {again})[0], HasSubstr("! too many lines are repeated"));
    EXPECT_THAT(through("quality", {runs})[0], HasSubstr("! one pair of words makes up too much"));
    EXPECT_THAT(through("quality:max_top_pair=1", {runs})[0], HasSubstr("! too much of the text is repeated runs"));
    EXPECT_THAT(through("quality", {"a b c d e f g h i j"})[0], HasSubstr("! words are too short: 1.00 "));
    EXPECT_THAT(through("quality", {"antidisestablishmentarianism floccinaucinihilipilification"})[0],
                HasSubstr("! words are too long"));
    EXPECT_THAT(through("quality", {"1234 4567 789 word 1234 4400"})[0], HasSubstr("! too few words have a letter"));
    EXPECT_THAT(through("quality", {"some tags here #one #two and another #three"})[0],
                HasSubstr("! too many # and … among the words"));
    EXPECT_THAT(through("quality", {"read more about this...\nand about that…\nlast line."})[0], HasSubstr("!"));
    EXPECT_THAT(through("quality:min_ended_lines=0.6", {"no end here\nnor here\nhere is one.", japanese})[0],
                HasSubstr("! too few lines end in punctuation: 33.3 %"));
    EXPECT_EQ(through("quality:min_ended_lines=1", {japanese})[0], japanese);
    // Each rule can be turned off.
    for (const std::string& text :
         through("quality:min_mean_word=0,max_mean_word=0,max_symbols=1,max_bullets=1,max_ellipses=1,min_letters=0,max_"
                 "repeated_lines=1,max_top_pair=1,max_repeated_runs=1",
                 {menu, again, runs, "1 2 3"}))
        EXPECT_FALSE(text.starts_with("! ")) << text;
}

TEST_F(TextCuration, BlockedWordsAreWholeWords) {
    const std::string step = "blocked_words:words=ass,bad phrase,馬鹿";
    EXPECT_THAT(through(step, {"a class passes", "An ASS.", "a bad  phrase", "a Bad phrase!", "この馬鹿者"}),
                ElementsAre("a class passes", "! has the word “ASS”", "a bad  phrase", "! has the word “Bad phrase”",
                            "! has the word “馬鹿”"));
    EXPECT_THAT(through(step + ",action=mask", {"ass ass class", "馬鹿馬鹿"}), ElementsAre("*** *** class", "******"));
    EXPECT_THAT(through(step + ",least=2", {"ass", "ass, ass"}), ElementsAre("ass", "! has 2 blocked words"));
    const std::string list = file("list.txt", "\xEF\xBB\xBFÉTÉ\r\n\r\nstraße\r\n");
    EXPECT_THAT(through("blocked_words:file=" + list, {"un été", "étés", "die Straße"}),
                ElementsAre("! has the word “été”", "étés", "! has the word “Straße”"));
    CurationRequest asked = request({list}, {"blocked_words"});
    EXPECT_THAT(complaint_of(asked), HasSubstr("needs at least one word"));
    asked.plan.steps[0]["file"] = (folder_ / "nothing").string();
    EXPECT_THAT(complaint_of(asked), HasSubstr("setting blocked_words.file"));
}

TEST_F(TextCuration, PartsThatCameBeforeAreTakenOut) {
    const std::string notice = "This page is a part of a larger work and may be copied.";
    EXPECT_THAT(through("exact_duplicates:of=lines", {"First text here.\n" + notice, notice + "\nSecond text."}),
                ElementsAre("First text here.\n" + notice, "Second text."));
    EXPECT_THAT(through("exact_duplicates:of=paragraphs", {"One.\n\n" + notice + "\nIt goes on.",
                                                           notice + "\nIt goes on.\n\nTwo.", notice + " It goes on."}),
                ElementsAre("One.\n\n" + notice + "\nIt goes on.", "\nTwo.", "! all of it stands in documents before"));
    EXPECT_THAT(through("exact_duplicates:of=lines", {"Hello\nHello\nHello"}), ElementsAre("Hello\nHello\nHello"));
    EXPECT_THAT(through("exact_duplicates", {"Same text", " Same\n text ", "same text!"}),
                ElementsAre("Same text", "! a copy of row 1 of through.jsonl", "same text!"));
    EXPECT_THAT(through("exact_duplicates:alike=words", {"Same text", "same, TEXT!"})[1], HasSubstr("! a copy of"));
}

TEST_F(TextCuration, EncodingsAreMixedInTheWild) {
    const std::string shift_jis = "\x93\xFA\x96\x7B\x8C\xEA";  // 日本語
    const std::string folder = (folder_ / "mixed").string();
    file("mixed/a.txt", "plain and well-formed");
    file("mixed/b.txt", "caf\xE9 \x96 na\xEFve");
    file("mixed/c.txt", shift_jis);
    file("mixed/d.txt", std::string("\xFF\xFEh\0i\0", 6));
    file("mixed/e.txt", std::string("bin\0ary", 7));
    file("mixed/f.txt", "\xEF\xBB\xBFwith a mark\r\nand CRLF");
    auto texts = [&](const std::string& how) {
        CurationRequest asked = request({folder}, {"unicode:bad_bytes=" + how});
        asked.samples = 10;
        std::vector<std::string> out;
        const CurationReport report = curate(asked).or_throw();
        EXPECT_EQ(report.not_utf8, 2);
        EXPECT_EQ(report.documents, 4);
        for (const auto& sample : report.samples) out.push_back(sample.why ? "! " + sample.why->text() : sample.after);
        return out;
    };
    const std::string first = "plain and well-formed", last = "with a mark\nand CRLF";
    EXPECT_THAT(texts("drop"), ElementsAre(first, "! not UTF-8", "! not UTF-8", last));
    EXPECT_THAT(texts("replace"), ElementsAre(first, "caf\uFFFD \uFFFD na\uFFFDve", testing::_, last));
    EXPECT_EQ(texts("windows_1252")[1], "café – naïve");
    EXPECT_EQ(texts("shift_jis")[2], "日本語");
    EXPECT_EQ(texts("euc_jp")[1], "! neither UTF-8 nor EUC-JP");
    // Where nothing mends it, it is an error that names the place.
    EXPECT_THAT(complaint_of(request({folder}, {"length"})),
                testing::AllOf(HasSubstr("0xE9"), HasSubstr("b.txt"), HasSubstr("Put the step unicode first")));
    // Of JSON rows too, and what was private before stays.
    CurationRequest rows =
        request({file("r.jsonl", "{\"text\": \"caf\xE9 \xF4\x8F\xBF\xBD ok\", \"from\": \"\xE9\"}\n")},
                {"unicode:bad_bytes=windows_1252"});
    rows.plan.keep = {"from"};
    rows.out = out("rows");
    const Json row = Json::parse(read_file(curate(rows).or_throw().file).or_throw());
    EXPECT_THAT(row["text"].get<std::string>(), HasSubstr("café"));
    EXPECT_EQ(row["from"], "\uFFFD");
    EXPECT_THAT(through("unicode", {"e\xCC\x81", "ﬁ"}), ElementsAre("é", "ﬁ"));
    EXPECT_THAT(through("unicode:form=nfkc", {"ﬁ", "Ａ１"}), ElementsAre("fi", "A1"));
}

TEST_F(TextCuration, WhatIsNoTextIsToldAndNotRead) {
    file("odd/a.txt", "a text of its own");
    file("odd/deep/nested.zip", "PK\x03\x04 and more");
    file("odd/deep/n.tar.gz", "\x1f\x8b\x08 and more");
    file("odd/z.txt", "another text");
    file("odd/gone.txt", "a text that goes");
    CurationRequest asked = request({(folder_ / "odd").string()}, {"whitespace"});
    asked.progress = [&](const std::string&, double) { fs::remove(folder_ / "odd" / "gone.txt"); };
    const CurationReport report = curate(asked).or_throw();
    EXPECT_EQ(report.documents, 2);
    ASSERT_EQ(report.read.passed.size(), 2U);
    EXPECT_EQ(report.read.passed[0].why, "an archive, which is not opened");
    EXPECT_EQ(report.read.passed[0].count, 2);
    EXPECT_EQ(report.read.passed[1].why, "a file that cannot be read");
    EXPECT_EQ(report.read.passed[1].first[0].file, "gone.txt");
    EXPECT_THAT(complaint_of(request({(folder_ / "odd" / "deep").string()}, {"whitespace"})), HasSubstr("archive"));
}

TEST_F(TextCuration, BrokenRowsArePassedOver) {
    const std::string rows =
        file("x.jsonl", "{\"text\": \"one\"}\n{broken\n[1]\n{\"other\": 1}\n{\"text\": \"two\"}\n");
    const CurationReport report = curate(request({rows}, {"whitespace"})).or_throw();
    EXPECT_EQ(report.documents, 2);
    EXPECT_EQ(report.read.passed[0].count, 2);
    EXPECT_EQ(report.read.passed[0].first[0].row, 2);
    EXPECT_THAT(complaint_of(request({file("y.jsonl", "{\"body\": \"one\"}\n")}, {"whitespace"})),
                HasSubstr("the fields of the first are body"));
}

TEST_F(TextCuration, ADocumentLargerThanMemoryShouldHoldIsPassedOver) {
    const std::string place = (folder_ / "long.txt").string();
    {
        std::ofstream long_file(place);
        long_file << "a short line before\n";
        const std::string block(1 << 20, 'x');
        for (int i = 0; i < 66; ++i) long_file << block;
        long_file << "\na short line behind\n";
    }
    const CurationReport report = curate(request({place}, {"exact_duplicates"}, {{"documents", "line"}})).or_throw();
    EXPECT_EQ(report.documents, 2);
    EXPECT_EQ(report.read.passed[0].why, "a document of more than 64.0 MiB");
    EXPECT_EQ(report.read.passed[0].first[0].row, 2);
}

TEST_F(TextCuration, PiecesOfALargeFileGiveTheSameDocuments) {
    std::string lines, paragraphs;
    for (int i = 0; lines.size() < (std::size_t{9} << 20); ++i) {
        lines += "line " + std::to_string(i) + " of a file that is read in pieces, with some words in it\n";
        paragraphs += "line " + std::to_string(i) + "\nof a paragraph" + (i % 3 == 0 ? "\r\n\r\n" : "\n\n");
    }
    for (const auto& [how, bytes] : {std::pair{"line", lines}, {"blank_line", paragraphs}}) {
        const std::string place = file(std::string(how) + ".txt", bytes);
        CurationRequest asked = request({place}, {"unicode"}, {{"documents", how}});
        asked.out = out(how);
        asked.plan.plain = true;
        const CurationReport report = curate(asked).or_throw();
        const auto whole = plain({{"paths", {place}}, {"documents", how}}), again = read_again(report.dataset);
        EXPECT_EQ(report.documents, static_cast<std::int64_t>(whole.size()));
        EXPECT_TRUE(whole == again) << how;
    }
}

TEST_F(TextCuration, ColumnsAreKeptOnDemand) {
    const std::string rows = file("k.jsonl", R"({"id": 7, "text": "one text", "meta": {"url": "x"}})"
                                             "\n");
    CurationRequest asked = request({rows}, {"whitespace"});
    auto written = [&](const std::string& name) {
        asked.out = out(name);
        return Json::parse(read_file(curate(asked).or_throw().file).or_throw());
    };
    EXPECT_EQ(written("a"), Json::parse(R"({"text": "one text"})"));
    asked.plan.keep = {"*"};
    EXPECT_EQ(written("b"), Json::parse(R"({"text": "one text", "id": 7, "meta": {"url": "x"}})"));
    asked = request({file("k.csv", "label,body\npos,\"a, text\"\n")}, {"whitespace"}, {{"json_field", "body"}});
    asked.plan.keep = {"label"};
    EXPECT_EQ(written("c"), Json::parse(R"({"text": "a, text", "label": "pos"})"));
    asked = request({file("t.jsonl", R"({"body": "b", "text": "t"})"
                                     "\n")},
                    {"whitespace"}, {{"json_field", "body"}});
    asked.plan.keep = {"*"};
    asked.out = out("d");
    EXPECT_THAT(complaint_of(asked), HasSubstr("is called \"text\""));
    EXPECT_FALSE(fs::exists(out("d")));
}

TEST_F(TextCuration, TheResultNeverHarmsAnything) {
    file("src/a.txt", "one text");
    const std::string source = (folder_ / "src").string();
    CurationRequest asked = request({source}, {"whitespace"});
    for (const char* inside : {"src", "src/clean", "src/../src/x/y"}) {
        asked.out = out(inside);
        EXPECT_THAT(complaint_of(asked), HasSubstr("inside the data that is read")) << inside;
    }
    fs::create_directory_symlink(source, folder_ / "link");
    asked.out = out("link/clean");
    EXPECT_THAT(complaint_of(asked), HasSubstr("inside the data that is read"));
    asked = request({(folder_ / "src" / "*").string()}, {"whitespace"});
    for (const char* inside : {"src/clean", "src/x/y"}) {
        asked.out = out(inside);
        EXPECT_THAT(complaint_of(asked), HasSubstr("inside the data that is read")) << inside;
    }
    asked = request({source}, {"whitespace"});
    asked.out = folder_.path();
    asked.replace = true;
    EXPECT_THAT(complaint_of(asked), HasSubstr("lies in the folder for the result"));
    file("other/mine.txt", "do not touch");
    asked.out = out("other");
    EXPECT_THAT(complaint_of(asked), HasSubstr("was not made by a curation"));
    asked.replace = false;
    EXPECT_THAT(complaint_of(asked), HasSubstr("already"));
    asked.out = out("clean");
    const CurationReport made = curate(asked).or_throw();
    EXPECT_THAT(complaint_of(asked), HasSubstr("--replace"));
    file("src/b.txt", "two texts");
    asked.replace = true;
    EXPECT_NE(curate(asked).or_throw().sha256, made.sha256);
    // Somebody's file beside an earlier result is not taken away with it.
    file("clean/words.txt", "mine");
    EXPECT_THAT(complaint_of(asked), HasSubstr("holds more than the result of a curation: words.txt"));
    EXPECT_EQ(read_file(folder_ / "clean" / "words.txt").or_throw(), "mine");
    fs::remove(folder_ / "clean" / "words.txt");
    // Nor is what came to be in the folder's place while the texts were read.
    asked.replace = false;
    asked.out = out("late");
    asked.progress = [&](const std::string&, double) { file("late/mine.txt", "mine"); };
    EXPECT_THAT(complaint_of(asked), HasSubstr("already"));
    EXPECT_EQ(read_file(folder_ / "late" / "mine.txt").or_throw(), "mine");
    fs::remove_all(folder_ / "late");
    EXPECT_EQ(read_file(folder_ / "other" / "mine.txt").or_throw(), "do not touch");
    EXPECT_THAT(left_in_folder(), ElementsAre("clean", "link", "other", "src"));
}

TEST_F(TextCuration, AResultOfPlainTextIsReadAsItWasWritten) {
    const std::string source = file("log.txt", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    CurationRequest asked = request({source}, {"whitespace"}, {{"documents", "line"}, {"format", "plain"}});
    asked.plan.plain = true;
    asked.out = out("plain");
    const CurationReport made = curate(asked).or_throw();
    EXPECT_EQ(made.dataset["format"], "plain");
    EXPECT_EQ(made.left(), 2);
    // What was dropped stands in the report, and not in clear beside the result.
    asked = request({file("post.txt", "write to cook@example.org\nanother line of text\n")},
                    {"length:min_characters=24", "personal_data"}, {{"documents", "line"}});
    asked.out = out("post");
    (void)curate(asked).or_throw();
    const std::string story = read_file(folder_ / "post" / "curation.json").or_throw();
    EXPECT_EQ(story.find("another line"), std::string::npos) << story;
}

TEST_F(TextCuration, NothingIsLeftBehind) {
    std::string lines;
    for (int i = 0; i < 2000; ++i) lines += words(static_cast<std::uint64_t>(i), 100) + "\n";
    const std::string source = file("x.txt", lines);
    CurationRequest asked = request({source}, {"length:min_characters=1000000"}, {{"documents", "line"}});
    asked.out = out();
    EXPECT_THAT(complaint_of(asked), testing::AllOf(HasSubstr("No document is left"), HasSubstr("the step length"),
                                                    HasSubstr("fewer than 1,000,000 characters")));
    asked.plan.steps = {curation_step("near_duplicates").or_throw()};
    std::stop_source stop;
    asked.stop = stop.get_token();
    asked.progress = [&](const std::string&, double done) {
        if (done > 0.3) stop.request_stop();
    };
    const auto stopped = curate(asked);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Error::Code::cancelled);
    asked.progress = {};
    asked.stop = {};
    asked.plan.keep = {"x"};
    asked.plan.plain = true;
    EXPECT_THAT(complaint_of(asked), HasSubstr("has no place in plain text"));
    EXPECT_THAT(left_in_folder(), ElementsAre("x.txt"));
}

TEST_F(TextCuration, PlansSayWhatIsWrongWithThem) {
    auto wrong = [](const char* json) {
        const auto plan = plan_of(Json::parse(json));
        if (!plan) return to_text(plan.error());
        const auto problems = check_plan(plan.value());
        return problems.empty() ? std::string("fine") : problems[0].path + ": " + problems[0].message;
    };
    EXPECT_THAT(wrong("[]"), HasSubstr("is a JSON object"));
    EXPECT_THAT(wrong(R"({"step": []})"), HasSubstr("steps"));
    EXPECT_THAT(wrong(R"({"data": {"paths": ["x"]}, "steps": []})"), HasSubstr("needs at least one step"));
    EXPECT_THAT(wrong(R"({"data": {"paths": ["x"]}, "steps": [{"kind": "lenght"}]})"), HasSubstr("\"length\""));
    EXPECT_THAT(wrong(R"({"data": {"paths": ["x"]}, "steps": [{"kind": "length", "min_characters": -1}]})"),
                HasSubstr("steps.1.min_characters"));
    EXPECT_THAT(wrong(R"({"data": {"paths": ["x"]}, "steps": ["length"]})"), HasSubstr("must be an object"));
    EXPECT_EQ(wrong(R"({"data": {"paths": ["x"]}, "steps": [{"kind": "length"}]})"), "fine");
    EXPECT_THAT(to_text(curation_step("length:min_chars=3").error()), HasSubstr("min_characters"));
    EXPECT_THAT(to_text(curation_step("near").error()), HasSubstr("There is no step"));
    for (const std::string& preset : curation_presets()) EXPECT_FALSE(preset_steps(preset).empty());
}

}  // namespace
}  // namespace gw::test
