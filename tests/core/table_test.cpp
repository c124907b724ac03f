#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>

#include "core/reading.h"
#include "data/dataset.h"
#include "data/prepare.h"
#include "data/tables/cell_texts.h"
#include "data/tables/typed_row.h"
#include "util/text.h"

// Tables of typed columns: how cells are read, what rows come to, and what is wrong with them.
namespace gw {
namespace {

using test::Reading;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string short_text(double value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

class TypedTables : public Reading {
  protected:
    Json table(const std::string& text, const Json& settings = Json::object(), const std::string& name = "a.csv") {
        Json changes = settings;
        changes["paths"] = {file(name, text)};
        return section("table", changes);
    }
    /// All rows in words, each with its label; or the error.
    std::vector<std::string> rows(const Json& dataset, ReadReport* told = nullptr) {
        std::vector<std::string> out;
        ReadReport report;
        const auto made = make_dataset(dataset).or_throw();
        const Status read = made->visit(
            [&](const Document& document) {
                std::string row = text_of(document);
                if (document.label)
                    row += " -> " + (made->labels() == LabelKind::number ? short_text(document.label->value)
                                                                         : document.label->classes.front());
                out.push_back(row);
                return true;
            },
            {}, {}, told ? told : &report);
        return read ? out : std::vector{to_text(read.error())};
    }
    std::string refusal(const std::string& text, const Json& settings = Json::object()) {
        const auto read = rows(table(text, settings));
        return read.empty() ? "" : read.front();
    }
    PrepareRequest request(const Json& dataset) {
        PrepareRequest out;
        out.dataset = dataset;
        out.split = find_kind(splits(), "tail")->complete({{"kind", "tail"}, {"validation", 0.25}, {"test", 0}});
        out.tokenizer = {{"kind", "none"}};
        out.cache = folder_ / "cache";
        return out;
    }
};

TEST_F(TypedTables, NumbersDatesAndWordsAreToldApart) {
    const std::string text = "age,sex,since,sort\n63,f,2024-01-31,old\n21.5,m,2024-02-01 12:30,young\n,f,,old\n";
    ReadReport report;
    EXPECT_THAT(rows(table(text), &report),
                ElementsAre("age 63  sex f  since 2024-01-31 -> old",
                            "age 21.5  sex m  since 2024-02-01 12:30 -> young", "age ?  sex f  since ? -> old"));
    EXPECT_EQ(report.label.name, "sort") << "the last, where no name tells";
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("\"age\" lacks 1 value"), HasSubstr("row 4"))));
    EXPECT_THAT(rows(table(text, {{"target", "age"}, {"labels", "number"}, {"columns", {"sex"}}}), &report),
                ElementsAre("sex f -> 63", "sex m -> 21.5"))
        << "a row without a target says nothing";
    EXPECT_THAT(rows(table(text, {{"labels", "none"}, {"missing", "drop"}, {"columns", {"1", "sex"}}})),
                ElementsAre("age 63  sex f", "age 21.5  sex m"));
    EXPECT_THAT(rows(table("a,target,b\n1,x,2\n3,y,4\n")), ElementsAre("a 1  b 2 -> x", "a 3  b 4 -> y"))
        << "a name of its own is found";
}

TEST_F(TypedTables, NumbersMayBeNames) {
    EXPECT_THAT(rows(table("post,y\n100,a\n200,b\n100,a\n", {{"categories", {"post"}}})),
                ElementsAre("post 100 -> a", "post 200 -> b", "post 100 -> a"));
}

TEST_F(TypedTables, JsonLinesAreRowsToo) {
    EXPECT_THAT(
        rows(table("{\"a\": 1.5, \"b\": \"x\", \"y\": true}\n{\"b\": null, \"a\": 2, \"y\": false}\n", {}, "a.jsonl")),
        ElementsAre("a 1.5  b x -> true", "a 2  b ? -> false"));
    EXPECT_THAT(rows(table("{\"a\": 1, \"y\": 2}\n{\"a\": 1, \"z\": 2}\n", {}, "b.jsonl")).front(),
                AllOf(HasSubstr("field \"z\""), HasSubstr("row 2")));
}

