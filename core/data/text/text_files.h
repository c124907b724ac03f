#pragma once
#include <string>
#include <vector>

#include "data/file_list.h"
#include "data/text/file_form.h"
#include "data/text/separator_setting.h"

namespace gw {

/// How text is read from files; training and what looks at texts before it share these settings.
struct TextFilesConfig {
    std::vector<std::string> paths;
    std::string format = "auto", documents = "file", json_field = "text", separator = "auto";
    static constexpr auto fields = std::tuple{
        schema::field<&TextFilesConfig::paths>({.key = "paths",
                                                .label = "Files",
                                                .help = "Text files, folders (all files below) and patterns such as "
                                                        "corpus/*.txt, one a line.",
                                                .holds = schema::Holds::paths}),
        schema::field<&TextFilesConfig::format>(
            {.key = "format",
             .label = "Format",
             .help = "Plain text, JSON rows (one object a line, or one array of objects), or a table "
                     "of which one column is the text. auto goes by "
                     "the files' names and content.",
             .choices = "auto=Automatic|plain=Plain text|jsonl=JSON rows|csv=CSV|tsv=TSV"}),
        schema::field<&TextFilesConfig::documents>(
            {.key = "documents",
             .label = "Documents are",
             .help = "What one document of plain text is: a whole file, each line, or paragraphs between blank lines.",
             .choices = "file=Whole files|line=Lines|blank_line=Paragraphs",
             .shown_when = "format=auto|plain"}),
        schema::field<&TextFilesConfig::json_field>(
            {.key = "json_field",
             .label = "Field with the text",
             .help = "Which field of JSON rows, or which column of a table, holds the text; a dot goes into an "
                     "object, as in meta.text.",
             .shown_when = "format=auto|jsonl|csv|tsv"}),
        schema::field<&TextFilesConfig::separator>(separator_setting("format=auto|csv|tsv")),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        if (format == "jsonl" && json_field.empty())
            out.push_back({at + ".json_field", "must name the field that holds the text"});
    }
};

/// What the files hold, as set or by themselves: "plain", "jsonl", "csv" or "tsv". An error where they are of several
/// forms.
Result<FileForm> text_form(const TextFilesConfig& config, const FileList& list);

/// A complete section "dataset" that reads texts from files of this program's own making. `documents` as the setting.
Json text_files_section(const std::vector<std::string>& paths, const std::string& documents);

}  // namespace gw
