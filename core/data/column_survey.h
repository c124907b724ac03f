#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace gw {

/// What the rows of a table or of series say of their columns, for a person: how each is spread, what is missing, which
/// go together.
struct ColumnSurvey {
    static constexpr std::size_t most_columns = 48;     ///< looked at; those behind are counted alone
    static constexpr std::size_t most_correlated = 24;  ///< of numbers, the first
    static constexpr std::size_t most_bins = 24;
    static constexpr std::size_t most_categories = 12;  ///< told of a column, the commonest
    static constexpr std::size_t most_points =
        400;                                      ///< of a curve; a point stands for several rows where there are more
    static constexpr std::size_t most_gaps = 12;  ///< told, the first

    enum class Type { numbers, dates, words };
    struct Column {
        std::string name;
        Type type = Type::numbers;
        bool target = false;      ///< what is to be learnt
        std::int64_t filled = 0;  ///< rows with a value
        std::int64_t missing = 0;
        /// Of numbers, and of dates in days since 1970: mean, standard deviation (over n), least and most.
        double mean = 0, deviation = 0, least = 0, most = 0;
        std::vector<std::int64_t> bins;  ///< as many values lie in equal parts of least to most, the upper end included
        std::vector<std::pair<std::string, std::int64_t>> categories;  ///< of words, the commonest first
        std::int64_t different = 0;                                    ///< words
        std::vector<double> curve;  ///< of series: means of neighbouring rows, in their order
        double missing_share() const {
            const std::int64_t all = filled + missing;
            return all > 0 ? static_cast<double>(missing) / static_cast<double>(all) : 0;
        }
    };
    /// Of series: where times go on by more than one and a half of the usual step.
    struct Gap {
        FilePlace behind;         ///< the row after it
        std::string from, to;     ///< the times of its two ends, as they are written
        double missing_rows = 0;  ///< so many steps lie between them
    };
    std::int64_t rows = 0;
    std::int64_t all_columns = 0;  ///< of the data, without the target
    bool series = false;
    std::vector<Column> columns;
    std::vector<std::size_t> correlated;  ///< places in `columns`
    /// Pearson's, [correlated, correlated], over rows that have both; NaN where one of them has a single value.
    std::vector<double> correlations;
    std::int64_t all_gaps = 0;
    std::vector<Gap> gaps;
};
Json to_json(const ColumnSurvey& survey);

/// Gathers it while a dataset is visited; holds the values of the columns that are looked at.
class ColumnSurveyor {
  public:
    void add(const Document& document);
    /// Nothing where the rows have no columns. `target`: its name, of numbers.
    std::optional<ColumnSurvey> made(const std::string& target) const;

  private:
    struct File {
        std::string name;
        std::size_t begin = 0;  ///< its first row
    };
    ColumnSurvey::Column column_of(std::size_t place) const;
    void find_gaps(ColumnSurvey& survey) const;
    std::vector<TableColumn> columns_;         ///< those that are looked at
    std::vector<std::vector<double>> values_;  ///< [columns, rows]; NaN = missing
    std::vector<double> targets_;              ///< up to the last row that has one
    std::vector<std::string> times_;           ///< likewise, of series
    std::vector<std::int64_t> places_;         ///< row of the file of each
    std::vector<File> files_;
    std::size_t all_columns_ = 0, rows_ = 0;
    bool series_ = false;
};

}  // namespace gw