TEST_F(TypedTables, FaultsNameRowAndColumn) {
    EXPECT_THAT(refusal("a,y\n1,x\n2,x\n3,x\noops,x\n"), AllOf(HasSubstr("column of numbers"), HasSubstr("\"oops\""),
                                                               HasSubstr("column a"), HasSubstr("row 5")));
    EXPECT_THAT(refusal("a,y\n1,x\ninf,x\n2,x\n"), AllOf(HasSubstr("\"inf\""), HasSubstr("row 3")));
    EXPECT_THAT(refusal("a,y\n1,x\nnan,x\n2,x\n", {{"missing", "refuse"}}),
                AllOf(HasSubstr("missing"), HasSubstr("column a"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("a,y\n,x\n,x\n"), AllOf(HasSubstr("no value at all"), HasSubstr("column a")));
    EXPECT_THAT(refusal("a,y\n1,2\n2,z\n", {{"labels", "number"}}), AllOf(HasSubstr("target"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("a,y\n1,2\n2\n"), AllOf(HasSubstr("1 cells"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("a,y\n1,2\n", {{"target", "why"}}), HasSubstr("no column \"why\""));
    EXPECT_THAT(refusal("a,y\n1,2\n", {{"columns", {"a", "1"}}}), HasSubstr("named twice"));
    EXPECT_THAT(refusal("a,y\n1,2\n", {{"columns", {"a", "y"}}}), HasSubstr("to be learnt"));
    EXPECT_THAT(refusal("y\n1\n2\n"), HasSubstr("no column beside"));
    EXPECT_THAT(refusal("a,y\n"), HasSubstr("no row of values"));
    for (const char* sign : {"/", "-"}) {
        const std::string s = sign;
        EXPECT_THAT(refusal("d,y\n01" + s + "02" + s + "2024,a\n03" + s + "04" + s + "2024,b\n"),
                    HasSubstr("column d"));
    }
    EXPECT_THAT(refusal("d,y\n2024-01-01,a\n2024-13-01,b\n2024-03-01,a\n"),
                AllOf(HasSubstr("column d"), HasSubstr("row 3")));
    EXPECT_THAT(refusal("a;y\n1,5;x\n2,5;z\n"),
                AllOf(HasSubstr("decimal comma"), HasSubstr("column a"), HasSubstr("row 2")));
    EXPECT_THAT(refusal("a,label,label\n1,p,p\n2,q,q\n"), HasSubstr("Several columns"));
    std::string wide = "a0";
    for (int i = 1; i < 20000; ++i) wide += ",a" + std::to_string(i);
    EXPECT_THAT(refusal(wide + "\n1\n"), HasSubstr("20,000 columns"));
    std::string names = "name,y\n";
    for (int i = 0; i < 1200; ++i) names += "n" + std::to_string(i) + ",x\n";
    EXPECT_THAT(refusal(names),
                AllOf(HasSubstr("1,000 different words"), HasSubstr("column name"), HasSubstr("row 1,002")));
}

TEST_F(TypedTables, AWordFarDownAColumnOfNumbersIsFound) {
    std::string text = "a,y\n";
    for (int i = 0; i < 3000; ++i) text += std::to_string(i) + ",x\n";
    EXPECT_THAT(refusal(text + "soup,x\n"), AllOf(HasSubstr("\"soup\""), HasSubstr("row 3,002")));
}

TEST_F(TypedTables, TenThousandColumnsAreRead) {
    std::string head = "y", row;
    for (int i = 0; i < 10000; ++i) head += ",a" + std::to_string(i), row += "," + std::to_string(i % 10);
    const auto read = rows(table(head + "\n1" + row + "\n2" + row + "\n", {{"target", "y"}}));
    ASSERT_EQ(read.size(), 2U);
    EXPECT_THAT(read.front(), HasSubstr("a9999 9"));
}

TEST_F(TypedTables, WhatStandsOutIsTold) {
    std::string text = "a,b,y\n";
    for (int i = 0; i < 200; ++i) text += std::to_string(i % 5) + ",7," + (i % 2 ? "x\n" : "z\n");
    ReadReport report;
    (void)rows(table(text + "5000,7,x\n"), &report);
    EXPECT_THAT(report.warnings,
                Contains(AllOf(HasSubstr("\"a\" has 1 value far"), HasSubstr("5000"), HasSubstr("row 202"))));
    EXPECT_THAT(report.warnings, Contains(AllOf(HasSubstr("\"b\""), HasSubstr("one value alone"))));
}

TEST_F(TypedTables, RowsAreMeasuredByTheTrainingPart) {
    std::string text = "a,b,y\n";
    for (int i = 0; i < 30; ++i) text += std::to_string(i) + (i % 2 ? ",p,x\n" : ",q,z\n");
    for (int i = 0; i < 10; ++i) text += (i ? "1000" : "") + std::string(",r,x\n");  // of validation alone
    const PrepareRequest asked = request(table(text));
    for (const bool cached : {false, true}) {
        const PreparedData data = prepare_data(asked).or_throw();
        EXPECT_EQ(data.from_cache, cached);
        const TableInput& input = *data.input.table;
        ASSERT_EQ(input.columns.size(), 2U);
        EXPECT_DOUBLE_EQ(input.columns[0].mean, 14.5);
        EXPECT_NEAR(input.columns[0].deviation, std::sqrt((30.0 * 30.0 - 1) / 12), 1e-12);
        EXPECT_FALSE(input.columns[0].gaps) << "none is missing where it is learnt";
        EXPECT_THAT(input.columns[1].categories, ElementsAre("p", "q"));
        EXPECT_THAT(data.read.warnings,
                    Contains(AllOf(HasSubstr("no \"r\""), HasSubstr("row 32"), HasSubstr("10 rows"))));
        EXPECT_EQ(data.units(Part::train), 30);
        EXPECT_EQ(data.units(Part::validation), 10);
        const auto train = data.rows(Part::train, 1), held_out = data.rows(Part::validation, 1);
        const HostBatch first = train->rows({&data.train_examples.examples[1]});
        EXPECT_EQ(first.arrays.at(array::table).shape(), (std::vector<std::int64_t>{1, 3}));
        const float* values = first.arrays.at(array::table).values<float>();
        EXPECT_NEAR(values[0], (1 - 14.5) / input.columns[0].deviation, 1e-6);
        EXPECT_THAT(std::vector<float>(values + 1, values + 3), ElementsAre(1, 0));
        const HostBatch strange = held_out->rows({&data.validation_examples.examples[0]});
        values = strange.arrays.at(array::table).values<float>();
        EXPECT_THAT(std::vector<float>(values, values + 3), ElementsAre(0, 0, 0)) << "missing, and of no category";
        EXPECT_EQ(data.row_text(data.train_examples.examples[1]), "a 1  b p");
    }
}

TEST_F(TypedTables, NumbersThatCannotBeMeasuredAreNamed) {
    std::string text = "a,b,y\n";
    for (int i = 0; i < 40; ++i) text += std::string(i % 2 ? "1e300" : "-1e300") + ",1,x\n";
    EXPECT_THAT(to_text(prepare_data(request(table(text))).error()),
                AllOf(HasSubstr("too far apart"), HasSubstr("column a")));
}

TEST_F(TypedTables, WordsOfRowsThatAreLeftOutAreNoStrangers) {
    std::string text = "w,a,y\n";
    for (int i = 0; i < 40; ++i) text += (i == 5 ? std::string("odd,") : std::string("p,1")) + ",x\n";
    const PreparedData data = prepare_data(request(table(text, {{"missing", "drop"}}))).or_throw();
    EXPECT_THAT(data.read.warnings, Not(Contains(HasSubstr("odd"))));
}

TEST_F(TypedTables, AMissingNumberHasAMark) {
    std::string text = "a,y\n";
    for (int i = 0; i < 40; ++i) text += (i % 4 ? std::to_string(i % 3) : std::string("?")) + ",x\n";
    const PreparedData data = prepare_data(request(table(text, {{"labels", "none"}, {"columns", {"a"}}}))).or_throw();
    EXPECT_TRUE(data.input.table->columns[0].gaps);
    const auto rows = data.rows(Part::train, 1);
    const HostBatch two = rows->rows({&data.train_examples.examples[0], &data.train_examples.examples[1]});
    const float* values = two.arrays.at(array::table).values<float>();
    EXPECT_EQ(values[0], 0);
    EXPECT_EQ(values[1], 1);
    EXPECT_EQ(values[3], 0);
}

TEST_F(TypedTables, ATrainedModelMeetsItsOwnColumns) {
    std::string text = "a,b,y\n";
    for (int i = 0; i < 40; ++i) text += std::to_string(i) + (i % 2 ? ",p,x\n" : ",q,z\n");
    PrepareRequest asked = request(table(text));
    const PreparedData first = prepare_data(asked).or_throw();
    std::string other = "a,b,y\n";
    for (int i = 0; i < 40; ++i) other += std::to_string(100 + i) + (i % 2 ? ",q,x\n" : ",s,z\n");
    asked.dataset = table(other, {}, "b.csv");
    asked.input = first.input;
    const PreparedData second = prepare_data(asked).or_throw();
    EXPECT_EQ(second.input, first.input) << "measured as it was trained";
    const auto rows = second.rows(Part::train, 1);
    const HostBatch two = rows->rows({&second.train_examples.examples[0], &second.train_examples.examples[1]});
    const float* values = two.arrays.at(array::table).values<float>();
    EXPECT_THAT(std::vector<float>(values + 1, values + 3), ElementsAre(0, 0)) << "the model knows no s";
    EXPECT_THAT(std::vector<float>(values + 4, values + 6), ElementsAre(0, 1)) << "q stands where it stood";
    asked.dataset = table("b,a,y\np,1,x\nq,2,z\n", {}, "c.csv");
    asked.judge_only = true;
    const auto turned = prepare_data(asked);
    ASSERT_FALSE(turned);
    EXPECT_THAT(to_text(turned.error()), AllOf(HasSubstr("\"b\""), HasSubstr("made for \"a\"")));
    asked.dataset = table("a,b,y\n1,2,x\n2,3,z\n", {}, "d.csv");
    EXPECT_THAT(to_text(prepare_data(asked).error()),
                AllOf(HasSubstr("holds numbers"), HasSubstr("dataset.categories")));
}

TEST_F(TypedTables, TheSameRowInTwoPartsIsTold) {
    std::string text = "a,y\n";
    for (int i = 0; i < 30; ++i) text += std::to_string(i) + ",x\n";
    for (int i = 0; i < 10; ++i) text += std::to_string(2 * i) + ",x\n";
    const PreparedData data = prepare_data(request(table(text))).or_throw();
    EXPECT_EQ(data.leaks.pair("validation", "train")->exact, 10);
    EXPECT_EQ(data.leaks.pair("validation", "train")->example, "a 0");
}

TEST(TypedRow, IsReadAsPeopleWriteIt) {
    const std::vector<TableColumn> columns{
        {"age", {}, false}, {"age group", {"old", "young"}, false}, {"since", {}, true}};
    const auto read = [&](const std::string& text) { return typed_row(text, columns); };
    for (const char* text : {"age=63, age group=young, since=1970-01-03", "since: 1970-01-03\nage group young\nage 63",
                             "age 63  age group young  since 1970-01-03"})
        EXPECT_THAT(read(text).or_throw(), ElementsAre(63, 1, 2)) << text;
    const std::vector<TableColumn> odd{{"income, net", {}, false}, {"town", {"New York, NY"}, false}};
    EXPECT_THAT(typed_row("income, net=5\ntown=New York, NY", odd).or_throw(), ElementsAre(5, 0));
    EXPECT_TRUE(std::isnan(read("age=?, age group=old, since=1970-01-01").or_throw()[0]));
    EXPECT_THAT(to_text(read("age=63").error()), AllOf(HasSubstr("\"age group\", \"since\"")));
    EXPECT_THAT(to_text(read("age=63, age group=old, sinse=?").error()), HasSubstr("Did you mean \"since\""));
    EXPECT_THAT(to_text(read("age=old, age group=old, since=?").error()),
                AllOf(HasSubstr("\"old\""), HasSubstr("column age")));
    EXPECT_THAT(to_text(read("age=1, age group=ripe, since=?").error()), HasSubstr("\"old\", \"young\""));
    EXPECT_THAT(to_text(read("age=1, age=2").error()), HasSubstr("two values"));
    EXPECT_THAT(to_text(read("age=1, age group=old, since=2024").error()), HasSubstr("no date"));
}

TEST(DrawnCells, AreWhatTheValuesStandFor) {
    const TableInput input{
        {{"a", {}, 10, 2}, {"b", {"p", "q", "r"}}, {"c", {}, 5, 1, 0, 9, false, true}, {"d", {}, 365, 1, 0, 0, true}}};
    const std::vector<float> values{0.5F, 0.1F, 0.7F, 0.2F, 1.0F, 0.2F, 1.25F};
    EXPECT_THAT(cells_of(input, values), ElementsAre("11", "q", "6", "1971-01-02 06:00"));
    EXPECT_THAT(cells_of(input, std::vector<float>{0, 0, 0, 1, 0, 0.9F, 0}), ElementsAre("10", "r", "", "1971-01-01"));
    EXPECT_EQ(date_text(-0.5), "1969-12-31 12:00");
    EXPECT_EQ(date_text(1e9), "1e+09 days");
}

TEST(RingOfGaussians, HasTheModesThatItNames) {
    const DatasetKind& kind = *find_kind(datasets(), "gaussians");
    const auto rows = [&](const Json& settings, std::map<std::string, std::vector<std::vector<double>>>& out) {
        const auto dataset = kind.build(kind.complete(settings));
        dataset
            ->visit(
                [&](const Document& document) {
                    out[document.label->classes.front()].emplace_back(document.table->values.begin(),
                                                                      document.table->values.end());
                    return true;
                },
                {}, {})
            .or_throw();
    };
    std::map<std::string, std::vector<std::vector<double>>> ring;
    rows({{"modes", 8}, {"radius", 2}, {"deviation", 0.02}, {"rows", 16000}}, ring);
    ASSERT_EQ(ring.size(), 8U);
    for (const auto& [name, members] : ring) {
        EXPECT_NEAR(static_cast<double>(members.size()), 2000, 200) << name;
        double x = 0, y = 0, squares = 0;
        for (const auto& row : members)
            x += row[0] / static_cast<double>(members.size()), y += row[1] / static_cast<double>(members.size());
        for (const auto& row : members) squares += (row[0] - x) * (row[0] - x) / static_cast<double>(members.size());
        EXPECT_NEAR(std::hypot(x, y), 2, 0.01) << name;
        EXPECT_NEAR(std::sqrt(squares), 0.02, 0.002) << name;
    }
    std::map<std::string, std::vector<std::vector<double>>> line;
    rows({{"modes", 3}, {"radius", 5}, {"deviation", 0.001}, {"dimensions", 1}, {"rows", 300}}, line);
    for (const auto& [name, middle] : {std::pair{"mode 1", -5.0}, {"mode 2", 0.0}, {"mode 3", 5.0}})
        EXPECT_NEAR(line.at(name).front().front(), middle, 0.01);
    // Middles at random lie as far apart as the radius says, in all dimensions.
    std::map<std::string, std::vector<std::vector<double>>> random, other;
    const Json wide = {{"middles", "random"}, {"modes", 300}, {"radius", 5}, {"dimensions", 4}, {"rows", 6000}};
    rows(wide, random);
    EXPECT_EQ(random.size(), 300U);
    double sum = 0, squares = 0;
    for (const auto& [name, members] : random)
        for (const double value : members.front()) sum += value / 1200, squares += value * value / 1200;
    EXPECT_NEAR(sum, 0, 0.6);
    EXPECT_NEAR(std::sqrt(squares), 5, 0.4);
    for (const auto& [name, members] : random)
        EXPECT_NEAR(members.front()[3], members.back()[3], 0.2) << "of one mode: " << name;
    Json again = wide;
    again["seed"] = 2;
    rows(again, other);
    EXPECT_GT(std::abs(other.at("mode 1").front()[0] - random.at("mode 1").front()[0]), 0.2);
    const auto print = [&](const Json& settings) {
        return kind.build(kind.complete(settings))->fingerprint({}, {}).or_throw();
    };
    EXPECT_NE(print({{"middles", "random"}}), print({{"middles", "ring"}}));
    EXPECT_EQ(print({{"middles", "ring"}}), print(Json::object()));
}

TEST_F(TypedTables, MadeUpRowsAreSeenAsTheyAre) {
    PrepareRequest asked = request(section("gaussians", {{"modes", 1}, {"deviation", 3}, {"rows", 500}}));
    const PreparedData data = prepare_data(asked).or_throw();
    EXPECT_EQ(data.input.table->columns[0].deviation, 1);
    EXPECT_EQ(data.input.table->columns[0].mean, 0);
}

TEST(TableFacts, ThatNoDataHasAreLeftOut) {
    const TableInput sound{{{"a", {}, 1, 2, -3, 4, false, true}, {"b", {"p", "q"}}}};
    InputFacts facts;
    facts.table = sound;
    EXPECT_EQ(input_facts_of(to_json(facts)).table, sound);
    EXPECT_EQ(sound.values(), 4);
    for (const double deviation : {0.0, -1.0, std::nan("")}) {
        facts.table = sound;
        facts.table->columns[0].deviation = deviation;
        EXPECT_FALSE(input_facts_of(to_json(facts)).table);
    }
    facts.table = TableInput{};
    EXPECT_FALSE(input_facts_of(to_json(facts)).table);
}

}  // namespace
}  // namespace gw
