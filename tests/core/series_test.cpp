#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/reading.h"
#include "data/dataset.h"
#include "data/prepare.h"
#include "data/series/series_table.h"
#include "data/series/windows.h"
#include "data/split.h"

// Tables of values over time, and the windows that are cut from them.
namespace gw {
namespace {

using test::Reading;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Result<SeriesTable> read(const std::string& text, const SeriesReading& reading = {}, ReadReport* told = nullptr) {
    ReadReport report;
    return read_series(text, "a.csv", reading, told ? *told : report);
}
std::string refusal(const std::string& text, const SeriesReading& reading = {}) {
    const auto table = read(text, reading);
    return table ? "none" : to_text(table.error());
}

TEST(SeriesTable, NamesTimesAndValuesAreFound) {
    const auto table = read("date,load,price\n2024-01-01 00:00,1,2.5\n2024-01-01 01:00,2,-3e2\n").or_throw();
    EXPECT_THAT(table.columns, ElementsAre("load", "price"));
    EXPECT_THAT(table.values, ElementsAre(1, 2.5, 2, -300));
    EXPECT_THAT(table.times, ElementsAre("2024-01-01 00:00", "2024-01-01 01:00"));
    EXPECT_THAT(table.places, ElementsAre(2, 3));
    const auto bare = read("1\t2\n3\t4\n", {.columns = {"2"}}).or_throw();
    EXPECT_THAT(bare.columns, ElementsAre("column 2"));
    EXPECT_THAT(bare.values, ElementsAre(2, 4));
    EXPECT_THAT(read("a;b\n1;2\n", {.rows = 1}).or_throw().values, ElementsAre(1, 2));
}

TEST(SeriesTable, NamesMayBeNumbersAndTheFirstRowMayLackValues) {
    EXPECT_THAT(read("day,2019,2020\n2024-01-01,1,2\n2024-01-02,3,4\n").or_throw().columns,
                ElementsAre("2019", "2020"));
    EXPECT_THAT(read("x,1\n5,6\n", {.rows = 1}).or_throw().values, ElementsAre(5, 6));
    const auto bare = read("a,1\na,2\n", {.columns = {"2"}}).or_throw();
    EXPECT_THAT(bare.values, ElementsAre(1, 2)) << "a word that every row has makes no header";
    EXPECT_THAT(read("1,2\n3,4\n", {.rows = 1}).or_throw().values, ElementsAre(1, 2));
    EXPECT_THAT(read("1,2\n").or_throw().values, ElementsAre(1, 2));
}

TEST(SeriesTable, AModelsColumnsAreTakenInNoOtherOrder) {
    const SeriesInput model{4, 2, {"a", "b"}, {0, 0}, {1, 1}};
    EXPECT_TRUE(same_columns(model, {"a", "b"}));
    EXPECT_TRUE(same_columns(model, {"c", "d"})) << "other series of the same sort";
    EXPECT_THAT(to_text(same_columns(model, {"b", "a"}).error()), HasSubstr("another order"));
    EXPECT_THAT(to_text(same_columns(model, {"a"}).error()), HasSubstr("2 columns"));
}

TEST(SeriesTable, FactsThatNoDataHasAreLeftOut) {
    const SeriesInput sound{4, 2, {"a"}, {0}, {1}};
    EXPECT_TRUE(input_facts_of(to_json(InputFacts{std::nullopt, std::nullopt, sound})).series);
    for (const auto& change : std::vector<std::function<void(SeriesInput&)>>{
             [](SeriesInput& s) { s.look_back = 0; }, [](SeriesInput& s) { s.horizon = std::int64_t{1} << 40; },
             [](SeriesInput& s) { s.mean.push_back(0); }, [](SeriesInput& s) { s.deviation = {0}; },
             [](SeriesInput& s) { s.columns.clear(); }}) {
        SeriesInput unsound = sound;
        change(unsound);
        EXPECT_FALSE(input_facts_of(to_json(InputFacts{std::nullopt, std::nullopt, unsound})).series);
    }
}

TEST(SeriesTable, FaultsNameRowAndColumn) {
    EXPECT_THAT(refusal("t,load\n2024-01-02,1\n2024-01-01,2\n"),
                AllOf(HasSubstr("before"), HasSubstr("row 3"), HasSubstr("column t")));
    EXPECT_THAT(refusal("t,load\n2024-01-02,1\n2024-01-02,2\n"), AllOf(HasSubstr("twice"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("t,load\n2024-01-02,1\n2024-01-03,\n"),
                AllOf(HasSubstr("missing"), HasSubstr("column load"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("load\n1\ninf\n"), AllOf(HasSubstr("no finite number"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("load,word\n1,2\n2,soup\n"), AllOf(HasSubstr("\"soup\""), HasSubstr("column word")));
    EXPECT_THAT(refusal("load,load\n1,2\n", {.columns = {"load"}}), HasSubstr("Several columns"));
    EXPECT_THAT(refusal("load,lead\n1,2\n", {.columns = {"laod"}}), HasSubstr("Did you mean \"load\""));
    EXPECT_THAT(refusal("load,lead\n1,2\n", {.columns = {"load", "1"}}), HasSubstr("named twice"));
    EXPECT_THAT(refusal("load\n"), HasSubstr("no row of values"));
    EXPECT_THAT(refusal("load,x\n1,na\n2,NaN\n", {.missing = "linear"}), HasSubstr("no value at all"));
    std::string wide = "a";
    for (int i = 0; i < 10000; ++i) wide += ",b" + std::to_string(i);
    EXPECT_THAT(refusal(wide + "\n1\n"), HasSubstr("10,001 columns"));
    EXPECT_THAT(refusal("a,b\n1,2\n3\n"), AllOf(HasSubstr("1 cells"), HasSubstr("row 3")));
}

TEST(SeriesTable, MissingValuesAreFilledAsAsked) {
    EXPECT_THAT(
        read("x,y\nna,1\n2,1\n?,1\nNaN,1\n8,1\n,1\n", {.columns = {"x"}, .missing = "previous"}).or_throw().values,
        ElementsAre(2, 2, 2, 2, 8, 8));
    ReadReport report;
    EXPECT_THAT(read("x,y\nna,1\n2,1\n?,1\nNaN,1\n8,1\n,1\n", {.columns = {"x"}, .missing = "linear"}, &report)
                    .or_throw()
                    .values,
                ElementsAre(2, 2, 4, 6, 8, 8));
    EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("4 missing values")));
}

TEST(SeriesTable, GapsAreTold) {
    ReadReport report;
    (void)read("t,x\n2024-01-01,1\n2024-01-02,1\n2024-01-03,1\n2024-01-07,1\n", {}, &report).or_throw();
    EXPECT_THAT(report.warnings, ElementsAre(AllOf(HasSubstr("1 gap"), HasSubstr("row 5"))));
    ReadReport months;
    (void)read("t,x\n2024-01-01,1\n2024-02-01,1\n2024-03-01,1\n2024-04-01,1\n", {}, &months).or_throw();
    EXPECT_TRUE(months.warnings.empty()) << "months are of several lengths";
}

TEST_F(Reading, WindowsAreCutPartByPart) {
    std::string rows = "x,y\n";
    for (int i = 0; i < 100; ++i) rows += std::to_string(i) + "," + std::to_string(i % 7) + "\n";
    const std::string path = file("a.csv", rows);
    PrepareRequest request;
    request.dataset = section("series", {{"paths", {path}}, {"look_back", 10}, {"horizon", 5}});
    request.split = find_kind(splits(), "tail")->complete({{"kind", "tail"}, {"validation", 0.2}, {"test", 0.2}});
    request.tokenizer = {{"kind", "none"}};
    request.cache = (folder_ / "cache");
    for (const bool cached : {false, true}) {
        const PreparedData data = prepare_data(request).or_throw();
        EXPECT_EQ(data.from_cache, cached);
        // 60 rows to train on: targets begin at 10 to 55; of the others, which look back into the part before, 20 - 5
        // + 1.
        EXPECT_EQ(data.train_examples.size(), 46);
        EXPECT_EQ(data.validation_examples.size(), 16);
        EXPECT_EQ(data.test_examples.size(), 16);
        EXPECT_EQ(data.units(Part::train), 46);
        const SeriesInput& input = *data.input.series;
        EXPECT_DOUBLE_EQ(input.mean[0], 29.5);
        EXPECT_NEAR(input.deviation[0], std::sqrt((60.0 * 60.0 - 1) / 12), 1e-9);
        const auto windows = data.rows(Part::test, 1);
        const HostBatch batch = windows->rows({&data.test_examples.examples.front()});
        EXPECT_EQ(batch.arrays.at(array::series).shape(), (std::vector<std::int64_t>{1, 10, 2}));
        EXPECT_NEAR(batch.arrays.at(array::series).values<float>()[0], (70 - 29.5) / input.deviation[0], 1e-5);
        EXPECT_NEAR(batch.arrays.at(array::future).values<float>()[0], (80 - 29.5) / input.deviation[0], 1e-5);
        EXPECT_EQ(data.test_examples.where(data.test_examples.examples.front()).front(), "row 82");
    }
    request.dataset["whole_batches"] = 5;
    EXPECT_EQ(prepare_data(request).or_throw().test_examples.size(), 15);
    request.dataset["horizon"] = 30;
    const auto refused = prepare_data(request);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("validation"), HasSubstr("30 to be forecast")));
}

/// Forty rows of a value, with a state at every row but those before the tenth.
std::string states() {
    std::string rows = "time,load,state\n";
    for (int i = 0; i < 40; ++i)
        rows += "2024-02-01 00:" + std::string(i < 10 ? "0" : "") + std::to_string(i) + "," + std::to_string(i) + "," +
                (i < 10  ? ""
                 : i % 2 ? "on"
                         : "off") +
                "\n";
    return rows;
}

TEST_F(Reading, AWindowEndsWithTheRowThatHasItsLabel) {
    std::string rows = "load,state\n";
    for (int i = 0; i < 60; ++i) rows += std::to_string(i) + "," + (i % 3 == 0 ? "" : i % 3 == 1 ? "on" : "off") + "\n";
    PrepareRequest request;
    request.dataset = section("series", {{"paths", {file("a.csv", rows)}}, {"look_back", 10}, {"labels", "class"}});
    request.split = find_kind(splits(), "tail")->complete({{"kind", "tail"}, {"validation", 0.5}});
    request.tokenizer = {{"kind", "none"}};
    request.cache = (folder_ / "cache");
    for (const bool cached : {false, true}) {
        const PreparedData data = prepare_data(request).or_throw();
        EXPECT_EQ(data.from_cache, cached);
        EXPECT_THAT(data.read.warnings, testing::Contains("20 rows have no label: no window ends there"));
        EXPECT_EQ(data.read.label.name, "state");
        const SeriesInput& input = *data.input.series;
        EXPECT_THAT(input.columns, ElementsAre("load"));
        EXPECT_EQ(input.horizon, 0);
        // Rows 10, 11, 13, 14 ... 29 of the first half: all that have nine rows before them and a label.
        ASSERT_EQ(data.train_examples.size(), 14);
        EXPECT_EQ(data.validation_examples.size(), 20);
        EXPECT_THAT(data.train_examples.classes, ElementsAre("off", "on"));
        const Example& first = data.train_examples.examples.front();
        EXPECT_THAT(data.train_examples.where(first), ElementsAre("row 12", "file a.csv"));
        EXPECT_THAT(first.classes, ElementsAre(1));
        const HostBatch batch = data.rows(Part::train, 1)->rows({&first});
        const HostArray& past = batch.arrays.at(array::series);
        EXPECT_EQ(past.shape(), (std::vector<std::int64_t>{1, 10, 1}));
        EXPECT_NEAR(past.values<float>()[0] * input.deviation[0] + input.mean[0], 1, 1e-4);
        EXPECT_NEAR(past.values<float>()[9] * input.deviation[0] + input.mean[0], 10, 1e-4) << "its own row is seen";
        EXPECT_EQ(batch.arrays.count(array::future), 0U);
        EXPECT_EQ(data.row_text(first), "load 10.0000");
    }
    request.dataset["stride"] = 3;
    EXPECT_EQ(prepare_data(request).or_throw().train_examples.size(), 7);
    request.dataset["stride"] = 1;
    request.dataset["labels"] = "number";
    const auto words = prepare_data(request);
    ASSERT_FALSE(words);
    EXPECT_THAT(to_text(words.error()), AllOf(HasSubstr("no finite number: \"on\""), HasSubstr("row 3"),
                                              HasSubstr("column state"), HasSubstr("file a.csv")));
    request.dataset["labels"] = "class";
    request.dataset["look_back"] = 50;
    const auto refused = prepare_data(request);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("train part holds no row with a label and 49 rows before it"));
}

TEST_F(Reading, TheTargetIsNoColumnOfValuesAndNoTime) {
    const std::string table = file("a.csv", states());
    const Json good = {{"paths", {table}}, {"look_back", 2}, {"labels", "class"}};
    const auto with = [&](const Json& change) {
        Json all = good;
        all.update(change);
        return complaint("series", all);
    };
    EXPECT_THAT(with({{"columns", {"load", "state"}}}), HasSubstr("give the answer away"));
    EXPECT_THAT(with({{"target", "time"}}), HasSubstr("that of the times"));
    EXPECT_THAT(with({{"target", "stat"}}), HasSubstr("Did you mean \"state\""));
    EXPECT_THAT(with(Json::object()), HasSubstr("\"|off\"")) << "found as the last";
    EXPECT_THAT(with({{"labels", "number"}, {"target", "load"}, {"missing", "previous"}}),
                AllOf(HasSubstr("no finite number"), HasSubstr("column state")))
        << "words cannot be learnt from";
}

TEST_F(Reading, EachFileOfLabelledWindowsCountsItsStrideAnew) {
    for (const char* name : {"a.csv", "b.csv", "c.csv"}) {
        std::string rows = "load,state\n";
        for (int i = 0; i < 30; ++i) rows += std::to_string(i) + (i % 2 ? ",on\n" : ",off\n");
        file(std::string("in/") + name, rows);
    }
    PrepareRequest request;
    request.dataset = section(
        "series", {{"paths", {(folder_ / "in").string()}}, {"look_back", 8}, {"stride", 50}, {"labels", "class"}});
    request.split = find_kind(splits(), "tail")->complete({{"kind", "tail"}, {"validation", 0.5}});
    request.tokenizer = {{"kind", "none"}};
    request.cache = (folder_ / "cache");
    EXPECT_EQ(prepare_data(request).or_throw().train_examples.size(), 3);
    file("in/b.csv", "load,quality\n1,2\n2,3\n");
    const auto other = prepare_data(request);
    ASSERT_FALSE(other) << "what is learnt must be one thing";
    EXPECT_THAT(to_text(other.error()), AllOf(HasSubstr("other columns"), HasSubstr("b.csv")));
}

TEST(Adding, TheLabelIsTheSumOfTheTwoMarked) {
    const DatasetKind& kind = *find_kind(datasets(), "adding");
    const auto dataset = kind.build(kind.complete({{"length", 7}, {"sequences", 200}}));
    EXPECT_EQ(dataset->windows().look_back, 7);
    EXPECT_EQ(dataset->windows().horizon, 0);
    double sum = 0, all = 0, squares = 0;
    std::int64_t marks = 0, at = 0, labels = 0;
    dataset
        ->visit(
            [&](const Document& row) {
                const bool marked = row.series->values[1] == 1;
                const std::int64_t within = at++ % 7;
                if (marked) {
                    EXPECT_EQ(++marks, within < 3 ? 1 : 2) << "one in each half";
                    sum += row.series->values[0];
                }
                EXPECT_EQ(row.label != nullptr, within == 6);
                if (!row.label) return true;
                EXPECT_EQ(marks, 2);
                EXPECT_DOUBLE_EQ(row.label->value, sum);
                all += sum, squares += sum * sum, ++labels;
                sum = 0, marks = 0;
                return true;
            },
            {}, {})
        .or_throw();
    ASSERT_EQ(labels, 200);
    const double mean = all / 200, variance = squares / 200 - mean * mean;
    EXPECT_NEAR(mean, 1, 0.1);
    EXPECT_NEAR(variance, 1.0 / 6, 0.04) << "what is left to one who says the mean";
}

TEST_F(Reading, EachFileIsASeriesOfItsOwn) {
    for (const char* name : {"a.csv", "b.csv"}) {
        std::string rows = "x\n";
        for (int i = 0; i < 40; ++i) rows += std::to_string(i) + "\n";
        file(std::string("in/") + name, rows);
    }
    PrepareRequest request;
    request.dataset = section("series", {{"paths", {(folder_ / "in").string()}}, {"look_back", 10}, {"horizon", 5}});
    request.split = find_kind(splits(), "tail")->complete({{"kind", "tail"}, {"validation", 0.5}});
    request.tokenizer = {{"kind", "none"}};
    request.cache = (folder_ / "cache");
    const PreparedData data = prepare_data(request).or_throw();
    EXPECT_EQ(data.train_examples.size(), 12) << "each is cut by itself, and looks back at itself alone";
    EXPECT_EQ(data.validation_examples.size(), 32);
    file("in/b.csv", "y\n1\n2\n");
    const auto other = prepare_data(request);
    ASSERT_FALSE(other);
    EXPECT_THAT(to_text(other.error()), AllOf(HasSubstr("other columns"), HasSubstr("b.csv")));
}

TEST_F(Reading, APartThatIsTooShortForAWindowIsNamed) {
    std::string rows = "x\n";
    for (int i = 0; i < 60; ++i) rows += std::to_string(i) + "\n";
    file("a.csv", rows);
    PrepareRequest request;
    request.dataset = section("series", {{"paths", {(folder_ / "a.csv").string()}}, {"look_back", 10}, {"horizon", 5}});
    request.split = find_kind(splits(), "tail")->complete({{"kind", "tail"}, {"validation", 0.3}, {"test", 0.05}});
    request.tokenizer = {{"kind", "none"}};
    request.cache = (folder_ / "cache");
    const auto data = prepare_data(request);
    ASSERT_FALSE(data);
    EXPECT_THAT(to_text(data.error()), AllOf(HasSubstr("test part holds no window"), HasSubstr("look_back")));
}

TEST_F(Reading, SeriesCanBeStoppedWithinAFile) {
    file("a.csv", "x\n1\n2\n3\n");
    const auto data =
        make_dataset(section("series", {{"paths", {(folder_ / "a.csv").string()}}, {"look_back", 1}, {"horizon", 1}}))
            .or_throw();
    std::stop_source stop;
    std::int64_t seen = 0;
    const Status read = data->visit(
        [&](const Document& row) {
            ++seen;
            EXPECT_EQ(text_of(*row.series), "x 1.00000");
            return stop.request_stop();
        },
        {}, stop.get_token());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Error::Code::cancelled);
    EXPECT_EQ(seen, 1);
}

std::vector<double> values_of(const Json& settings) {
    const DatasetKind& kind = *find_kind(datasets(), "ar_process");
    const auto dataset = kind.build(kind.complete(settings));
    std::vector<double> out;
    dataset
        ->visit(
            [&](const Document& document) {
                out.push_back(document.series->values[0]);
                return true;
            },
            {}, {})
        .or_throw();
    return out;
}

TEST(ArProcess, KeepsWhatItsCoefficientsSay) {
    const std::vector<double> x = values_of({{"coefficients", "0.6, 0.3"}, {"noise", 2}, {"rows", 40000}});
    ASSERT_EQ(x.size(), 40000U);
    // Least squares of each value by the two before it.
    double aa = 0, ab = 0, bb = 0, ya = 0, yb = 0, yy = 0;
    for (std::size_t t = 2; t < x.size(); ++t) {
        const double a = x[t - 1], b = x[t - 2], y = x[t];
        aa += a * a, ab += a * b, bb += b * b, ya += y * a, yb += y * b, yy += y * y;
    }
    const double det = aa * bb - ab * ab, first = (ya * bb - yb * ab) / det, second = (yb * aa - ya * ab) / det;
    EXPECT_NEAR(first, 0.6, 0.02);
    EXPECT_NEAR(second, 0.3, 0.02);
    const double left = (yy - first * ya - second * yb) / static_cast<double>(x.size());
    EXPECT_NEAR(left, 4, 0.1) << "what nobody can forecast is the noise";
    EXPECT_EQ(values_of({{"rows", 50}}), values_of({{"rows", 50}}));
    EXPECT_NE(values_of({{"rows", 50}}), values_of({{"rows", 50}, {"seed", 2}}));
}

TEST(ArProcess, OneThatGrowsWithoutEndIsRefused) {
    const DatasetKind& kind = *find_kind(datasets(), "ar_process");
    for (const char* bad : {"1", "1.01", "0.6, 0.5", "a", "", "0.5,,0.1", "-1.2"}) {
        const auto problems = kind.check(kind.complete({{"coefficients", bad}}), "dataset");
        ASSERT_EQ(problems.size(), 1U) << bad;
        EXPECT_EQ(problems[0].path, "dataset.coefficients");
    }
    for (const char* good : {"0.6, 0.3", "0.9", "-0.9", "1.2, -0.5", "0"})
        EXPECT_TRUE(kind.check(kind.complete({{"coefficients", good}}), "dataset").empty()) << good;
}

}  // namespace
}  // namespace gw
