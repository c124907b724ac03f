#include <glob.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "util/files.h"
#include "util/io_error.h"

namespace gw {

namespace {

/// Regular files below `folder`. Hidden files and folders (.git, .DS_Store) are nobody's data and are passed over.
Status walk(const fs::path& folder, std::vector<fs::path>& out) {
    std::error_code problem;
    fs::recursive_directory_iterator it(folder, fs::directory_options::follow_directory_symlink, problem), end;
    while (!problem && it != end) {
        std::error_code ignored;
        if (it->path().filename().string().front() == '.') {
            it.disable_recursion_pending();
        } else if (it->is_regular_file(ignored)) {
            out.push_back(it->path());
        }
        it.increment(problem);
    }
    if (problem) return io_error("read the folder", folder, problem.value());
    return {};
}

Status add_path(const fs::path& path, std::vector<fs::path>& out) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return walk(path, out);
    out.push_back(path);
    return {};
}

fs::path from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? fs::path(value) : fs::path();
}

}  // namespace

Result<std::vector<fs::path>> expand_path(const std::string& pattern) {
    std::vector<fs::path> files;
    std::error_code problem;
    // A name that exists is taken as it is, even if it has brackets in it.
    if (fs::exists(pattern, problem)) {
        if (Status status = add_path(pattern, files); !status) return status.error();
    } else {
        if (pattern.find_first_of("*?[") == std::string::npos)
            return io_error("open", pattern, problem ? problem.value() : ENOENT);
        glob_t found{};
        const int code = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
        std::vector<fs::path> matches(found.gl_pathv, found.gl_pathv + found.gl_pathc);
        ::globfree(&found);
        if (code != 0 && code != GLOB_NOMATCH)
            return io_error("search for", pattern, code == GLOB_NOSPACE ? ENOMEM : EACCES);
        for (const fs::path& match : matches)
            if (Status status = add_path(match, files); !status) return status.error();
        if (matches.empty())
            return Error{Error::Code::io, "No file matches " + pattern, "Check the folder and the pattern", {}};
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    if (files.empty())
        return Error{Error::Code::io,
                     "The folder " + pattern + " holds no files",
                     "Choose another folder; hidden files are not counted",
                     {}};
    return files;
}

std::uint64_t free_bytes(const fs::path& path) {
    std::error_code problem;
    // A plain name has no parent in its text; it lies in the current folder.
    fs::path place = fs::absolute(path.empty() ? fs::path(".") : path, problem);
    while (!fs::exists(place, problem) && place.has_relative_path()) place = place.parent_path();
    const fs::space_info space = fs::space(place, problem);
    return problem ? 0 : space.available;
}

std::uint64_t folder_bytes(const fs::path& path) {
    std::error_code problem;
    std::uint64_t bytes = 0;
    for (fs::recursive_directory_iterator it(path, problem), end; !problem && it != end; it.increment(problem)) {
        std::error_code ignored;
        if (!it->is_regular_file(ignored)) continue;
        const std::uint64_t size = it->file_size(ignored);
        if (!ignored) bytes += size;
    }
    return bytes;
}

fs::path user_data_folder() {
    // The XDG Base Directory Specification (0.8) says that relative paths are to be ignored.
    if (const fs::path data = from_environment("XDG_DATA_HOME"); data.is_absolute()) return data / "groundwork";
    const fs::path home = from_environment("HOME");
    return (home.empty() ? fs::temp_directory_path() : home / ".local" / "share") / "groundwork";
}

fs::path program_folder() {
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    return problem ? fs::current_path() : program.parent_path();
}

fs::path resource_folder() {
    if (const fs::path chosen = from_environment("GROUNDWORK_RESOURCES"); !chosen.empty()) return chosen;
    const fs::path here = program_folder();
    std::error_code ignored;
    // From libexec/groundwork, from bin and, in a build, from the folder of the tests.
    for (const char* up : {"../../share/groundwork", "../share/groundwork"})
        if (const fs::path folder = (here / up).lexically_normal(); fs::is_directory(folder, ignored)) return folder;
    return (here / "../share/groundwork").lexically_normal();
}

}  // namespace gw
