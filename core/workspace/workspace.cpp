#include "workspace/workspace.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "spec/run_spec.h"
#include "util/io_error.h"
#include "util/named_file.h"
#include "util/text.h"
#include "workspace/record/rebuild.h"
#include "workspace/studies/sweep.h"

namespace gw {

namespace {

std::string where_of(const fs::path& root) {
    return "workspace " + well_formed_utf8(root.string());
}

bool is_uuid(const std::string& text) {
    constexpr std::size_t length = 36;
    return text.size() == length && text.find_first_not_of("0123456789abcdefABCDEF-") == std::string::npos;
}

}  // namespace

Result<Workspace> Workspace::open(const fs::path& root) {
    know_former_kinds();
    Workspace workspace;
    workspace.root_ = absolute_path(root);
    if (first_bad_utf8(workspace.root_.string()))
        return Error{Error::Code::bad_spec,
                     "The path of the workspace is not UTF-8, so that it could not be written into the history",
                     "Choose a folder with another name",
                     {where_of(workspace.root_)}};
    for (const fs::path& folder : {workspace.root_, workspace.root_ / "runs", workspace.cache()}) {
        if (Status status = make_folder(folder); !status) return Error(status.error()).at(where_of(workspace.root_));
        if (::access(folder.c_str(), W_OK | X_OK) != 0)
            return io_error("write to", folder, errno).at(where_of(workspace.root_));
    }
    if (history_is_missing(workspace.root_))
        return Error{Error::Code::bad_data,
                     "The history of this workspace is gone, but its runs are there",
                     "`groundwork-cli rebuild` makes it again from their folders",
                     {where_of(workspace.root_)}};
    auto store = workspace.store();
    if (!store) return store.error();
    workspace.has_history_ = true;
    if (auto swept = sweep_workspace(workspace.root_, store.value()); !swept) return swept.error();
    return workspace;
}

Result<Workspace> Workspace::look(const fs::path& root) {
    auto opened = open(root);
    Workspace workspace;
    workspace.root_ = absolute_path(root);
    std::error_code ignored;
    if (opened || !fs::exists(workspace.database(), ignored)) return opened;
    workspace.read_only_ = true;
    // What is damaged is so for who writes too, who looks closer.
    const bool damaged = opened.error().code == Error::Code::bad_data;
    const auto store = workspace.store(Store::Mode::read_only);
    if (!store) return damaged ? opened.error() : store.error();
    if (damaged && !store.value().runs()) return opened;
    workspace.cache_ = workspace.temporary_.emplace().path();
    return workspace;
}

Result<Store> Workspace::store(Store::Mode mode) const {
    if (read_only_ && mode == Store::Mode::read_write)
        return Error{Error::Code::io,
                     "Nothing can be written to this workspace",
                     "Change its permissions, free some space, or choose another workspace with --workspace; looking "
                     "at it goes on",
                     {where_of(root_)}};
    std::error_code unknown;
    if (has_history_ && !fs::exists(database(), unknown))
        return Error{Error::Code::bad_data,
                     fs::exists(root_, unknown) ? "The history of this workspace is gone"
                                                : "The folder of this workspace is gone",
                     "Put it back (a disk may have been taken away), or start Groundwork again",
                     {where_of(root_)}};
    return Store::open(database(), mode);
}

Result<fs::path> Workspace::own_folder(const RunRecord& run) const {
    const fs::path folder = run_folder(run.id);
    if (is_uuid(run.id) && fs::path(run.path).lexically_normal() == folder.lexically_normal()) return folder;
    return Error{Error::Code::bad_data,
                 "The history says that this run lies in " + well_formed_utf8(run.path) +
                     ", which is not a run's folder of this workspace",
                 "The folder was left as it is",
                 {"run " + run.name}};
}

fs::path Workspace::default_root() {
    const char* chosen = std::getenv("GROUNDWORK_WORKSPACE");
    return chosen && *chosen ? fs::path(chosen) : user_data_folder() / "workspace";
}

}  // namespace gw
