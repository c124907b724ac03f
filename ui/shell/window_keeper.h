#pragma once
#include <QObject>
#include <memory>

#include "ui/shell/main_window.h"
#include "ui/shell/open_workspace.h"

namespace gw::ui {

/// Keeps the window, and builds it again: in another language on the same page and with the same run, while a run goes
/// on; or on another workspace.
class WindowKeeper : public QObject {
    Q_OBJECT
  public:
    explicit WindowKeeper(std::unique_ptr<OpenWorkspace> workspace, QObject* parent = nullptr);
    /// On a workbench that outlives this.
    explicit WindowKeeper(Workbench& workbench, QObject* parent = nullptr);
    ~WindowKeeper() override;
    MainWindow& window() { return *window_; }
    Workbench& workbench() { return *workbench_; }
    /// Opens another folder in the place of this workspace and remembers it for the next start. Nothing changes while a
    /// run is being trained here, or when the folder cannot be opened; the window then says why. What else would end is
    /// asked for.
    void openWorkspace(const QString& folder);

  private:
    void build(bool samePlace);
    void replace(std::unique_ptr<MainWindow> next, std::shared_ptr<OpenWorkspace> left);
    void listen();
    std::unique_ptr<OpenWorkspace> own_;
    Workbench* workbench_;
    std::unique_ptr<MainWindow> window_;
};

}  // namespace gw::ui
