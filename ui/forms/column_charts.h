#pragma once
#include <QLabel>
#include <QWidget>

#include "data/column_survey.h"

class QCustomPlot;
class QVBoxLayout;

namespace gw::ui {

/// The columns of a table or of series as small charts: how the values of each are spread, the course of a series, the
/// commonest words; below them what goes together, and where times are missing.
class ColumnCharts : public QWidget {
    Q_OBJECT
  public:
    explicit ColumnCharts(QWidget* parent = nullptr);
    /// Nothing hides all of it. `whole`: whether all rows were read.
    void show(const std::optional<ColumnSurvey>& survey, bool whole);
    int charts() const { return charts_; }
    QCustomPlot* correlations() const { return correlations_; }
    const QLabel& heading() const { return *heading_; }

  private:
    void addChart(const ColumnSurvey& survey, const ColumnSurvey::Column& column);
    void addCorrelations(const ColumnSurvey& survey);
    void addGaps(const ColumnSurvey& survey);
    QLabel* heading_;
    QVBoxLayout* column_;
    QWidget* shown_ = nullptr;  ///< all below the heading, made anew each time
    QCustomPlot* correlations_ = nullptr;
    int charts_ = 0;
};

}  // namespace gw::ui
