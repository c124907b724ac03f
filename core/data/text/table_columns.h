#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "data/text/table_layout.h"

namespace gw {

/// What the cells of one column are like; the first row of each file is left out unless it is known to be data.
struct ColumnStatistics {
    std::size_t rows = 0;
    std::map<std::string, std::size_t> values;  ///< how often each occurs
    std::vector<std::size_t> lengths, words;    ///< of each cell, in characters
    std::size_t numbers = 0, filled = 0;

    void add(const std::string& cell);
    double mean_length() const;
    std::size_t median_length() const;
    std::size_t median_words() const;
    bool has(const std::string& cell) const { return values.count(cell) > 0; }
    bool constant() const { return values.size() <= 1; }
    bool numeric() const { return filled >= 2 && numbers == filled; }
    /// Whether its values come again and again, as classes do.
    bool repeats() const { return rows >= 4 && values.size() * 2 <= rows; }
    /// How often the rarest value occurs.
    std::size_t rarest() const;
};

std::size_t characters_in(std::string_view text);
std::size_t words_in(std::string_view text);
bool is_number(std::string_view text);

/// By column, over all files that are laid out like the first.
std::vector<ColumnStatistics> column_statistics(const std::vector<TableSample>& samples, bool with_first_rows);

/// Whether the first rows name the columns; nothing where that cannot be told.
std::optional<bool> first_rows_are_names(const std::vector<TableSample>& samples,
                                         const std::vector<ColumnStatistics>& columns);

/// The column of the text and that of the label by their cells, where nothing else tells. Errors name the setting.
Result<std::size_t> text_column(const std::vector<ColumnStatistics>& columns, std::optional<std::size_t> label,
                                const TableWishes& wishes);
Result<std::size_t> label_column(const std::vector<ColumnStatistics>& columns, std::size_t text,
                                 const TableWishes& wishes);

}  // namespace gw
