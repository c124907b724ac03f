#pragma once
#include <QPushButton>
#include <QTableWidget>
#include <map>

#include "store/records.h"
#include "ui/plots/custom_plot.h"
#include "ui/widgets/flow_tabs.h"
#include "ui/widgets/heat_table.h"
#include "workspace/studies/sequence_study.h"

namespace gw::ui {

/// "One after another", "Elastic weights (EWC)", ...
QString strategyText(const std::string& strategy);

/// What a sequence of tasks has led to so far: a line a strategy, and of the chosen one the accuracies after each task
/// and the runs, which can be opened.
class SequenceResults : public QWidget {
    Q_OBJECT
  public:
    explicit SequenceResults(QWidget* parent = nullptr);
    /// `runs`: those of the study that are in the history, by their id.
    void showStudy(const SequenceStudy& study, const std::map<std::string, RunRecord>& runs);
    /// Chooses the strategy that is at work, unless somebody has chosen one.
    void follow(const std::string& strategy);
    const QTableWidget& strategies() const { return *strategies_; }
    const HeatTable& matrix() const { return *matrix_; }
    QTableWidget& runs() { return *runs_; }

  Q_SIGNALS:
    void runWanted(const QString& id);

  private:
    QTableWidget* makeTable(const QStringList& heads, const QString& accessibleName);
    QWidget* makeRuns();
    void showStrategies();
    void showChosen();
    void showMatrix();
    void showRuns();
    void drawCurves();
    void openChosenRun();
    std::string strategy() const;
    /// Of the chosen strategy, a seed each; those with the most rows first.
    std::vector<SequenceResult> chosenResults() const;
    SequenceStudy study_;
    std::map<std::string, RunRecord> records_;
    QTableWidget *strategies_, *runs_;
    HeatTable* matrix_;
    QCustomPlot* plot_;
    FlowTabs* tabs_;
    QPushButton* open_;
    bool showing_ = false;    ///< the tables are being filled: nobody chooses
    bool hasChosen_ = false;  ///< somebody chose a strategy of this study
};

}  // namespace gw::ui
