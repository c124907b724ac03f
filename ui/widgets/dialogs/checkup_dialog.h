#pragma once
#include <QDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <stop_token>

#include "study/checkup/checkup.h"
#include "ui/workbench.h"

namespace gw::ui {

/// Looks in short trainings whether a model with these settings can learn: what each check found as it comes, worst
/// things in colour, with the curve of the range test. Closing it ends the checks.
class CheckupDialog : public QDialog {
    Q_OBJECT
  public:
    /// `spec` complete and sound.
    CheckupDialog(const Json& spec, const Workspace& workspace, QWidget* parent = nullptr);
    ~CheckupDialog() override;

  Q_SIGNALS:
    void checked(bool wrong);
    /// The rate that the range test advises is to be taken.
    void rateChosen(double rate);

  private:
    void start(const Json& spec, const Workspace& workspace);
    void add(const CheckFinding& finding);
    void end(const Result<std::vector<CheckFinding>>& all);
    QLabel* state_;
    QVBoxLayout* findings_;
    QProgressBar* bar_;
    QPushButton* close_;
    bool takesRate_ = false;  ///< whether the optimizer has one rate that is set
    std::stop_source stop_;
};

}  // namespace gw::ui
