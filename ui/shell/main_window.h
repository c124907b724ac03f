#pragma once
#include <QMainWindow>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/shell/page_list.h"
#include "ui/widgets/dialogs/command_palette.h"

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
    void showSettings();

    /// What to do with a run that is being trained when the window is closed.
    enum class Closing { saveAndQuit, quitWithoutSaving, keepTraining, leaveTraining };
    /// In the place of asking the person.
    std::function<Closing()> askClosing;

    /// What becomes of this window: it goes with its workbench, or is built anew over the same.
    enum class Leaving { closed, rebuilt };
    /// Whether what goes on in it beside a run may end: a sequence that a page carries out, and where it is closed a
    /// checkpoint that is read before a launch. Asks the person where there is such a thing.
    bool mayBeLeft(Leaving how);
    /// In the place of asking the person: what would end, in words; true where it may.
    std::function<bool(const QString& what)> askLeaving;

    bool eventFilter(QObject* watched, QEvent* event) override;

  Q_SIGNALS:
    /// This folder is to be the workspace; whoever keeps the window opens it.
    void workspaceWanted(const QString& folder);
    /// The window is to be built anew with the sizes of the first start.
    void layoutForgotten();

  protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* makeRail();
    QWidget* makeBanner();
    void restoreLayout();
    Page& current() const { return *pages_[static_cast<std::size_t>(stack_->currentIndex())]; }
    void forgetLayout();
    std::vector<Command> commands();
    std::vector<Command> pageActions() const;
    void showPageActions();
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
    QToolButton *themeButton_ = nullptr, *languageButton_ = nullptr, *settingsButton_ = nullptr;
    QLabel *deviceLabel_, *memoryLabel_, *diskLabel_, *runLabel_;
    QTimer clock_;
    bool quitting_ = false;
};

}  // namespace gw::ui
