#pragma once
#include <QMainWindow>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/page_list.h"
#include "ui/widgets/command_palette.h"

namespace gw::ui {

/// Rail, pages and status bar.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(Workbench& workbench, QWidget* parent = nullptr);
    void showPage(const QString& id);
    Page* page(const QString& id) const;
    QString currentPage() const;
    /// Keeps place, size, splitters and columns for the next window.
    void rememberLayout();
    void showTour();
    void showPalette();
    void showShortcuts();

    /// What to do with a run that is being trained when the window is closed.
    enum class Closing { saveAndQuit, quitWithoutSaving, keepTraining };
    /// Asks the person; a test may put its answer here.
    std::function<Closing()> askClosing;

  protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* makeRail();
    QWidget* makeBanner();
    void restoreLayout();
    std::vector<Command> commands();
    void showHelp();
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
    QToolButton *themeButton_ = nullptr, *languageButton_ = nullptr;
    QLabel *deviceLabel_, *memoryLabel_, *diskLabel_, *runLabel_;
    QTimer clock_;
    bool quitting_ = false;
};

}  // namespace gw::ui
