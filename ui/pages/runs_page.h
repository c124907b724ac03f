#pragma once
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>

#include "ui/models/run_table_model.h"
#include "ui/page.h"
#include "ui/widgets/run/interrupted_bar.h"

namespace gw {
struct TrashSize;
}

namespace gw::ui {

/// The history: every run of the workspace in one table.
class RunsPage : public Page {
    Q_OBJECT
  public:
    explicit RunsPage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override { refresh(); }
    void findWanted() override;
    void undoWanted() override { undo(); }
    QStringList shortcuts() const override;
    RunTableModel& model() { return *model_; }
    QTableView& view() { return *view_; }

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    enum State { loading, empty, table, failed };
    void makeTitleRow();
    QWidget* makeFilterRow();
    QWidget* makeLines();
    QWidget* makeTable();
    QWidget* makeEmpty();
    QWidget* makeMessage(QLabel** text);
    void refresh();
    void show(Result<RunChanges> changes);
    void showMenu(const QPoint& at);
    void showCount();
    void showNothing();
    void clearFilter();
    void showSpans();
    void applyFilter();
    void open(const QModelIndex& index);
    std::vector<RunRecord> chosen() const;
    void compareChosen();
    void deleteChosen();
    void restore(const std::vector<std::string>& runs);
    void undo();
    /// Says what was done and offers to take it back, until the next such deed.
    void showUndo(const QString& text, std::function<void()> act);
    /// Gives each run the tags that are wanted of it as it stands now.
    void setTags(const std::vector<RunRecord>& runs,
                 const std::function<std::vector<std::string>(const RunRecord&)>& wanted);
    void tagChosen();
    void noteChosen();
    void reportChosen();
    void scalingOf(const std::string& study);
    void emptyTrash();
    void askToEmptyTrash();
    void nameTrash(const TrashSize& size);
    void showTrash(bool on);
    void readSavedFilters();
    void saveFilter();
    /// Carries out one write and reads the history again, or shows why it cannot be.
    bool write(const std::function<Status(Store&)>& work);

    RunTableModel* model_;
    QLineEdit* filterField_;
    QLabel* problem_;
    QComboBox *saved_, *group_;
    QPushButton *trash_, *emptyTrash_, *compare_;
    InterruptedBar* interrupted_;
    QFrame* notice_;
    QLabel* noticeText_;
    std::function<void()> undo_;
    QTableView* view_ = nullptr;
    QStackedLayout *states_, *lines_ = nullptr;  ///< lines_: the table, or why it is empty
    QLabel* nothingText_ = nullptr;
    QPushButton* clearFilter_ = nullptr;
    QLabel *failure_ = nullptr, *loading_ = nullptr, *count_ = nullptr;
    bool reading_ = false, again_ = false;
};

}  // namespace gw::ui
