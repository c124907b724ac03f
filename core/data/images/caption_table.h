#pragma once
#include <string>
#include <vector>

#include "data/file_list.h"
#include "data/read_report.h"

namespace gw {

/// The columns of a table of pictures and captions, by their names; empty = not wanted.
struct CaptionColumns {
    std::string file = "file", caption = "caption", label, part;
};

/// A row with all that is wanted of it.
struct CaptionRow {
    std::string file, caption, label, part;
    std::int64_t number = 0;  ///< of its first line, from 1
};

/// Whether a file is such a table, by its ending: .csv, .tsv, .tab, .jsonl, .ndjson or .json.
bool is_caption_table(const fs::path& file);

/// The rows of one table: JSON rows, or CSV and TSV whose first row names the columns. Rows without a caption are
/// passed over. Errors name the row: a column that is not there, a row without a file or, where one is wanted, a class.
Status read_captions(const FileList& list, std::size_t file, const CaptionColumns& columns, ReadReport& report,
                     std::vector<CaptionRow>& out);

}  // namespace gw
