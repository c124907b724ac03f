#pragma once
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "data/read_report.h"
#include "util/result.h"

namespace gw {

/// How a table of series is to be read; what is empty is found.
struct SeriesReading {
    std::vector<std::string> columns;  ///< names or numbers (from 1) of those that hold the values
    std::string time;                  ///< name or number of the column of times; "none" = there is none
    std::string missing = "refuse";    ///< "refuse", "previous", "linear"
    std::int64_t rows = 0;             ///< so many of each file; 0 = all
    bool labelled = false;             ///< a column holds a label of each row
    std::string target = {};           ///< its name or number; empty = found by its name, or else the last
};

/// One table, whole: a row for each point in time.
struct SeriesTable {
    std::vector<std::string> columns;  ///< names of the values
    std::vector<double> values;        ///< [rows, columns]
    std::vector<std::uint8_t> filled;  ///< [rows, columns]: 1 where none stood in the file; none at all where all did
    std::vector<std::string> times;    ///< as they are written; empty where there is no such column
    std::vector<std::string> labels;   ///< of each row; empty = it has none. None at all unless asked for
    std::string label_column;          ///< its name
    std::vector<std::int64_t> places;  ///< row of the file, from 1, of each
    std::int64_t rows() const { return static_cast<std::int64_t>(places.size()); }
};

/// Reads one file of values over time: CSV, TSV or columns cut by semicolons, with a first row of names or without.
/// Errors name row and column: a cell that is no finite number or is missing where that is refused, a time that goes
/// back or stands twice, a column that is not there or named twice, columns of words. Gaps between times, rows that
/// were filled in, and the column that was taken for the labels are told in `report`.
Result<SeriesTable> read_series(std::string_view bytes, const std::string& file, const SeriesReading& reading,
                                ReadReport& report, std::stop_token stop = {});

}  // namespace gw
