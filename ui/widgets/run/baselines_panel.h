#pragma once
#include <QLabel>

#include "study/baselines/measure.h"
#include "ui/widgets/heat_table.h"
#include "ui/widgets/reading_bar.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What classic methods reach on the split of a run that learnt a class or a number each, beside what the run reached.
/// Measured once it is looked at, in the background.
class BaselinesPanel : public QWidget {
    Q_OBJECT
  public:
    explicit BaselinesPanel(const Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const RunRecord& run);
    /// Of "validation" or "test"; what was measured already is shown at once.
    void measure(const std::string& part);
    HeatTable& table() { return *table_; }
    ReadingBar& bar() { return *bar_; }

  private:
    void show(const BaselineReport& report);
    const Workbench& workbench_;
    RunRecord run_;
    std::string part_;  ///< that is shown or being measured; empty = none
    ReadingBar* bar_;
    HeatTable* table_;
    QLabel* about_;
};

}  // namespace gw::ui
