#include "ui/shell/open_workspace.h"

#include <QSettings>
#include <cstdlib>

#include "ui/background.h"
#include "ui/shell/history_rescue.h"
#include "ui/texts/text.h"
#include "workspace/record/backup.h"
#include "workspace/record/rebuild.h"

namespace gw::ui {

namespace {
const QString chosenWorkspace = QStringLiteral("workspace");
}

OpenWorkspace::OpenWorkspace(Workspace workspace)
    : lock_(qs((workspace.root() / "window.lock").string())), workbench(std::move(workspace)) {
    lock_.setStaleLockTime(0);
    workbench.setReadOnly(workbench.workspace().read_only() || !lock_.tryLock(0));
    if (workbench.workspace().read_only()) return;
    inBackground(
        &workbench,
        [root = workbench.workspace().root(), stop = care_.get_token()] { return care_for_history(root, stop); },
        [this](const Result<bool>& cared) {
            // That no copy could be made is for the log of the disk's owner; damage is for whoever works here.
            if (!cared && cared.error().code == Error::Code::bad_data) workbench.showError(cared.error());
        });
}

Result<Workspace> OpenWorkspace::open(const fs::path& folder) {
    auto opened = Workspace::look(folder);
    if (opened || !history_is_lost(folder) || !HistoryRescue::offer(folder, opened.error())) return opened;
    return Workspace::look(folder);
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
