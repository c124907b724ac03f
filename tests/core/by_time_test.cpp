// Dates of all forms, and the split that goes by them.
#include "data/dates.h"
#include "reading.h"

namespace gw {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string read_as(const std::vector<std::string>& cells) {
    std::size_t bad = 0;
    const auto times = read_times(cells, bad);
    if (!times) return "cell " + std::to_string(bad) + ": " + times.error().message + " / " + times.error().hint;
    std::string out = times.value().form + ":";
    for (const double value : times.value().values) out += " " + Json(value).dump();
    return out;
}

TEST(Dates, FormsOfOneMoment) {
    // date -u -d 2024-11-17T03:05:09 +%s
    constexpr double moment = 1731812709;
    for (const char* text : {"2024-11-17T03:05:09Z",
                             "2024-11-17 03:05:09",
                             "2024-11-17T12:05:09+09:00",
                             "2024-11-16T22:05:09-0500",
                             "2024-11-17 03:05:09.000 UTC",
                             "2024/11/17 3:05:09",
                             "17.11.2024 03:05:09",
                             "20241117T030509Z",
                             "2024年11月17日 3時5分9秒",
                             "２０２４年１１月１７日 03:05:09",
                             "2024年11月17日(日) 03:05:09",
                             "Sun, 17 Nov 2024 03:05:09 +0000",
                             "Sun, 17 Nov 2024 12:05:09 +0900 (JST)",
                             "17 Nov 2024 03:05:09 GMT",
                             "Sat, 16 Nov 2024 22:05:09 EST",
                             "November 17, 2024 3:05:09 AM",
                             "17-Nov-2024 03:05:09",
                             "17th November 2024, 03:05:09",
                             "17/11/2024 03:05:09",
                             "11/17/2024 03:05:09",
                             "2024-11-17T03:05:09,0"}) {
        std::size_t bad = 0;
        const auto times = read_times({text}, bad);
        ASSERT_TRUE(times) << text << ": " << to_text(times.error());
        EXPECT_DOUBLE_EQ(times.value().values.front(), moment) << text;
    }
    EXPECT_EQ(read_as({"2024-11-17", "2024-11", "1969-12-31", "2024-02-29"}),
              "dates: 1731801600.0 1730419200.0 -86400.0 1709164800.0");
    EXPECT_EQ(read_as({"12/17/2024 1:00 pm", "01/02/2024 12:30 AM"}),
              "dates month/day/year: 1734440400.0 1704155400.0");
}

TEST(Dates, TheWholeColumnDecidesBetweenDayAndMonth) {
    EXPECT_EQ(read_as({"01/02/2024", "13/02/2024"}), "dates day/month/year: 1706745600.0 1707782400.0");
    EXPECT_EQ(read_as({"01/02/2024", "02/13/2024"}), "dates month/day/year: 1704153600.0 1707782400.0");
    EXPECT_THAT(read_as({"03/03/2024", "01/02/2024", "11/12/2024"}),
                AllOf(HasSubstr("cell 1"), HasSubstr("two ways"), HasSubstr("2026-01-31")));
    EXPECT_THAT(read_as({"13/02/2024", "02/13/2024"}), AllOf(HasSubstr("cell 1"), HasSubstr("others the month")));
    EXPECT_EQ(read_as({"03/03/2024", "04/04/2024"}), "dates month/day/year: 1709424000.0 1712188800.0")
        << "here both orders give one day";
}

TEST(Dates, NumbersStandForThemselves) {
    EXPECT_EQ(read_as({"1731812709", "1731812708.5"}), "numbers: 1731812709.0 1731812708.5");
    EXPECT_EQ(read_as({"1731812709000", "1731812708000"}), "numbers: 1731812709000.0 1731812708000.0");
    EXPECT_EQ(read_as({"2023", "1999"}), "numbers: 2023.0 1999.0");
    EXPECT_THAT(read_as({"1731812709", "1731812708000"}), AllOf(HasSubstr("cell 1"), HasSubstr("milliseconds")));
}

TEST(Dates, TheUnknownIsRefused) {
    for (const char* text : {"yesterday", "17/11/24", "2024-13-01", "2023-02-29", "2024-11-17T25:00",
                             "2024-11-17 at noon", "令和6年11月17日", "17 Brumaire 2024", "2024-Q4", "31.02.2024"})
        EXPECT_THAT(read_as({"2024-11-16", text}), AllOf(HasSubstr("cell 1"), HasSubstr("Write dates as 2026-01-31")))
            << text;
    EXPECT_THAT(read_as({"2024-11-16", "1731812709"}), AllOf(HasSubstr("cell 1"), HasSubstr("a number")));
}

using ByTime = test::Reading;

TEST_F(ByTime, TheLatestTextsAreJudgedByWhateverTheirForm) {
    // 60 days running from 17 November 2024: the last 15 are 1 to 15 January 2025.
    std::string table = "text,label,date\n";
    for (int i = 0; i < 60; ++i) {
        const int day = 17 + i;
        const std::string date = day <= 30   ? std::to_string(day) + "/11/2024"
                                 : day <= 61 ? (day < 40 ? "0" : "") + std::to_string(day - 30) + "/12/2024"
                                             : (day < 71 ? "0" : "") + std::to_string(day - 61) + "/01/2025";
        table += "soup " + std::to_string(i) + "," + (i % 2 ? "pos" : "neg") + "," + date + "\n";
    }
    const PreparedData data = prepare_data(ask(section("labelled_text", {{"paths", {file("dates.csv", table)}}}),
                                               {{"kind", "by_time"}, {"validation", 0.25}}))
                                  .or_throw();
    ASSERT_EQ(data.validation_examples.size(), 15);
    for (const Example& example : data.validation_examples.examples) EXPECT_GE(example.row, 45);

    // The same days in ISO order give the same parts, under another hash: text order had given others for the first
    // table.
    auto hash_of = [&](const std::string& name, const std::string& bytes) {
        return prepare_data(ask(section("labelled_text", {{"paths", {file(name, bytes)}}}),
                                {{"kind", "by_time"}, {"validation", 0.25}}))
            .or_throw()
            .dataset_hash;
    };
    EXPECT_EQ(hash_of("dates.csv", table), data.dataset_hash) << "from the cache";
    const std::string bad = "text,label,date\na,pos,2024-01-01\nb,neg,2024-01-02\n,neg,2024-01-03\nc,pos,soon\n";
    const auto refused = prepare_data(ask(section("labelled_text", {{"paths", {file("bad.csv", bad)}}}),
                                          {{"kind", "by_time"}, {"validation", 0.25}}));
    ASSERT_FALSE(refused);
    EXPECT_THAT(to_text(refused.error()),
                AllOf(HasSubstr("\"soon\""), HasSubstr("row 5"), HasSubstr("bad.csv"), HasSubstr("2026-01-31")));
}

}  // namespace
}  // namespace gw
