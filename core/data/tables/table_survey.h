#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/file_list.h"
#include "data/labels.h"

namespace gw {

/// How a table is to be read; what is empty is found.
struct TableReading {
    std::vector<std::string> columns;  ///< names or numbers (from 1) of those that are seen; empty = all but the target
    std::vector<std::string> categories;  ///< of those whose numbers are names
    std::string target;                   ///< name or number of the one to be learnt
    LabelKind labels = LabelKind::none;   ///< what that says of a row; none = there is none
    std::string missing = "mark";         ///< "mark", "drop", "refuse"
};

/// What all rows together say of the columns that are seen.
struct TableSurvey {
    struct Column {
        std::size_t place = 0;  ///< in a row
        std::int64_t missing = 0;
        FilePlace first_missing;
        std::int64_t filled = 0;
        double mean = 0, deviation = 0;  ///< of numbers
        std::vector<double> dates;       ///< of dates: of each row in its order; NaN = missing
    };
    std::vector<std::string> names;    ///< of all columns of the files
    std::vector<TableColumn> columns;  ///< of those that are seen
    std::vector<Column> found;         ///< as many
    std::optional<std::size_t> target;
    std::int64_t rows = 0;
};

/// Reads all files once. A column holds numbers, dates (as days since 1970, UTC) or words. Errors name row and column:
/// words among numbers, dates that cannot be told, more different words than TableInput::most_categories, a missing
/// value where that is refused, a column of nothing, files with other columns. Tells in `report` which column was taken
/// for the target.
Result<TableSurvey> survey_table(const FileList& list, const TableReading& reading, ReadReport& report,
                                 const ProgressFn& progress, const std::stop_token& stop);

}  // namespace gw
