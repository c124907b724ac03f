#pragma once
#include "data/series/series_forecast.h"
#include "ui/plots/custom_plot.h"

namespace gw::ui {

/// A column of a forecast in the data's own units: the end of what was looked back at, what came, what is said with the
/// band of its outermost quantiles, and the last value again. Drag and wheel move and enlarge, a double click shows
/// all.
class ForecastPlot : public QCustomPlot {
    Q_OBJECT
  public:
    explicit ForecastPlot(QWidget* parent = nullptr);
    void setForecast(const SeriesForecast& forecast, std::size_t column);
    /// "OT, behind 2018-02-20 10:00".
    static QString titleOf(const SeriesForecast& forecast, std::size_t column);
    /// What the colours mean, for all such plots, as rich text. `band`: "" where there is none.
    static QString legendOf(const SeriesForecast& forecast);

  protected:
    void mouseDoubleClickEvent(QMouseEvent* event) override;
};

}  // namespace gw::ui
