#pragma once
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/widgets/flow_layout.h"
#include "ui/workbench.h"

namespace gw::ui {

/// One place of the window: a title row with at most one primary button at its right, in a second line where one is too
/// short, and the content below.
class Page : public QWidget {
    Q_OBJECT
  public:
    Page(Workbench& workbench, const QString& title, QWidget* parent = nullptr);
    /// Called when the page comes into view.
    virtual void entered() {}
    /// Ctrl+F; a page without a search of its own searches what can be done on it.
    virtual void findWanted() { Q_EMIT actionsWanted(); }
    /// Ctrl+Enter: the primary button, where it can be pressed.
    virtual void primaryWanted();
    /// --tab of the command line.
    virtual void tabWanted(int) {}
    /// Ctrl+Z.
    virtual void undoWanted() {}
    /// "Key\twhat it does", for the sheet of shortcuts.
    virtual QStringList shortcuts() const { return {}; }

  Q_SIGNALS:
    /// A list of what can be done on this page.
    void actionsWanted();

  protected:
    Workbench& workbench() { return workbench_; }
    QVBoxLayout* content() { return content_; }
    FlowLayout* titleRow() { return titleRow_; }
    QLabel* title() { return title_; }

  private:
    Workbench& workbench_;
    FlowLayout* titleRow_;
    QVBoxLayout* content_;
    QLabel* title_;
};

/// A label with one of the looks of the style sheet.
QLabel* label(const QString& text, const char* look = nullptr, QWidget* parent = nullptr);

}  // namespace gw::ui
