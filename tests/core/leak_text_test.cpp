// Copies between the parts of a dataset, and equal texts with different labels.
#include "data/leak_check.h"
#include "data/text/near_text.h"
#include "reading.h"

namespace gw {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(NearText, LeavesOutWhatNearCopiesDifferBy) {
    EXPECT_EQ(near_text("  Good,  FILM!\n"), "good film");
    EXPECT_EQ(near_text("Ｇｏｏｄ　ｆｉｌｍ"), "good film");
    EXPECT_EQ(near_text("Stra\xc3\x9f"
                        "e"),
              near_text("STRASSE"));
    EXPECT_EQ(near_text("cafe\xcc\x81"), near_text("caf\xc3\xa9"));
    EXPECT_EQ(near_text("スープ「良い」。"), near_text("ｽｰﾌﾟ良い"));
    EXPECT_NE(near_text("C++"), near_text("C"));
    EXPECT_EQ(near_text("?!"), "?!");
}

using Leaks = test::Reading;

TEST_F(Leaks, EveryPairOfPartsIsTold) {
    file("t/train.csv", "text,label\nthe soup was cold,neg\nthe soup was warm,pos\nall was fine,pos\n");
    file("t/valid.csv", "text,label\nThe soup was COLD!,neg\nall was fine,pos\nnew to all,pos\n");
    file("t/test.csv", "text,label\nnew to all,pos\nthe soup was warm,neg\nthe soup  was cold,neg\nno copy,pos\n");
    const Json split = {{"kind", "by_file"}, {"test", {"*test*"}}};
    for (const bool cached : {false, true}) {
        const PreparedData data =
            prepare_data(ask(section("labelled_text", {{"paths", {(folder_ / "t").string()}}}), split)).or_throw();
        EXPECT_EQ(data.from_cache, cached);
        ASSERT_EQ(data.leaks.pairs.size(), 3U);
        const auto *validation = data.leaks.pair("validation", "train"), *test = data.leaks.pair("test", "train"),
                   *both = data.leaks.pair("test", "validation");
        ASSERT_TRUE(validation && test && both);
        EXPECT_EQ(std::tuple(validation->checked, validation->exact, validation->near), std::tuple(3, 1, 1));
        EXPECT_EQ(std::tuple(test->checked, test->exact, test->near), std::tuple(4, 1, 1));
        EXPECT_EQ(std::tuple(both->exact, both->near), std::tuple(1, 1));
        EXPECT_EQ(test->example, "the soup was warm");
        EXPECT_EQ(test->example_at, (FilePlace{"test.csv", 3}));
        EXPECT_EQ(test->example_within_at, (FilePlace{"train.csv", 3}));
        EXPECT_EQ(data.leaks.conflicts, 1);
        EXPECT_EQ(data.leaks.conflict_example, "the soup was warm");
        const auto texts = leak_texts(data.leaks);
        ASSERT_EQ(texts.size(), 4U);
        EXPECT_THAT(texts, Contains(AllOf(HasSubstr("2 of 4 test texts also stand in the training part"),
                                          HasSubstr("1 word for word"), HasSubstr("1 but for case"))));
        EXPECT_THAT(texts, Contains(AllOf(HasSubstr("1 text stands several times in the data with different labels"),
                                          HasSubstr("row 3 of test.csv"))));
        EXPECT_EQ(to_json(leak_report_of(to_json(data.leaks))), to_json(data.leaks));
    }
}

TEST_F(Leaks, LongTextsAreComparedLineByLine) {
    std::string one, two;
    for (int i = 0; i < 100; ++i) {
        one += "This is line number " + std::to_string(i) + " of the first of two long texts\n";
        two += "This is line number " + std::to_string(i) + " of the second of two long texts\n";
    }
    const std::string shared = "Here stands a line that both of the long texts have.\n";
    file("l/train.txt", one + shared);
    file("l/valid.txt", shared + two);
    const PreparedData data =
        prepare_data(ask(section("text_files", {{"paths", {(folder_ / "l").string()}}}), {{"kind", "by_file"}}))
            .or_throw();
    const auto* pair = data.leaks.pair("validation", "train");
    ASSERT_NE(pair, nullptr);
    EXPECT_EQ(std::pair(pair->checked, pair->exact), std::pair(std::int64_t{101}, std::int64_t{1}));
    EXPECT_EQ(pair->example + "\n", shared);
}

TEST_F(Leaks, VeryManyTextsAreComparedByAShare) {
    LeakCheck check(/*most=*/1000);
    Label label;
    for (const Part part : {Part::train, Part::validation})
        for (int i = 0; i < 4000; ++i) {
            const std::string text =
                "text number " + std::to_string(i) + (part == Part::train || i % 2 ? "" : " of validation alone");
            check.add(part, text, Document{text, "x", i, &label});
        }
    const LeakReport report = check.report();
    const auto* pair = report.pair("validation", "train");
    ASSERT_NE(pair, nullptr);
    EXPECT_LT(report.looked_at, 0.2);
    EXPECT_LT(pair->checked, 1000);
    EXPECT_NEAR(static_cast<double>(pair->exact) / static_cast<double>(pair->checked), 0.5, 0.12);
}

TEST_F(Leaks, NoCopiesMeanNoWord) {
    const PreparedData data =
        prepare_data(
            ask(section("labelled_text", {{"paths", {file("a.csv", test::soup_table(40, ",", "text,label"))}}}),
                {{"kind", "stratified"}, {"validation", 0.2}}))
            .or_throw();
    EXPECT_THAT(leak_texts(data.leaks), IsEmpty());
    EXPECT_EQ(data.leaks.pairs.size(), 1U);
}

}  // namespace
}  // namespace gw
