#pragma once
#include <QDialog>
#include <QPlainTextEdit>
#include <QTextBrowser>
#include <optional>

#include "ui/workbench.h"

namespace gw::ui {

/// Markdown notes with their look beside them.
class NotesDialog : public QDialog {
    Q_OBJECT
  public:
    NotesDialog(const QString& title, const QString& notes, QWidget* parent = nullptr);
    QString notes() const { return edit_->toPlainText(); }
    /// Lets a person edit the notes of a run and keeps them. Where they cannot be kept, or another program has changed
    /// them meanwhile, that is told and the dialog stays with what was written. Gives what was kept, if anything.
    static std::optional<std::string> edit(Workbench& workbench, RunRecord run, QWidget* parent);

  private:
    QPlainTextEdit* edit_;
    QTextBrowser* view_;
};

}  // namespace gw::ui
