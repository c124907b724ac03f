#pragma once
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <stop_token>

#include "study/plan.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What can be trained on this machine in some hours: sizes of a spec by measured rates, one of which may be taken.
/// Closing it ends the measurement.
class PlanDialog : public QDialog {
    Q_OBJECT
  public:
    /// `spec` complete and sound; temporary files lie in the workspace's cache.
    PlanDialog(const Json& spec, const Workspace& workspace, QWidget* parent = nullptr);
    ~PlanDialog() override;
    const Plan& plan() const { return plan_; }

  Q_SIGNALS:
    void made(bool well);           ///< the measurement has ended
    void chosen(const Json& spec);  ///< of a size, with the budget of the hours

  private:
    void start(const Json& spec, const Workspace& workspace);
    void showProgress(const std::string& phase);
    void showPlan();
    void take();
    Plan plan_;
    QDoubleSpinBox* hours_;
    QTableWidget* table_;
    QLabel *state_, *advice_;
    QProgressBar* bar_;
    QPushButton *take_, *close_;
    std::stop_source stop_;
};

}  // namespace gw::ui
