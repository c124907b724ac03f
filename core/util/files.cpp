#include "util/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include "util/crash_point.h"
#include "util/descriptor.h"
#include "util/file_layer.h"
#include "util/hash.h"
#include "util/io_error.h"
#include "util/named_file.h"

namespace gw {

namespace {

/// Opens a regular file for reading and gives its size; a folder is refused with the errno of one.
Result<std::size_t> size_of(const Descriptor& file, const fs::path& path) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return io_error("read", path, errno);
    if (S_ISDIR(info.st_mode)) return io_error("read", path, EISDIR);
    return static_cast<std::size_t>(info.st_size);
}

Status sync_path(const fs::path& path, int flags, const char* action) {
    const Descriptor file = open_file(path.c_str(), flags);
    if (!file) return io_error(action, path, errno);
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to do then.
    if (!file.sync() && errno != EINVAL) return io_error(action, path, errno);
    return {};
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
}

/// What a descriptor gives until its end; room for the `expected` bytes, and for one more that tells the end, is taken
/// at first.
Result<std::string> read_to_end(int file, std::size_t expected, std::size_t most, const fs::path& shown) {
    std::string bytes(std::min(expected, most) + 1, '\0');
    std::size_t have = 0;
    for (;;) {
        // Pipes and files of /proc say size 0 and may hold more than they said.
        if (have == bytes.size()) bytes.resize(bytes.size() + std::max<std::size_t>(4096, bytes.size() / 2));
        const ssize_t count = file_layer().read(file, bytes.data() + have, bytes.size() - have);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return io_error("read", shown, errno);
        if (count == 0) break;
        have += static_cast<std::size_t>(count);
        if (have > most)
            return Error{Error::Code::io,
                         "This is larger than " + std::to_string(most >> 20) + " MiB, or has no end",
                         "Name the file that is meant",
                         {"file " + shown.string()}};
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace

Result<std::string> read_file(const fs::path& path, Pipes pipes) {
    // Opening a pipe waits for its writer unless it is asked not to.
    const Descriptor file = open_file(path.c_str(), pipes == Pipes::read ? O_RDONLY : O_RDONLY | O_NONBLOCK);
    if (!file) return io_error("open", path, errno);
    struct stat info {};
    if (pipes == Pipes::refuse && ::fstat(file.get(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return Error{Error::Code::io,
                     "This is a pipe, a socket or a device, not a file",
                     "Put the file itself there, or take this away",
                     {"file " + path.string()}};
    const Result<std::size_t> size = size_of(file, path);
    if (!size) return size.error();
    const std::size_t most = pipes == Pipes::read ? most_named_bytes : std::numeric_limits<std::size_t>::max();
    return read_to_end(file.get(), size.value(), most, path);
}

Result<std::string> read_standard_input() {
    return read_to_end(STDIN_FILENO, 0, most_named_bytes, "standard input");
}

Status write_file_atomic(const fs::path& path, std::string_view bytes) {
    const fs::path aside = aside_of(path);
    auto give_up = [&](int number) {
        file_layer().unlink(aside.c_str());
        return io_error("write", path, number);
    };
    Descriptor file = open_file(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL);
    if (!file) return io_error("write", path, errno);
    crash_point("file opened");
    if (!write_all(file, bytes)) return give_up(errno);
    crash_point("file written");
    if (!file.sync() || !file.close()) return give_up(errno);
    crash_point("file synced");
    if (file_layer().rename(aside.c_str(), path.c_str()) != 0) return give_up(errno);
    crash_point("file renamed");
    return sync_folder(folder_of(path));
}

Status rename_path(const fs::path& from, const fs::path& to) {
    if (file_layer().rename(from.c_str(), to.c_str()) != 0) return io_error("put in place", to, errno);
    return {};
}

Status remove_file(const fs::path& path) {
    if (file_layer().unlink(path.c_str()) != 0 && errno != ENOENT) return io_error("remove", path, errno);
    return {};
}

Status remove_tree(const fs::path& path) {
    std::error_code problem;
    if (!fs::is_directory(fs::symlink_status(path, problem))) return remove_file(path);
    std::vector<fs::path> inside;  // read whole first: what is listed while it is emptied may be listed by halves
    for (fs::directory_iterator it(path, problem), end; !problem && it != end; it.increment(problem))
        inside.push_back(it->path());
    Status first = problem ? Status(io_error("read the folder", path, problem.value())) : Status();
    for (const fs::path& one : inside)
        if (Status removed = remove_tree(one); !removed && first) first = removed;
    crash_point("folder emptied");
    if (first && file_layer().remove_folder(path.c_str()) != 0 && errno != ENOENT)
        first = io_error("remove", path, errno);
    return first;
}

Status make_folder(const fs::path& path) {
    fs::path made;
    for (const fs::path& part : path) {
        made /= part;
        if (file_layer().make_folder(made.c_str(), 0777) == 0) {
            Status lasts = sync_folder(folder_of(made));
            // A folder that may be written to and not be read cannot be opened to sync it.
            if (!lasts && ::access(folder_of(made).c_str(), R_OK) == 0) return lasts;
            continue;
        }
        const int number = errno;
        std::error_code ignored;
        if (fs::is_directory(made, ignored)) continue;
        return io_error("make the folder", made, number == EEXIST ? ENOTDIR : number);
    }
    return {};
}

Status sync_folder(const fs::path& path) {
    return sync_path(path, O_RDONLY | O_DIRECTORY, "sync the folder");
}

Status sync_file(const fs::path& path) {
    return sync_path(path, O_RDONLY, "sync");
}

}  // namespace gw
