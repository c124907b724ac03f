#pragma once
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QWidget>

#include "store/records.h"
#include "train/message/knobs.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What may be changed while a run is trained, and what was.
class KnobsPanel : public QWidget {
    Q_OBJECT
  public:
    explicit KnobsPanel(Workbench& workbench, QWidget* parent = nullptr);
    /// `live` = this window trains it; `active` = any program does.
    void setRun(const RunRecord& run, bool live, bool active);
    void setJournal(const std::vector<EventRecord>& events);
    void addEvent(const EventRecord& event);

  private:
    void applyKnobs();
    void showJournal();
    Workbench& workbench_;
    RunRecord run_;
    bool live_ = false, active_ = false;
    QLineEdit *rate_, *clip_, *evaluate_, *save_;
    QLabel *problem_, *hint_;
    QPushButton *apply_, *back_;
    QTextBrowser* journal_;
    std::vector<EventRecord> events_;
};

}  // namespace gw::ui
