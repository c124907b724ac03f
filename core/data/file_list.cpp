#include "data/file_list.h"

#include <algorithm>

#include "util/hash.h"

namespace gw {

namespace {

fs::path normal(const fs::path& path) {
    return fs::absolute(path).lexically_normal();
}

fs::path common_folder(const std::vector<fs::path>& files) {
    fs::path common = normal(files.front()).parent_path();
    for (const fs::path& file : files) {
        const fs::path folder = normal(file).parent_path();
        while (std::mismatch(common.begin(), common.end(), folder.begin(), folder.end()).first != common.end())
            common = common.parent_path();
    }
    return common;
}

}  // namespace

Result<FileList> list_files(const std::vector<std::string>& paths) {
    FileList list;
    for (const std::string& path : paths) {
        auto found = expand_path(path);
        if (!found) return Error(found.error()).at("field dataset.paths");
        for (const fs::path& file : found.value())
            if (std::find(list.files.begin(), list.files.end(), file) == list.files.end()) list.files.push_back(file);
    }
    if (list.files.empty())
        return Error{Error::Code::bad_data, "No file is named", "Choose files, folders or patterns", {"field dataset.paths"}};
    const fs::path folder = common_folder(list.files);
    for (const fs::path& file : list.files) list.relative.push_back(normal(file).lexically_relative(folder).string());
    return list;
}

Result<std::string> hash_files(const FileList& list, const std::string& settings, const ProgressFn& progress, std::stop_token stop) {
    Sha256 hash;
    hash.add(settings);
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (progress) progress("checking files", static_cast<double>(i) / static_cast<double>(list.files.size()));
        auto map = MappedFile::open(list.files[i]);
        if (!map) return map.error();
        hash.add(list.relative[i] + "\n" + std::to_string(map.value().text().size()) + "\n");
        hash.add(map.value().text());
    }
    return hash.finish();
}

}  // namespace gw
