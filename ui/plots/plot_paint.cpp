#include "ui/plots/plot_paint.h"

#include <QFontMetricsF>
#include <QPicture>

#include "ui/plots/custom_plot.h"
#include "ui/shell/theme.h"

namespace gw::ui {

void paintPlots(QCustomPlot& plot, QPainter& painter, const QSizeF& size, const std::vector<LegendEntry>& legend,
                const QColor& ink) {
    constexpr double lineHeight = 18, swatch = 26, gap = 24, left = 12;
    const QFont font = Theme::smallFont();
    painter.setFont(font);
    const QFontMetricsF metrics(font, painter.device());
    std::vector<QPointF> places;
    QPointF at(left, 0);
    for (const LegendEntry& entry : legend) {
        const double width = swatch + metrics.horizontalAdvance(entry.text) + gap;
        if (at.x() > left && at.x() + width > size.width()) at = QPointF(left, at.y() + lineHeight);
        places.push_back(at);
        at.rx() += width;
    }
    const double height = places.empty() ? 0 : at.y() + lineHeight + 8;
    painter.fillRect(QRectF(QPointF(0, 0), size), Qt::white);
    QCPPainter inner;
    QPicture picture;
    inner.begin(&picture);
    inner.setMode(QCPPainter::pmVectorized);
    inner.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&inner, static_cast<int>(size.width()), static_cast<int>(size.height() - height));
    inner.end();
    picture.play(&painter);
    for (std::size_t i = 0; i < legend.size(); ++i) {
        const double x = places[i].x(), y = size.height() - height + places[i].y() + lineHeight / 2;
        painter.setPen(legend[i].pen);
        painter.drawLine(QLineF(x, y, x + swatch - 6, y));
        if (legend[i].dots) {
            painter.setBrush(legend[i].pen.color());
            painter.drawEllipse(QPointF(x + (swatch - 6) / 2, y), 2.5, 2.5);
            painter.setBrush(Qt::NoBrush);
        }
        painter.setPen(ink);
        painter.drawText(QPointF(x + swatch, y + metrics.ascent() / 2 - 1), legend[i].text);
    }
}

}  // namespace gw::ui
