#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "data/file_list.h"
#include "data/read_report.h"

namespace gw {

/// What one file holds, by its name's ending ("csv", "tsv", "jsonl", "columns") or else by its first bytes ("jsonl");
/// "" = plain text.
struct FileForm {
    std::string format;
    ReadReport::How how = ReadReport::How::none;
};
FileForm file_form(const fs::path& file, std::string_view bytes);

/// One form for all files; Empty files say nothing. An error names the first file of another form.
/// `remedy` is the hint of that error.
Result<FileForm> common_form(const FileList& list, const std::string& remedy);

}  // namespace gw
