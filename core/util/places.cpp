#include <cstdlib>
#include <system_error>

#include "util/files.h"

namespace gw {

namespace {

fs::path from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? fs::path(value) : fs::path();
}

}  // namespace

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
    if (fs::path chosen = from_environment("GROUNDWORK_RESOURCES"); !chosen.empty()) return chosen;
    const fs::path here = program_folder();
    std::error_code ignored;
    // From libexec/groundwork, from bin and, in a build, from the folder of the tests.
    for (const char* up : {"../../share/groundwork", "../share/groundwork"})
        if (fs::path folder = (here / up).lexically_normal(); fs::is_directory(folder, ignored)) return folder;
    return (here / "../share/groundwork").lexically_normal();
}

}  // namespace gw
