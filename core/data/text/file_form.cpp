#include "data/text/file_form.h"

#include "data/text/json_reading.h"
#include "util/text.h"

namespace gw {

namespace {

std::string form_phrase(const std::string& format) {
    return format.empty()                       ? "plain text"
           : format == "jsonl"                  ? "JSON"
           : format == "csv" || format == "tsv" ? "a table (" + format + ")"
                                                : "words in columns";
}

}  // namespace

FileForm file_form(const fs::path& file, std::string_view bytes) {
    std::string ending = file.extension().string();
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    using How = ReadReport::How;
    for (const auto& [known, format] : {std::pair{".csv", "csv"},
                                        {".tsv", "tsv"},
                                        {".tab", "tsv"},
                                        {".jsonl", "jsonl"},
                                        {".ndjson", "jsonl"},
                                        {".json", "jsonl"},
                                        {".conll", "columns"},
                                        {".bio", "columns"}})
        if (ending == known) return {format, How::name};
    if (looks_like_json(bytes)) return {"jsonl", How::content};
    return {"", How::name};
}

Result<FileForm> common_form(const FileList& list, const std::string& remedy) {
    FileForm common;
    std::size_t first = list.files.size();
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        auto map = MappedFile::open(list.files[i]);
        if (!map) return map.error();
        if (trim(map.value().text().substr(0, 1 << 16)).empty()) continue;
        const FileForm form = file_form(list.files[i], map.value().text());
        if (first == list.files.size()) {
            first = i;
            common = form;
        } else if (form.format != common.format) {
            return Error{Error::Code::bad_data,
                         "The files are of several forms: " + list.relative[first] + " is " +
                             form_phrase(common.format) + ", this one is " + form_phrase(form.format),
                         remedy,
                         {"file " + list.relative[i]}};
        }
    }
    return common;
}

}  // namespace gw
