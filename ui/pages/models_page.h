#pragma once
#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>

#include "ui/models/checkpoint_model.h"
#include "ui/page.h"
#include "ui/widgets/flow_tabs.h"

namespace gw::ui {

class FinetunePanel;
class LineageView;
class PilotPanel;
class SequencePanel;
class WeightsPanel;

/// Every checkpoint of the history, and what can be begun from it.
class ModelsPage : public Page {
    Q_OBJECT
  public:
    explicit ModelsPage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override { refresh(); }
    void findWanted() override { filter_->setFocus(); }
    void primaryWanted() override;
    void tabWanted(int tab) override;
    QStringList shortcuts() const override;
    /// Chooses a checkpoint; it need not be among those read yet.
    void choose(const std::string& checkpoint);
    FinetunePanel& finetune() { return *finetune_; }
    SequencePanel& sequences() { return *sequences_; }
    PilotPanel& pilot() { return *pilot_; }
    LineageView& lineage() { return *lineage_; }
    WeightsPanel& weights() { return *weights_; }
    CheckpointModel& model() { return *model_; }
    QTableView& view() { return *view_; }

  private:
    void refresh();
    void showRows(std::vector<CheckpointRow> rows);
    /// Marks the chosen checkpoint's row, if it is shown; the choice stays what it is in any case.
    void selectChosen();
    void setChosen(int row);
    void setChosen(const CheckpointRow& row);
    void setGone();
    CheckpointModel* model_;
    QTableView* view_;
    QLineEdit* filter_;
    QStackedLayout* states_;
    FlowTabs* tabs_;
    FinetunePanel* finetune_;
    SequencePanel* sequences_;
    PilotPanel* pilot_;
    LineageView* lineage_;
    WeightsPanel* weights_;
    std::string chosen_;  ///< path of the checkpoint that the tabs begin from; it may be gone
    QString chosenName_;  ///< for people
    QLabel* gone_;
    bool hasSequence_ = false;  ///< one was begun here: it is shown before there is any checkpoint
    bool isGone_ = false, fresh_ = false, showingRows_ = false, reading_ = false, again_ = false;
};

}  // namespace gw::ui
