#include "data/curation/writer.h"

#include <fnmatch.h>

#include <algorithm>
#include <cerrno>

#include "data/curation/said.h"
#include "util/io_error.h"
#include "util/named_file.h"

namespace gw {

namespace {

fs::path real_place(const fs::path& path) {
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(absolute_path(path), ignored);
    return ignored ? absolute_path(path) : real;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// Whether a pattern would match a place, or a folder that it lies in.
bool would_match(const std::string& pattern, const fs::path& place) {
    const std::string whole = fs::absolute(pattern).lexically_normal().string();
    for (fs::path at = absolute_path(place); at.has_relative_path(); at = at.parent_path())
        if (::fnmatch(whole.c_str(), at.c_str(), FNM_PATHNAME) == 0) return true;
    return false;
}

}  // namespace

Status may_curate_into(const fs::path& out, const std::vector<std::string>& paths, const std::vector<fs::path>& files,
                       bool replace) {
    if (out.empty())
        return Error{Error::Code::bad_spec, "No folder is named for the result", "Name one with --out", {}};
    if (Status free = not_of_a_workspace(out); !free) return free;
    const fs::path place = real_place(out);
    std::error_code ignored;
    for (const std::string& path : paths) {
        // What a pattern matches next time counts too.
        const bool inside = fs::is_directory(path, ignored) ? lies_in(place, real_place(path)) : would_match(path, out);
        if (inside)
            return Error{Error::Code::bad_spec,
                         Phrase{say::result_inside, {path}}.text(),
                         say::folder_outside,
                         {"folder " + out.string()}};
    }
    for (const fs::path& file : files)
        if (lies_in(real_place(file), place))
            return Error{Error::Code::bad_spec,
                         Phrase{say::data_inside, {file.string()}}.text(),
                         say::folder_outside,
                         {"folder " + out.string()}};
    const fs::file_status state = fs::status(out, ignored);
    if (!fs::exists(state)) return {};
    if (!fs::is_directory(state)) return io_error("write", out, ENOTDIR);
    if (fs::is_empty(out, ignored)) return {};
    if (!replace)
        return Error{Error::Code::bad_spec,
                     Phrase{say::folder_there, {out.string()}}.text(),
                     "Choose another name, or say --replace where it may go",
                     {}};
    if (!fs::exists(out / CuratedFolder::story_name, ignored))
        return Error{Error::Code::bad_spec, Phrase{say::folder_of_others, {out.string()}}.text(), say::folder_kept, {}};
    for (const fs::directory_entry& one : fs::directory_iterator(out, ignored)) {
        const std::string name = one.path().filename().string();
        if (name != CuratedFolder::story_name && name != CuratedFolder::rows_name && name != CuratedFolder::plain_name)
            return Error{Error::Code::bad_spec,
                         Phrase{say::folder_with_more, {out.string(), name}}.text(),
                         say::folder_kept,
                         {}};
    }
    return {};
}

CuratedFolder::~CuratedFolder() {
    if (!aside_.empty()) (void)remove_tree(aside_);
}

Status CuratedFolder::open(const fs::path& out, const std::string& file, bool replace) {
    out_ = real_place(out);  // behind a link
    file_ = file;
    replace_ = replace;
    aside_ = aside_of(out_);
    if (Status made = make_folder(aside_); !made) return made;
    texts_ = open_file((aside_ / file_).c_str(), O_WRONLY | O_CREAT | O_EXCL);
    if (!texts_) return io_error("write", out_ / file_, errno);
    return {};
}

Status CuratedFolder::flush() {
    if (!write_all(texts_, waiting_)) return io_error("write", out_ / file_, errno);
    waiting_.clear();
    return {};
}

Status CuratedFolder::add(std::string_view bytes) {
    constexpr std::size_t enough = std::size_t{1} << 20;
    hash_.add(bytes);
    bytes_ += bytes.size();
    waiting_ += bytes;
    return waiting_.size() < enough ? Status() : flush();
}

Status CuratedFolder::close() {
    if (Status written = flush(); !written) return written;
    if (!texts_.sync() || !texts_.close()) return io_error("write", out_ / file_, errno);
    sha256_ = hash_.finish();
    return {};
}

Status CuratedFolder::publish(const std::string& story) {
    if (Status written = write_file_atomic(aside_ / story_name, story); !written) return written;
    if (Status synced = sync_folder(aside_); !synced) return synced;
    std::error_code ignored;
    if (!fs::exists(out_, ignored) || fs::is_empty(out_, ignored)) {
        if (Status moved = rename_path(aside_, out_); !moved) return moved;
        aside_.clear();
    } else if (!replace_) {  // it came to be meanwhile
        return Error{Error::Code::bad_spec, Phrase{say::folder_there, {out_.string()}}.text(), say::folder_kept, {}};
    } else if (file_layer().exchange(aside_.c_str(), out_.c_str()) != 0) {
        // A file system that cannot exchange two folders.
        const fs::path before = aside_of(out_);
        if (Status moved = rename_path(out_, before); !moved) return moved;
        if (Status moved = rename_path(aside_, out_); !moved) {
            (void)rename_path(before, out_);
            return moved;
        }
        aside_ = before;  // and goes with this
    }
    return sync_folder(out_.parent_path());
}

}  // namespace gw
