#pragma once
#include <QCheckBox>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>

#include "ui/models/queue_model.h"
#include "ui/page.h"

namespace gw::ui {

/// Runs that wait their turn.
class QueuePage : public Page {
    Q_OBJECT
  public:
    explicit QueuePage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override { refresh(); }
    QStringList shortcuts() const override;
    QueueModel& model() { return *model_; }

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void refresh();
    void show(const QueueState& state);
    void move(int by);
    void moveTo(int from, int to);
    void remove();
    void change(const std::function<void(QueueSettings&)>& edit);
    int current() const;
    QueueModel* model_;
    QStackedLayout* states_;
    QTableView* view_;
    QLabel *now_, *total_, *emptyText_;
    QCheckBox* policy_;
    QPushButton *start_, *up_, *down_, *remove_, *open_;
    QueueSettings settings_;
    bool reading_ = false, again_ = false;
};

}  // namespace gw::ui
