#pragma once
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <vector>

#include "ui/forms/section_form.h"
#include "ui/workbench.h"

namespace gw::ui {

/// Asks how a run goes on before anything is launched: longer in itself, or as a run of its own from one of its
/// checkpoints.
class ContinueDialog : public QDialog {
    Q_OBJECT
  public:
    enum class Way { fork, extend };
    /// `checkpoints`: of the run, the newest first, one at least; `chosen`: path of the one to begin from, or empty for
    /// the newest.
    ContinueDialog(Workbench& workbench, Way way, RunRecord run, std::vector<CheckpointRecord> checkpoints,
                   const std::string& chosen, QWidget* parent = nullptr);
    /// Reads the run in the background, then opens the dialog over `parent`, or shows why it cannot.
    static void ask(Workbench& workbench, Way way, const std::string& run, const std::string& chosen, QWidget* parent);

    /// What Launch will start.
    LaunchRequest request() const;
    QPushButton& launchButton() { return *launch_; }
    const QLabel& problem() const { return *problem_; }
    /// Names of the fields: "continue.name", "continue.from", "continue.rate", "training.budget",
    /// "training.budget_unit", "optimizer.lr", "schedule.kind".

  private:
    enum Rate { stretched, level };
    void makeForm();
    void suggestBudget();
    void check();
    void launch();
    const CheckpointRecord& from() const;
    Json spec() const;
    std::int64_t totalSteps() const;
    FieldEditor* field(const char* section, const char* key);
    Workbench& workbench_;
    Way way_;
    RunRecord run_;
    std::vector<CheckpointRecord> checkpoints_;
    std::size_t begin_ = 0;  ///< place of the one that the run goes on from
    QLineEdit* name_ = nullptr;
    QComboBox *from_ = nullptr, *rate_ = nullptr;
    FieldEditor *budget_ = nullptr, *unit_ = nullptr, *lr_ = nullptr;
    SectionForm* schedule_ = nullptr;
    QVBoxLayout* fields_;
    QLabel *plan_, *problem_;
    QPushButton* launch_;
};

}  // namespace gw::ui
