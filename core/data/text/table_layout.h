#pragma once
#include <string>
#include <vector>

#include "data/labels.h"
#include "data/read_report.h"
#include "data/text/table_reading.h"

namespace gw {

/// What a person set, and under which names, so that an error can say what to change.
struct TableWishes {
    std::string text, label;             ///< column by name or number (from 1); empty = to be found
    std::string header = "auto";         ///< "auto", "names", "data"
    std::string separator = "auto";      ///< "auto", "comma", "semicolon", "tab", "pipe"
    LabelKind labels = LabelKind::none;  ///< none: there is no label column to be found
    std::string text_setting = "dataset.text";
};

/// The first rows of one file.
struct TableSample {
    std::string file;
    std::vector<TableRow> rows;
};

/// How the tables of a dataset are laid out: one answer for all of its files.
struct TableLayout {
    bool header = false;
    std::vector<std::string> names;   ///< of the columns, where a header names them
    std::size_t width = 0;            ///< cells of a row
    std::size_t text = 0, label = 0;  ///< columns; label means nothing where no label is wanted
    std::string file;                 ///< the first with rows, which the others are measured by
    ReadReport::How header_how = ReadReport::How::none, text_how = ReadReport::How::none,
                    label_how = ReadReport::How::none;
    std::vector<std::string> doubts;  ///< what was decided though there was something else to say for
    bool beyond_names =
        false;  ///< whether known names, the longest and the least varied column alone would give another layout
};

/// Settles header and columns from what was set, known names, and what the rows of all files hold. Doubtful cases are
/// errors that name the setting that settles them.
Result<TableLayout> find_layout(const std::vector<TableSample>& samples, const TableWishes& wishes);

/// The layout of one file, whose header may name the columns in another order. An error where it cannot be one of these
/// files.
Result<TableLayout> layout_in(const TableLayout& layout, const TableRow& first, const std::string& file);

/// How the tables of a dataset are cut. `head` is the beginning of each file.
struct TableCut {
    TableForm form;
    ReadReport::How how = ReadReport::How::none;
};
/// `usual` is what the files' format stands for: a comma or a tab. An error where several separators would do.
Result<TableCut> find_separator(const std::vector<std::string_view>& files, const TableWishes& wishes, char usual);

bool names_text(const std::string& cell);
bool names_label(const std::string& cell);
/// How early in the list of usual names this one stands: smaller is likelier; past all of them where it is no such
/// name.
std::size_t text_rank(const std::string& cell);
std::size_t label_rank(const std::string& cell);
/// The words of a message: "\"a\", \"b\"".
std::string quoted_list(const std::vector<std::string>& words, std::size_t most = 8);

}  // namespace gw
