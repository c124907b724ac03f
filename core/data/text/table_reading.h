#pragma once
#include <functional>
#include <optional>
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

/// How a table is cut into cells.
struct TableForm {
    char separator = ',';
    bool quoted =
        true;  ///< cells may stand in double quotes, and then hold separators, line ends and doubled quotes (RFC 4180)
    bool operator==(const TableForm&) const = default;
};

/// Rows of a table. Rows of white space alone, and a first line "sep=;" as spreadsheet programs write it, are passed
/// over. Errors: what check_text finds; where cells may be quoted, a quote that is never closed or stands inside a
/// cell, with its row.
Status read_table(std::string_view bytes, const TableForm& form, const RowSink& sink);

/// The first `most` rows of the beginning of a table, for a guess: what stands behind a broken quote is left out.
std::vector<TableRow> first_rows(std::string_view bytes, const TableForm& form, std::size_t most);

/// The separator that a first line "sep=;" names.
std::optional<char> told_separator(std::string_view bytes);

/// Whether the cells of a tab-separated text are quoted, as spreadsheet programs write it, or quotes are part of the
/// text. Quoted means: every quote opens, closes or is doubled inside a cell, and either some cell needs it (it holds a
/// tab, a line end or a doubled quote), or all cells but numbers stand in quotes.
bool tabs_are_quoted(std::string_view bytes);

/// "tab", or the character itself.
std::string separator_name(char separator);

/// Columns as the CoNLL shared tasks write them: a word and its columns a line, and a blank line after each sentence.
/// Cells are cut at tabs in lines that have some, else at white space; in a file that has tabs in most lines each must
/// have one. Before the first word of a sentence, lines that begin with "# " (or are "#") are comments, unless the line
/// has the columns and a label as the lines around it; -DOCSTART- closes a sentence. The sink gets a sentence at a
/// time.
struct ColumnsCount {
    std::int64_t comments = 0, document_starts = 0;
    bool beyond_blanks =
        false;  ///< whether cutting at white space and leaving out every line with "# " would give other words
};
Status read_columns(std::string_view bytes, ColumnsCount& count,
                    const std::function<bool(const std::vector<TableRow>& sentence)>& sink);

}  // namespace gw
