#pragma once
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <memory>
#include <stop_token>

#include "eval/task_metrics.h"
#include "train/slices.h"
#include "ui/plots/custom_plot.h"
#include "ui/widgets/heat_table.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a run with labels said of its held-out part: metrics, confusion matrix, ROC, precision and recall, calibration, and slices of it.
class JudgementPanel : public QWidget {
    Q_OBJECT
  public:
    explicit JudgementPanel(QWidget* parent = nullptr);
    ~JudgementPanel() override { stop_.request_stop(); }
    void setRun(const RunRecord& run);
    void read();
    const HeatTable& matrix() const { return *matrix_; }
    /// Draws the slices by a column of the data, or those that hold each of some words (separated by commas).
    void cutByColumn(const QString& column);
    void cutByWords(const QString& words);

  private:
    void showAll();
    void showMetrics();
    void showConfusion();
    void draw();
    void readColumns();
    void cut();
    void showSlices(const Result<SliceReport>& found);
    std::string folder_;
    Json spec_;
    std::string datasetHash_;
    QComboBox *part_, *view_, *class_, *cutBy_;
    QLineEdit* words_;
    std::stop_source stop_;
    QLabel *state_, *metrics_;
    HeatTable* matrix_;
    QCustomPlot* plot_;
    std::shared_ptr<const Predictions> predictions_;
};

}  // namespace gw::ui
