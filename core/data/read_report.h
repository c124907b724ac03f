#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "schema/field.h"

namespace gw {

/// A row of a file, for a message.
struct FilePlace {
    std::string file;      ///< below the folder that holds all files
    std::int64_t row = 0;  ///< from 1, as an editor counts lines; 0 = the file as a whole
    bool operator==(const FilePlace&) const = default;
};
/// "row 12 of a.csv", "a.csv".
std::string place_text(const FilePlace& place);

/// What a reader of files took them for, and what it left out. Everything that a person might want to contradict stands
/// here.
struct ReadReport {
    /// How something was settled.
    enum class How {
        none,
        given,
        name,
        content
    };  ///< nothing to settle; by a setting; by a known name; from the content
    /// A column of a table, or a field of JSON rows.
    struct Column {
        std::string name;         ///< of the header or the field; empty where columns have no names
        std::int64_t number = 0;  ///< from 1; 0 = there is none, or it has a name alone
        How how = How::none;
    };
    /// Rows or files that were left out for one reason.
    struct Passed {
        std::string why;  ///< "no text", "no label", "comment", "empty file"
        std::int64_t count = 0;
        std::vector<FilePlace> first;  ///< the first few
    };
    /// A size that pictures have in their files.
    struct Size {
        std::int64_t height = 0, width = 0, count = 0;
        bool operator==(const Size&) const = default;
    };

    std::string format;  ///< "plain", "jsonl", "json" (one array), "csv", "tsv", "columns", "file_a_class",
                         ///< "folder_a_class"; empty = no files
    How format_how = How::none;
    std::string separator;  ///< of tables: ",", ";", "|" or "tab"
    How separator_how = How::none;
    bool quoted = false;  ///< whether cells may stand in double quotes
    bool header = false;  ///< whether the first row names the columns
    How header_how = How::none;
    std::vector<std::string> columns;  ///< names of the table's columns or of the fields of its first row
    Column text, label;
    std::int64_t files = 0, rows = 0;  ///< files read; texts taken
    std::vector<Passed> passed;
    std::vector<std::pair<std::string, std::int64_t>>
        classes;                       ///< texts (words, where each word has one) of each class, in order of name
    std::vector<Size> sizes;           ///< of pictures of several sizes, which are brought to one: the most common ones
    Size smallest, largest;            ///< by their pixels, of all sizes
    std::int64_t different_sizes = 0;  ///< how many there are; 0 where all pictures have one
    std::int64_t byte_order_marks = 0;          ///< files that begin with one
    std::int64_t crlf_files = 0, cr_files = 0;  ///< files with CRLF line ends, with CR alone; all were read as LF
    std::vector<std::string> warnings;          ///< doubts a person should look at
    std::string reading;  ///< names what a reader of known names and plain forms alone would have read otherwise; data
                          ///< is the same only with this the same

    void pass_over(const std::string& why, const FilePlace& place, std::int64_t count = 1);
};
const char* how_name(ReadReport::How how);  ///< "none", "given", "name", "content"

Json to_json(const ReadReport& report);
ReadReport read_report_of(const Json& json);

/// The report in sentences: what was read and how, then what was passed over. Without the warnings.
std::string read_report_text(const ReadReport& report);

/// A dataset section with the choices of `report` written out that other files do not tell by themselves, so that they
/// are read as those were.
Json read_alike(const Json& section, const ReadReport& report);

}  // namespace gw
