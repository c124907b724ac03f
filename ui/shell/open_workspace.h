#pragma once
#include <QLockFile>
#include <stop_token>

#include "ui/workbench.h"

namespace gw::ui {

/// A workspace that this program has open, with all that its pages share. The first window on it writes, the next ones
/// only look; the lock goes with the process, however that ends.
class OpenWorkspace {
    QLockFile lock_;  // let go of after the workbench has ended

  public:
    /// Reads the history through in the background, and says so where it is damaged; keeps a copy of it once a day.
    explicit OpenWorkspace(Workspace workspace);
    ~OpenWorkspace() { care_.request_stop(); }
    /// The workspace, to write to or, where that cannot be (a full or read-only disk), to look at. Where its history is
    /// lost a person is asked how to have it back.
    static Result<Workspace> open(const fs::path& folder);
    /// The folder that was chosen last, the user's own folder for data while none was; $GROUNDWORK_WORKSPACE goes
    /// before both.
    static fs::path folder();
    /// Chooses the folder that the next start opens; the usual one is not written down.
    static void remember(const fs::path& folder);
    Workbench workbench;

  private:
    std::stop_source care_;
};

}  // namespace gw::ui
