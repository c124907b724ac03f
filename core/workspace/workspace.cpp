#include "workspace/workspace.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "util/io_error.h"

namespace gw {

Result<Workspace> Workspace::open(const fs::path& root) {
    Workspace workspace;
    workspace.root_ = fs::absolute(root).lexically_normal();
    for (const fs::path& folder : {workspace.root_, workspace.root_ / "runs", workspace.cache()}) {
        if (Status status = make_folder(folder); !status) return Error(status.error()).at("workspace " + workspace.root_.string());
        if (::access(folder.c_str(), W_OK | X_OK) != 0)
            return io_error("write to", folder, errno).at("workspace " + workspace.root_.string());
    }
    auto store = workspace.store();
    if (!store) return store.error();
    if (auto swept = store.value().sweep_orphans(); !swept) return swept.error();
    return workspace;
}

fs::path Workspace::default_root() {
    const char* chosen = std::getenv("GROUNDWORK_WORKSPACE");
    return chosen && *chosen ? fs::path(chosen) : user_data_folder() / "workspace";
}

}  // namespace gw
