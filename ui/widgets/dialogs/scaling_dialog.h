#pragma once
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QTableWidget>
#include <optional>

#include "compare/scaling_study.h"
#include "ui/plots/scaling_plot.h"
#include "workspace/workspace.h"

namespace gw::ui {

/// The law of a scaling study: its runs, what was fitted to them, and what more compute would buy.
class ScalingDialog : public QDialog {
    Q_OBJECT
  public:
    ScalingDialog(const Workspace& workspace, const std::string& study, QWidget* parent = nullptr);

  Q_SIGNALS:
    void made(bool well);  ///< the study was read and fitted, or why not is said

  private:
    struct Found {
        ScalingStudy study;
        Result<ScalingFit> fit;
    };
    void read(const Workspace& workspace, const std::string& study);
    void showFound(const Result<Found>& found);
    void showForecast();
    ScalingStudy study_;
    std::optional<ScalingFit> fit_;
    ScalingPlot* plot_;
    QTableWidget* table_;
    QDoubleSpinBox* times_;
    QLabel *state_, *law_, *forecast_;
};

}  // namespace gw::ui
