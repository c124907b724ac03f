#pragma once
#include <QComboBox>

#include "ui/run_details.h"
#include "ui/widgets/dialogs/export_menu.h"
#include "ui/widgets/try/try_drawing.h"
#include "ui/widgets/try/try_evaluation.h"
#include "ui/widgets/try/try_judging.h"
#include "ui/widgets/try/try_writing.h"

namespace gw::ui {

/// A run's model put to use: it writes, draws or judges what one gives it, is scored on a file, leads on to a
/// fine-tuning, or is written for other programs. Says which of the run's checkpoints is used.
class TryPanel : public QWidget {
    Q_OBJECT
  public:
    explicit TryPanel(Workbench& workbench, QWidget* parent = nullptr);
    void show(const RunDetails& details);
    /// What is known of the run, which is more as soon as its data has been read.
    void setRun(const RunRecord& run);
    /// While the run is trained: the newest first.
    void setCheckpoints(const std::vector<CheckpointRecord>& checkpoints);
    /// What Ctrl+Enter does: writes, draws or judges.
    void go();
    TryDrawing& drawing() { return *drawing_; }
    TryWriting& writing() { return *writing_; }
    TryJudging& judging() { return *judging_; }
    TryEvaluation& evaluation() { return *evaluation_; }
    ExportMenu& exports() { return *exports_; }
    QComboBox& checkpoint() { return *checkpoint_; }

  private:
    void take(const RunRecord& run);
    void choose();
    Workbench& workbench_;
    RunRecord run_;
    std::vector<CheckpointRecord> checkpoints_;
    std::string current_;  ///< path of the one that the run stands for
    bool byHand_ = false;  ///< somebody chose a checkpoint: it stays chosen as long as it is there
    QLabel *none_, *what_;
    QWidget* all_;
    QComboBox* checkpoint_;
    QPushButton *finetune_, *export_;
    ExportMenu* exports_;
    TryDrawing* drawing_;
    TryWriting* writing_;
    TryJudging* judging_;
    TryEvaluation* evaluation_;
};

}  // namespace gw::ui
