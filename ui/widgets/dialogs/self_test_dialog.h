#pragma once
#include <QDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <stop_token>

#include "train/replay/self_test.h"
#include "ui/workbench.h"

namespace gw::ui {

/// Proves that a run with these settings goes on exactly after a resume: live steps, then the verdict in words. Closing
/// it ends the test.
class SelfTestDialog : public QDialog {
    Q_OBJECT
  public:
    /// `spec` complete and sound; the test keeps its temporary files beside the workspace's cache.
    SelfTestDialog(const QString& title, const Json& spec, const Workspace& workspace, QWidget* parent = nullptr);
    ~SelfTestDialog() override;

  Q_SIGNALS:
    void tested(bool same);

  private:
    void start(const Json& spec, const Workspace& workspace);
    void showStage(SelfTestStage stage, double share);
    void showVerdict(const Result<SelfTestReport>& report);
    QLabel *stages_, *verdict_, *details_;
    QProgressBar* bar_;
    QPushButton* close_;
    QStringList seen_;  ///< stages so far, the last one under way
    std::stop_source stop_;
};

/// Opens it over a page; a spec that is not sound is an error shown there.
void openSelfTest(Workbench& workbench, const QString& title, const Json& spec, QWidget* parent);

}  // namespace gw::ui
