#pragma once
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "data/read_report.h"
#include "schema/field.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// The files behind a dataset's paths, each once, in order. `relative` names them below the deepest folder that holds
/// them all, so that names stay the same when the data moves as a whole.
struct FileList {
    std::vector<fs::path> files;
    std::vector<std::string> relative;  ///< well-formed UTF-8: other bytes are written as \xE9
    std::vector<std::string> exact;     ///< the same, byte by byte
    std::vector<fs::path> passed_over;  ///< in the folders, but no files: pipes, sockets, devices, broken links
    /// The path of a file as a message can hold it.
    std::string shown(std::size_t file) const;
    /// What is passed over, for the report of reading.
    void tell(ReadReport& report) const;
};

/// `name` as one line of UTF-8: bytes that are none are written as \xE9, and so are control characters, which a
/// terminal would obey.
std::string shown_name(const std::string& name);

/// What is plainly wrong with a setting of files, folders and patterns, called `at`.paths.
void check_paths(const std::vector<std::string>& paths, schema::Problems& out, const std::string& at);

/// Files, folders and patterns to a list; errors name the field dataset.paths.
Result<FileList> list_files(const std::vector<std::string>& paths);

/// How far the files of a list are read, by their bytes: tells now and then.
class ReadingProgress {
  public:
    ReadingProgress(const FileList& list, std::string phase, const ProgressFn& progress);
    /// The file of this number is begun, all before it are read.
    void begin(std::size_t file);
    /// So much more of it is read; what that leaves out of a file is made up when the next one begins.
    void add(std::size_t bytes);

  private:
    void tell();
    const std::string phase_;
    const ProgressFn& progress_;
    std::vector<std::uint64_t> starts_;  ///< bytes before each file, and at the end all
    std::uint64_t done_ = 0, end_ = 0, told_ = 0;
};

/// SHA-256 over `settings`, and the names, sizes and contents of the files.
Result<std::string> hash_files(const FileList& list, const std::string& settings, const ProgressFn& progress,
                               std::stop_token stop);

}  // namespace gw
