#pragma once
#include <QPen>
#include <QString>
#include <vector>

class QCustomPlot;
class QPainter;

namespace gw::ui {

struct LegendEntry {
    QPen pen;
    bool dots = false;
    QString text;
};

/// Plots with a legend below on white, for papers and slides, into a painter whose device is `size` large. The plots
/// must already be dressed for a white ground. Texts stay texts where the device is a vector format.
void paintPlots(QCustomPlot& plot, QPainter& painter, const QSizeF& size, const std::vector<LegendEntry>& legend,
                const QColor& ink);

}  // namespace gw::ui
