#pragma once
#include <QDialog>

#include "ui/workbench.h"

class QLineEdit;
class QListWidget;
class QLabel;
class QPushButton;

namespace gw::ui {

/// Chooses runs of the history, with the filter of the table of runs.
class RunPicker : public QDialog {
    Q_OBJECT
  public:
    RunPicker(Workbench& workbench, const std::vector<std::string>& chosen, QWidget* parent = nullptr);
    std::vector<std::string> chosen() const;

  private:
    void fill(const std::vector<RunRecord>& runs, const std::vector<std::string>& chosen);
    void filter(const QString& text);
    void count();
    std::vector<RunRecord> runs_;
    QLineEdit* filter_;
    QLabel *problem_, *count_;
    QListWidget* list_;
    QPushButton *take_, *nothing_;
};

}  // namespace gw::ui
