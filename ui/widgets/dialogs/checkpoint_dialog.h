#pragma once
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include "ui/forms/field_editor.h"
#include "ui/models/checkpoint_model.h"
#include "ui/workbench.h"

namespace gw::ui {

/// Chooses a checkpoint: one of the history, by its run, step and score, or any folder.
class CheckpointDialog : public QDialog {
    Q_OBJECT
  public:
    explicit CheckpointDialog(Workbench& workbench, QWidget* parent = nullptr);
    /// Opens one beside a field, which gets what is chosen.
    static void choose(Workbench& workbench, FieldEditor* editor);
    CheckpointModel& model() { return *model_; }
    QPushButton& takeButton() { return *take_; }

  Q_SIGNALS:
    void chosen(const QString& folder);

  private:
    void take();
    CheckpointModel* model_;
    QTableView* view_;
    QLineEdit* filter_;
    QLabel* state_;
    QPushButton* take_;
};

}  // namespace gw::ui
