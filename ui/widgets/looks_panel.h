#pragma once
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <memory>
#include <stop_token>

#include "store/records.h"
#include "study/picture_looks.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a network of pictures sees: its first filters, where it looks, what it fills in, which pictures or captions it
/// takes for near. Read when somebody looks.
class LooksPanel : public QWidget {
    Q_OBJECT
  public:
    explicit LooksPanel(Workbench& workbench, QWidget* parent = nullptr);
    ~LooksPanel() override { stop_.request_stop(); }
    void setRun(const RunRecord& run);
    /// Somebody looks: reads what is not read yet.
    void read();
    void showFound(std::shared_ptr<const PictureLooks> looks);
    const QLabel& state() const { return *state_; }
    QPushButton& again() { return *again_; }
    QPushButton& cancel() { return *cancel_; }

  private:
    void readAgain();
    void forget();
    void end();
    void clearGroups();
    void addGroup(const Look& look);
    ProgressFn told();
    Workbench& workbench_;
    RunRecord run_;
    bool busy_ = false;
    std::stop_source stop_;
    std::shared_ptr<const PictureLooks> looks_;
    QPushButton *again_, *cancel_;
    QLabel* state_;
    QScrollArea* area_;
};

}  // namespace gw::ui
