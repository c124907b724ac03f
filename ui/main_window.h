#pragma once
#include <QMainWindow>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/page_list.h"

namespace gw::ui {

/// Rail, pages and status bar.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(Workbench& workbench, QWidget* parent = nullptr);
    void showPage(const QString& id);
    Page* page(const QString& id) const;

    /// What to do with a run that is being trained when the window is closed.
    enum class Closing { saveAndQuit, quitWithoutSaving, keepTraining };
    /// Asks the person; a test may put its answer here.
    std::function<Closing()> askClosing;

  protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* makeRail();
    void makeShortcuts();
    void showState();
    void showIcons();
    Workbench& workbench_;
    std::vector<PageEntry> entries_;
    std::vector<Page*> pages_;
    std::vector<QToolButton*> buttons_;
    QStackedWidget* stack_;
    QFrame* rail_ = nullptr;
    QLabel* brand_ = nullptr;
    QToolButton* themeButton_ = nullptr;
    QLabel *deviceLabel_, *memoryLabel_, *diskLabel_, *runLabel_;
    QTimer clock_;
    bool quitting_ = false;
};

}  // namespace gw::ui
