#pragma once
#include "ui/plots/custom_plot.h"
#include "ui/shell/theme.h"

namespace gw::ui {

/// Ground, grid, axes and faces of a plot from the theme; call again when the theme changes.
void stylePlot(QCustomPlot& plot, const Tokens& tokens = ui::tokens());
/// The legend's ground and letters from the theme.
void styleLegend(QCustomPlot& plot, const Tokens& tokens = ui::tokens());
/// Puts the legend to the right of the axes, where it covers nothing.
void placeLegendBeside(QCustomPlot& plot);
/// Large numbers short ("2 K"), small ones as they are.
class ShortTicker : public QCPAxisTicker {
  protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;
};
/// Ticks of a logarithmic axis: powers of ten, and between them where there is room.
QSharedPointer<QCPAxisTicker> logTicker();
QSharedPointer<QCPAxisTicker> linearTicker(bool shortNumbers);
/// How many ticks a vertical axis of `height` pixels should have, so that their labels stand apart from one another.
int ticksIn(int height);
/// Seconds as "2 h 10 min".
QSharedPointer<QCPAxisTicker> timeTicker();

}  // namespace gw::ui
