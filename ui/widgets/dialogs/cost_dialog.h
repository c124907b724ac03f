#pragma once
#include <QDialog>
#include <QLabel>
#include <vector>

#include "compare/cost.h"
#include "ui/workbench.h"

namespace gw::ui {

class FieldEditor;

/// What energy and hours cost in this workspace, and what all its runs took by that. Kept as soon as it is changed.
class CostDialog : public QDialog {
    Q_OBJECT
  public:
    explicit CostDialog(Workbench& workbench, QWidget* parent = nullptr);
    QLabel& sum() { return *sum_; }

  private:
    void keep();
    void showSum();
    Workbench& workbench_;
    std::vector<FieldEditor*> fields_;
    QLabel* sum_;
    bool reading_ = false, again_ = false;
};

}  // namespace gw::ui
