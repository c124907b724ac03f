#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace gw {

/// One row of a table in a text file.
struct TableRow {
    std::int64_t number = 0;  ///< of its first line, from 1
    std::vector<std::string> cells;
};
/// Takes one row; false ends the reading.
using RowSink = std::function<bool(const TableRow&)>;

/// Comma separated values after RFC 4180: cells may stand in double quotes, and then hold separators and line ends.
/// Errors: a quote that is never closed or stands inside a cell, with its row.
Status read_csv(std::string_view bytes, char separator, const RowSink& sink);

/// Tab separated values: no quotes, one row a line. Rows of white space alone are passed over.
Status read_tsv(std::string_view bytes, const RowSink& sink);

/// Columns as the CoNLL shared tasks write them: a word and its columns a line, by white space, and a blank line after each sentence.
/// The sink gets a sentence at a time; lines that begin with -DOCSTART- or # are passed over.
Status read_columns(std::string_view bytes, const std::function<bool(const std::vector<TableRow>& sentence)>& sink);

}  // namespace gw
