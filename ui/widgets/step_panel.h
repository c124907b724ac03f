#pragma once
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTextBrowser>
#include <stop_token>

#include "ui/workbench.h"

namespace gw::ui {

/// The samples that a step was trained on, the hardest first, each token on a ground that says what it cost.
class StepPanel : public QWidget {
    Q_OBJECT
  public:
    explicit StepPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const std::string& run, std::int64_t steps);
    void showStep(std::int64_t step);
    const QTextBrowser& view() const { return *view_; }

  private:
    void read();
    Workbench& workbench_;
    std::string run_;
    QSpinBox* step_;
    QPushButton* button_;
    QLabel* state_;
    QTextBrowser* view_;
    std::stop_source stop_;
    bool reading_ = false;
};

}  // namespace gw::ui
