#pragma once
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/workbench.h"

namespace gw::ui {

/// One place of the window: a title row with at most one primary button at its right, and the content below.
class Page : public QWidget {
    Q_OBJECT
  public:
    Page(Workbench& workbench, const QString& title, QWidget* parent = nullptr);
    /// Called when the page comes into view.
    virtual void entered() {}
    /// Ctrl+F.
    virtual void findWanted() {}
    /// Ctrl+Enter.
    virtual void primaryWanted() {}
    /// --tab of the command line.
    virtual void tabWanted(int) {}
    /// Ctrl+Z.
    virtual void undoWanted() {}
    /// "Key\twhat it does", for the sheet of shortcuts.
    virtual QStringList shortcuts() const { return {}; }

  protected:
    Workbench& workbench() { return workbench_; }
    QVBoxLayout* content() { return content_; }
    QHBoxLayout* titleRow() { return titleRow_; }
    QLabel* title() { return title_; }

  private:
    Workbench& workbench_;
    QHBoxLayout* titleRow_;
    QVBoxLayout* content_;
    QLabel* title_;
};

/// A label with one of the looks of the style sheet.
QLabel* label(const QString& text, const char* look = nullptr, QWidget* parent = nullptr);

}  // namespace gw::ui
