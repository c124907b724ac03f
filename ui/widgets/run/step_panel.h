#pragma once
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTextBrowser>
#include <stop_token>

#include "study/step_view.h"
#include "ui/widgets/run/picture_strip.h"
#include "ui/workbench.h"
#include "workspace/models/replay_of_step.h"

namespace gw::ui {

/// The samples that a step was trained on, the hardest first: texts with each token on a ground that says what it cost,
/// labelled rows with what is true and what the checkpoint says, pictures as pictures.
class StepPanel : public QWidget {
    Q_OBJECT
  public:
    explicit StepPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const std::string& run, std::int64_t steps);
    void showStep(std::int64_t step);
    /// Runs the step again, shows the first layer that is not finite with all others, then what the step was fed.
    void replayStep(std::int64_t step);
    void showReplay(const StepReplay& replay);
    const QPlainTextEdit& replay() const { return *replayText_; }
    const QTextBrowser& view() const { return *view_; }
    const PictureStrip& pictures() const { return *pictures_; }
    /// `numbers`: labels are numbers, which are neither right nor wrong.
    void showView(const StepView& view, bool numbers = false);

  private:
    void read();
    void clear();
    void run(std::int64_t step);
    Workbench& workbench_;
    std::string run_;
    QSpinBox* step_;
    QPushButton *button_, *replayButton_;
    QPlainTextEdit* replayText_;
    QLabel* state_;
    QTextBrowser* view_;
    PictureStrip* pictures_;
    std::stop_source stop_;
    bool reading_ = false, replaying_ = false;
};

}  // namespace gw::ui
