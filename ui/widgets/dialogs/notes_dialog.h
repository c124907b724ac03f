#pragma once
#include <QDialog>
#include <QPlainTextEdit>
#include <QTextBrowser>

namespace gw::ui {

/// Markdown notes with their look beside them.
class NotesDialog : public QDialog {
    Q_OBJECT
  public:
    NotesDialog(const QString& title, const QString& notes, QWidget* parent = nullptr);
    QString notes() const { return edit_->toPlainText(); }

  private:
    QPlainTextEdit* edit_;
    QTextBrowser* view_;
};

}  // namespace gw::ui
