#include "util/named_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "util/descriptor.h"
#include "util/file_layer.h"
#include "util/hash.h"
#include "util/io_error.h"

namespace gw {

namespace {

constexpr const char* history_name = "groundwork.db";  // what makes a folder a workspace

/// Puts a file in a place where nothing is, or an empty file; false (and errno) where another program was quicker.
bool put_new(const fs::path& aside, const fs::path& path) {
    std::error_code ignored;
    if (fs::exists(path, ignored) && fs::file_size(path, ignored) == 0) file_layer().unlink(path.c_str());
    if (file_layer().link(aside.c_str(), path.c_str()) == 0) return file_layer().unlink(aside.c_str()) == 0;
    // A file system without hard links: the check that was made before must do.
    return errno != EEXIST && file_layer().rename(aside.c_str(), path.c_str()) == 0;
}

Status put_file(const fs::path& aside, const fs::path& path, Existing existing) {
    const bool put =
        existing == Existing::refuse ? put_new(aside, path) : file_layer().rename(aside.c_str(), path.c_str()) == 0;
    if (put) return sync_folder(path.has_parent_path() ? path.parent_path() : ".");
    const int number = errno;
    file_layer().unlink(aside.c_str());
    return io_error("write", path, number);
}

}  // namespace

Status not_of_a_workspace(const fs::path& place) {
    std::error_code ignored;
    fs::path below = fs::weakly_canonical(absolute_path(place), ignored);
    if (ignored) below = absolute_path(place);
    const auto own = [](const std::string& name) {
        return name == "runs" || name == "backups" || name == "cache" || name.starts_with(history_name);
    };
    for (; below.has_relative_path(); below = below.parent_path()) {
        const fs::path root = below.parent_path();
        if (own(below.filename().string()) && fs::exists(root / history_name, ignored))
            return Error{Error::Code::bad_spec,
                         "What lies there belongs to the workspace " + root.string(),
                         "Name a place outside of its history, runs, backups and cache",
                         {"place " + place.string()}};
    }
    return {};
}

Status may_write_file(const fs::path& path, Existing existing) {
    if (Status free = not_of_a_workspace(path); !free) return free;
    std::error_code ignored;
    const fs::file_status state = fs::status(path, ignored);
    if (!fs::exists(state)) return {};
    if (fs::is_directory(state)) return io_error("write", path, EISDIR);
    if (!fs::is_regular_file(state) || existing == Existing::replace || fs::file_size(path, ignored) == 0) return {};
    return Error{Error::Code::bad_spec,
                 "There is a file " + path.string() + " already",
                 "Choose another name, or say --replace where it may go",
                 {}};
}

Status write_named_file(const fs::path& path, const std::function<Status(const fs::path&)>& write, Existing existing) {
    if (Status free = may_write_file(path, existing); !free) return free;
    std::error_code ignored;
    const fs::file_status state = fs::status(path, ignored);
    if (fs::is_fifo(state)) {
        // Opening a pipe would wait for its reader; held open while `write` opens it again, so that it sees no end.
        const Descriptor held = open_file(path.c_str(), O_WRONLY | O_NONBLOCK);
        if (!held && errno == ENXIO)
            return Error{Error::Code::io,
                         "This is a pipe that nobody reads from",
                         "Start its reader first, or name a file",
                         {"file " + path.string()}};
        return write(path);
    }
    if (fs::exists(state) && !fs::is_regular_file(state)) return write(path);
    fs::path place = fs::canonical(path, ignored);  // behind a link
    if (place.empty()) place = path;
    if (const fs::path folder = absolute_path(place).parent_path(); !fs::is_directory(folder, ignored))
        return io_error("write", path, ENOENT);
    const fs::path aside = aside_of(place);
    if (Status written = write(aside); !written) {
        file_layer().unlink(aside.c_str());
        return written;
    }
    return put_file(aside, place, existing);
}

Status write_named_file(const fs::path& path, std::string_view bytes, Existing existing) {
    return write_named_file(
        path,
        [&](const fs::path& at) -> Status {
            Descriptor file = open_file(at.c_str(), O_WRONLY | O_CREAT);
            if (!file || !write_all(file, bytes)) return io_error("write", path, errno);
            // Pipes and devices cannot be synced.
            if ((!file.sync() && errno != EINVAL && errno != EROFS) || !file.close())
                return io_error("write", path, errno);
            return {};
        },
        existing);
}

namespace {
constexpr std::string_view writing_mark = ".writing-";
}

fs::path aside_of(const fs::path& place) {
    return place.parent_path() /
           ("." + place.filename().string() + std::string(writing_mark) + make_uuid().substr(0, 8));
}

bool is_half_written(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with('.') && name.find(writing_mark) != std::string::npos;
}

fs::path absolute_path(const fs::path& path) {
    const fs::path whole = fs::absolute(path.empty() ? fs::path(".") : path).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace gw
