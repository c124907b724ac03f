#include <algorithm>
#include <cmath>

#include "core/cli_fixture.h"
#include "data/column_survey.h"
#include "data/preview.h"
#include "util/rng.h"

// What is said of the columns of tables and series, against plain sums.
namespace gw {
namespace {

ColumnSurvey columns_of(const Json& section) {
    return inspect_dataset(section, 2, 100, 100000, {}).or_throw().columns.value();
}

class ColumnsTest : public CliTest {
  protected:
    /// A number, one that goes with it, one with gaps, dates, words; and the target, a number.
    std::string mixed() {
        Rng rng(3);
        std::string rows = "size,weight,age,born,kind,price\n";
        for (int i = 0; i < 500; ++i) {
            const double size = rng.normal();
            const double weight = 2 * size + 0.5 * rng.normal();
            sizes_.push_back(size), weights_.push_back(weight);
            ages_.push_back(i % 5 == 0 ? NAN : static_cast<double>(i % 7));
            rows += exact_number(size) + "," + exact_number(weight) + "," + (i % 5 == 0 ? "" : std::to_string(i % 7)) +
                    ",2024-01-" + (i % 9 < 9 ? "0" : "") + std::to_string(1 + i % 9) + "," +
                    (i % 10 < 7   ? "cat"
                     : i % 10 < 9 ? "dog"
                                  : "owl") +
                    "," + exact_number(-size) + "\n";
        }
        return file("mixed.csv", rows);
    }
    Json section(const std::string& path) const {
        return {{"kind", "table"}, {"paths", {path}}, {"labels", "number"}, {"target", "price"}};
    }
    std::vector<double> sizes_, weights_, ages_;
};

double plain_mean(const std::vector<double>& values) {
    double sum = 0, count = 0;
    for (const double value : values)
        if (!std::isnan(value)) sum += value, ++count;
    return sum / count;
}

double plain_deviation(const std::vector<double>& values) {
    double sum = 0, count = 0;
    for (const double value : values)
        if (!std::isnan(value)) sum += std::pow(value - plain_mean(values), 2), ++count;
    return std::sqrt(sum / count);
}

TEST_F(ColumnsTest, AreSpreadAsPlainSumsSay) {
    const ColumnSurvey found = columns_of(section(mixed()));
    EXPECT_EQ(found.rows, 500);
    EXPECT_EQ(found.all_columns, 5);
    ASSERT_EQ(found.columns.size(), 6U);
    const ColumnSurvey::Column &price = found.columns[0], &size = found.columns[1], &weight = found.columns[2],
                               &age = found.columns[3], &born = found.columns[4], &kind = found.columns[5];
    EXPECT_TRUE(price.target);
    EXPECT_EQ(price.name, "price");
    EXPECT_NEAR(size.mean, plain_mean(sizes_), 1e-12);
    EXPECT_NEAR(size.deviation, plain_deviation(sizes_), 1e-12);
    EXPECT_EQ(size.least, *std::min_element(sizes_.begin(), sizes_.end()));
    EXPECT_EQ(size.most, *std::max_element(sizes_.begin(), sizes_.end()));
    ASSERT_EQ(size.bins.size(), 23U) << "the root of 500";
    for (std::size_t bin = 0; bin < size.bins.size(); ++bin) {
        const double width = (size.most - size.least) / 23, from = size.least + width * static_cast<double>(bin);
        const auto plain = std::count_if(sizes_.begin(), sizes_.end(), [&](double value) {
            return value >= from && (value < from + width || bin == 22);
        });
        EXPECT_NEAR(static_cast<double>(size.bins[bin]), static_cast<double>(plain), 1) << bin;
    }
    EXPECT_EQ(age.missing, 100);
    EXPECT_EQ(age.filled, 400);
    EXPECT_NEAR(age.mean, plain_mean(ages_), 1e-12);
    EXPECT_NEAR(age.deviation, plain_deviation(ages_), 1e-12);
    ASSERT_EQ(age.bins.size(), 7U) << "a bar for each of a few whole numbers";
    for (int value = 0; value < 7; ++value)
        EXPECT_EQ(age.bins[static_cast<std::size_t>(value)], std::count(ages_.begin(), ages_.end(), value)) << value;
    EXPECT_EQ(born.type, ColumnSurvey::Type::dates);
    EXPECT_EQ(born.most - born.least, 8);
    EXPECT_EQ(kind.type, ColumnSurvey::Type::words);
    EXPECT_EQ(kind.different, 3);
    EXPECT_EQ(kind.categories.front(), (std::pair<std::string, std::int64_t>("cat", 350)));
    EXPECT_EQ(kind.categories.back(), (std::pair<std::string, std::int64_t>("owl", 50)));
    EXPECT_FALSE(found.series);

    ASSERT_EQ(found.correlated, (std::vector<std::size_t>{0, 1, 2, 3})) << "dates and words are left out";
    double both = 0;
    for (std::size_t i = 0; i < sizes_.size(); ++i)
        both += (sizes_[i] - plain_mean(sizes_)) * (weights_[i] - plain_mean(weights_)) / 500;
    EXPECT_NEAR(found.correlations[1 * 4 + 2], both / plain_deviation(sizes_) / plain_deviation(weights_), 1e-12);
    EXPECT_NEAR(found.correlations[0 * 4 + 1], -1, 1e-12);
    EXPECT_EQ(found.correlations[3], found.correlations[3 * 4]);
    EXPECT_EQ(weight.missing, 0);
}

TEST_F(ColumnsTest, OfSeriesHaveGapsAndWhatWasFilledInIsMissing) {
    std::string rows = "time,load,still\n";
    for (int i = 0; i < 48; ++i) {
        if (i >= 20 && i < 25) continue;
        rows += std::string("2024-01-0") + (i < 24 ? "1 " : "2 ") + (i % 24 < 10 ? "0" : "") + std::to_string(i % 24) +
                ":00," + (i == 7 ? "" : std::to_string(i)) + ",4\n";
    }
    const ColumnSurvey found = columns_of({{"kind", "series"},
                                           {"paths", {file("load.csv", rows)}},
                                           {"missing", "linear"},
                                           {"look_back", 4},
                                           {"horizon", 1}});
    EXPECT_TRUE(found.series);
    ASSERT_EQ(found.columns.size(), 2U);
    const ColumnSurvey::Column& load = found.columns[0];
    EXPECT_EQ(load.missing, 1);
    EXPECT_EQ(load.filled, 42);
    ASSERT_EQ(load.curve.size(), 43U);
    EXPECT_EQ(load.curve[6], 6);
    EXPECT_TRUE(std::isnan(load.curve[7]));
    EXPECT_EQ(load.curve[20], 25);
    EXPECT_EQ(found.columns[1].bins, (std::vector<std::int64_t>{43}));
    EXPECT_TRUE(std::isnan(found.correlations[1])) << "a column that stands still goes with none";
    EXPECT_EQ(found.all_gaps, 1);
    ASSERT_EQ(found.gaps.size(), 1U);
    EXPECT_EQ(found.gaps[0].from, "2024-01-01 19:00");
    EXPECT_EQ(found.gaps[0].to, "2024-01-02 01:00");
    EXPECT_EQ(found.gaps[0].missing_rows, 5);
    EXPECT_EQ(found.gaps[0].behind.row, 22);
    EXPECT_TRUE(to_json(found)["columns"][0]["curve"][7].is_null());
}

TEST_F(ColumnsTest, OfAWideTableAreBounded) {
    std::string rows;
    constexpr int wide = 10000;
    for (int row = -1; row < 40; ++row) {
        for (int c = 0; c < wide; ++c)
            rows += (c > 0 ? "," : "") + (row < 0 ? "c" + std::to_string(c) : std::to_string((row * 7 + c) % 11));
        rows += "\n";
    }
    const std::string path = file("wide.csv", rows);
    const ColumnSurvey found = columns_of({{"kind", "table"}, {"paths", {path}}, {"labels", "none"}});
    EXPECT_EQ(found.all_columns, wide);
    EXPECT_EQ(found.columns.size(), ColumnSurvey::most_columns);
    EXPECT_EQ(found.correlated.size(), ColumnSurvey::most_correlated);
    const Said said = cli("preview --recipe table-classifier --data '" + path + "' --set dataset.labels=none");
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("the first 48 of 10,000 columns"), std::string::npos) << said.out;
}

TEST_F(ColumnsTest, AreToldByThePreview) {
    const std::string path = mixed();
    const std::string wish = "preview '" + file("spec.json", Json{{"dataset", section(path)}}.dump()) + "'";
    const Said said = cli(wish);
    ASSERT_EQ(said.code, 0) << said.err;
    for (const char* part :
         {"price (target)", "20.0 %", "cat (350), dog (100), owl (50)", "size and weight", "Columns, by all 500 rows"})
        EXPECT_NE(said.out.find(part), std::string::npos) << part << "\n" << said.out;
    const Json told = cli(wish + " --json").last();
    EXPECT_EQ(told["columns"]["columns"][3]["missing"], 100);
    EXPECT_NEAR(told["columns"]["columns"][1]["mean"].get<double>(), plain_mean(sizes_), 1e-9);
    EXPECT_EQ(cli(wish + " --rows 100 --json").last()["columns"]["rows"], 100);
    EXPECT_TRUE(cli("preview --recipe quick-start --json").last()["columns"].is_null()) << "texts have none";
}

}  // namespace
}  // namespace gw
