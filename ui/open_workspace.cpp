#include "ui/open_workspace.h"

#include <QSettings>
#include <cstdlib>

#include "ui/text.h"

namespace gw::ui {

namespace {
const QString chosenWorkspace = QStringLiteral("workspace");
}

OpenWorkspace::OpenWorkspace(Workspace workspace)
    : lock_(qs((workspace.root() / "window.lock").string())), workbench(std::move(workspace)) {
    lock_.setStaleLockTime(0);
    workbench.setReadOnly(!lock_.tryLock(0));
}

fs::path OpenWorkspace::folder() {
    const QString chosen = QSettings().value(chosenWorkspace).toString();
    const char* wanted = std::getenv("GROUNDWORK_WORKSPACE");
    return chosen.isEmpty() || (wanted && *wanted) ? Workspace::default_root() : fs::path(ss(chosen));
}

void OpenWorkspace::remember(const fs::path& folder) {
    if (folder == Workspace::default_root())
        QSettings().remove(chosenWorkspace);
    else
        QSettings().setValue(chosenWorkspace, qs(folder.string()));
}

}  // namespace gw::ui
