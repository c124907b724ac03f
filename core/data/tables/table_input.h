#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"

namespace gw {

/// What rows of a table come to for a backbone: a number is in deviations from the mean of the training part, a word is
/// a 1 among zeros, at the place of its category.
struct TableInput {
    static constexpr std::size_t most_values = 16384;     ///< of a row
    static constexpr std::size_t most_categories = 1000;  ///< of a column
    struct Column {
        std::string name;
        /// Of words: those of the training part, in the order of their places. A word that is none of them, and one
        /// that is missing, is all zeros.
        std::vector<std::string> categories;
        double mean = 0, deviation = 1;  ///< of numbers
        double least = 0, most = 0;      ///< of numbers, in the training part; 0 and 0 = not known
        bool dates = false;              ///< of numbers that are days since 1970, UTC
        /// Of numbers: some are missing in the training part. Behind each number stands 1 where it is, and it is taken
        /// for the mean.
        bool gaps = false;
        bool operator==(const Column&) const = default;
        bool is_words() const { return !categories.empty(); }
        std::int64_t values() const { return is_words() ? static_cast<std::int64_t>(categories.size()) : gaps ? 2 : 1; }
    };
    std::vector<Column> columns;
    std::int64_t values() const;  ///< of a row
    bool operator==(const TableInput&) const = default;
};
/// What data of tables offers.
inline constexpr const char* table_rows = "rows of a table";
/// What all data offers whose rows are values that can be laid side by side: pictures and tables.
inline constexpr const char* value_rows = "rows of values";

Json to_json(const TableInput& table);
/// Nothing where it is none that data has: it may come from a file that was damaged or made by hand.
std::optional<TableInput> table_input_of(const Json& json);

}  // namespace gw
