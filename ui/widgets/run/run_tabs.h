#pragma once
#include <QPlainTextEdit>
#include <QTableWidget>

#include "ui/run_details.h"
#include "ui/widgets/flow_tabs.h"
#include "ui/widgets/run/embedding_panel.h"
#include "ui/widgets/run/findings_panel.h"
#include "ui/widgets/run/forecast_panel.h"
#include "ui/widgets/run/judgement_panel.h"
#include "ui/widgets/run/knobs_panel.h"
#include "ui/widgets/run/layers_panel.h"
#include "ui/widgets/run/looks_panel.h"
#include "ui/widgets/run/samples_view.h"
#include "ui/widgets/run/step_panel.h"
#include "ui/widgets/try/try_panel.h"

namespace gw::ui {

/// What is known of a run beside its curves: samples, findings, its evaluation, its embedding, what it sees of
/// pictures, its forecasts, its model to try, the batch of a step, layers, live settings, checkpoints, settings, log.
class RunTabs : public FlowTabs {
    Q_OBJECT
  public:
    explicit RunTabs(Workbench& workbench, QWidget* parent = nullptr);
    void show(const RunDetails& details);
    void addSample(const SampleRecord& sample);
    void addEvent(const EventRecord& event);
    void setCheckpoints(const std::vector<CheckpointRecord>& checkpoints);
    /// Who trains the run decides what the knobs can do.
    void setState(const RunRecord& run, bool live, bool active);
    void showStep(std::int64_t step);
    /// The step forward and backward again, beside what it was fed.
    void replayStep(std::int64_t step);
    StepPanel& batch() { return *batch_; }
    LayersPanel& layers() { return *layers_; }
    KnobsPanel& knobs() { return *knobs_; }
    JudgementPanel& judgement() { return *judgement_; }
    EmbeddingPanel& embedding() { return *embedding_; }
    LooksPanel& looks() { return *looks_; }
    ForecastPanel& forecast() { return *forecast_; }
    FindingsPanel& findings() { return *findings_; }
    SamplesView& samples() { return *samples_; }
    TryPanel& trial() { return *trial_; }
    QTableWidget& checkpoints() { return *checkpoints_; }
    QPlainTextEdit& log() { return *log_; }
    void showFindings() { setCurrentWidget(findings_); }
    /// What the run has told by now counts as seen, here and in the history.
    void markAlertsSeen();

  Q_SIGNALS:
    void forkWanted(const QString& checkpoint);

  private:
    void showSpec(const Json& spec);
    SamplesView* samples_;
    QPlainTextEdit *log_, *spec_;
    QTableWidget* checkpoints_;
    FindingsPanel* findings_;
    StepPanel* batch_;
    LayersPanel* layers_;
    KnobsPanel* knobs_;
    JudgementPanel* judgement_;
    EmbeddingPanel* embedding_;
    LooksPanel* looks_;
    ForecastPanel* forecast_;
    TryPanel* trial_;
    Workbench& workbench_;
    std::string run_;
    bool ofAPart_ = false;  ///< the checkpoints' figures are of a part of the validation texts
};

}  // namespace gw::ui
