#pragma once
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <memory>
#include <stop_token>

#include "eval/task_metrics.h"
#include "study/slices.h"
#include "ui/plots/custom_plot.h"
#include "ui/widgets/heat_table.h"
#include "ui/widgets/run/baselines_panel.h"
#include "ui/widgets/run/row_gallery.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a run with labels said of its held-out part: metrics, confusion matrix, ROC, precision and recall, calibration,
/// slices of it, its rows one by one, and what classic methods reach.
class JudgementPanel : public QWidget {
    Q_OBJECT
  public:
    /// Without a workbench no classic methods are offered: they are measured anew.
    explicit JudgementPanel(const Workbench* workbench = nullptr, QWidget* parent = nullptr);
    ~JudgementPanel() override { stop_.request_stop(); }
    void setRun(const RunRecord& run);
    void read();
    HeatTable& matrix() { return *matrix_; }
    RowGallery& gallery() { return *gallery_; }
    BaselinesPanel* baselines() { return baselines_; }
    /// Shows what classic methods reach.
    void compareWithBaselines();
    /// Draws the slices by a column of the data, or those that hold each of some words (separated by commas).
    void cutByColumn(const QString& column);
    void cutByWords(const QString& words);

  private:
    void showAll();
    void showMetrics();
    void showConfusion();
    void showCell(int row, int column);
    void draw();
    void readColumns();
    void offerView(int view, const QString& name, bool offered);
    static std::vector<std::pair<int, QString>> classViews();
    void offerSlices(bool offered);
    void offerBaselines(bool offered);
    void cut();
    void showSlices(const Result<SliceReport>& found);
    std::string folder_;
    Json spec_;
    std::string datasetHash_;
    QComboBox *part_, *view_, *class_, *cutBy_;
    QLineEdit* words_;
    std::stop_source stop_;
    QLabel *state_, *metrics_;
    bool allFigures_ = false;
    HeatTable* matrix_;
    RowGallery* gallery_;
    BaselinesPanel* baselines_ = nullptr;
    QSplitter* tables_;  ///< matrix above, rows below
    QCustomPlot* plot_;
    std::shared_ptr<const Predictions> predictions_;
    fs::path read_;  ///< where they come from, and of when
    fs::file_time_type readOf_;
};

}  // namespace gw::ui
