#pragma once
#include <QLockFile>

#include "ui/workbench.h"

namespace gw::ui {

/// A workspace that this program has open, with all that its pages share. The first window on it writes, the next ones
/// only look; the lock goes with the process, however that ends.
class OpenWorkspace {
    QLockFile lock_;  // let go of after the workbench has ended

  public:
    explicit OpenWorkspace(Workspace workspace);
    /// The folder that was chosen last, the user's own folder for data while none was; $GROUNDWORK_WORKSPACE goes
    /// before both.
    static fs::path folder();
    /// Chooses the folder that the next start opens; the usual one is not written down.
    static void remember(const fs::path& folder);
    Workbench workbench;
};

}  // namespace gw::ui
