#pragma once
#include <QComboBox>
#include <QLabel>
#include <memory>

#include "eval/task_metrics.h"
#include "ui/plots/custom_plot.h"
#include "ui/widgets/heat_table.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a run with labels said of its held-out part: metrics, confusion matrix, ROC, precision and recall, calibration.
class JudgementPanel : public QWidget {
    Q_OBJECT
  public:
    explicit JudgementPanel(QWidget* parent = nullptr);
    void setRun(const RunRecord& run);
    void read();
    const HeatTable& matrix() const { return *matrix_; }

  private:
    void showAll();
    void showMetrics();
    void showConfusion();
    void draw();
    std::string folder_;
    QComboBox *part_, *view_, *class_;
    QLabel *state_, *metrics_;
    HeatTable* matrix_;
    QCustomPlot* plot_;
    std::shared_ptr<const Predictions> predictions_;
};

}  // namespace gw::ui
