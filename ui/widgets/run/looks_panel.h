#pragma once
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <memory>

#include "store/records.h"
#include "study/picture_looks.h"
#include "ui/widgets/reading_bar.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a network of pictures sees: its first filters, where it looks, what it fills in, which pictures or captions it
/// takes for near. Read when somebody looks.
class LooksPanel : public QWidget {
    Q_OBJECT
  public:
    explicit LooksPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const RunRecord& run);
    /// Somebody looks: reads what is not read yet.
    void read();
    void showFound(std::shared_ptr<const PictureLooks> looks);
    const QLabel& state() const { return bar_->state(); }
    QPushButton& again() { return *again_; }
    QPushButton& cancel() { return bar_->cancel(); }

  private:
    void readAgain();
    void forget();
    void end();
    void clearGroups();
    void addGroup(const Look& look);
    Workbench& workbench_;
    RunRecord run_;
    std::shared_ptr<const PictureLooks> looks_;
    ReadingBar* bar_;
    QPushButton* again_;
    QScrollArea* area_;
};

}  // namespace gw::ui
