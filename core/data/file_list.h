#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// The files behind a dataset's paths, each once, in order. `relative` names them below the deepest folder that holds them all, so that
/// names stay the same when the data moves as a whole.
struct FileList {
    std::vector<fs::path> files;
    std::vector<std::string> relative;
};

/// Files, folders and patterns to a list; errors name the field dataset.paths.
Result<FileList> list_files(const std::vector<std::string>& paths);

/// SHA-256 over `settings`, and the names, sizes and contents of the files.
Result<std::string> hash_files(const FileList& list, const std::string& settings, const ProgressFn& progress, std::stop_token stop);

}  // namespace gw
