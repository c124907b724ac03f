#pragma once
#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>

#include "ui/models/run_table_model.h"
#include "ui/page.h"

namespace gw::ui {

/// The history: every run of the workspace in one table.
class RunsPage : public Page {
    Q_OBJECT
  public:
    explicit RunsPage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override { refresh(); }
    void findWanted() override;
    RunTableModel& model() { return *model_; }

  private:
    enum State { loading, empty, table, failed };
    void refresh();
    void show(Result<std::vector<RunRow>> rows);
    void showMenu(const QPoint& at);
    void open(const QModelIndex& index);
    std::optional<RunRow> current() const;
    QWidget* makeTable();
    QWidget* makeEmpty();
    QWidget* makeMessage(QLabel** text);
    RunTableModel* model_;
    RunFilter* filter_;
    QLineEdit* filterField_;
    QTableView* view_ = nullptr;
    QStackedLayout* states_;
    QLabel *failure_ = nullptr, *loading_ = nullptr, *count_ = nullptr;
    bool reading_ = false, again_ = false;
};

}  // namespace gw::ui
