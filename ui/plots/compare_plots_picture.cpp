// The plots of a comparison as a picture for papers and slides.
#include <QPainter>
#include <QPicture>

#include "ui/plots/compare_plots.h"
#include "ui/plots/curve_plottable.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/run_look.h"
#include "ui/theme.h"

namespace gw::ui {

void ComparePlots::paintOnto(QPainter& painter, const QSizeF& size) {
    // On white, whatever the window looks like: this is for papers and slides.
    const Tokens light = Theme::lightColors();
    const auto dress = [&](const Tokens& t) {
        stylePlot(*plot_, t);
        for (Panel& panel : panels_) {
            panel.title->setTextColor(t.text);
            panel.beyond->setColor(t.warn);
            panel.off->setColor(t.warn);
            panel.crosshair->setVisible(false);
            for (std::size_t i = 0; i < panel.curves.size(); ++i) {
                panel.curves[i]->setLook(runPen(lines_[i].number, 1.75, t), ghost_, lines_[i].band);
                panel.curves[i]->setFaded(false);
                panel.curves[i]->setQuick(false);
            }
        }
    };
    dress(light);
    constexpr double lineHeight = 18, swatch = 26, gap = 24;
    QFont font = Theme::smallFont();
    painter.setFont(font);
    const QFontMetricsF metrics(font, painter.device());
    std::vector<std::pair<QPointF, std::size_t>> places;
    QPointF at(12, 0);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (!lines_[i].visible) continue;
        const double width = swatch + metrics.horizontalAdvance(lines_[i].label) + gap;
        if (at.x() > 12 && at.x() + width > size.width()) at = QPointF(12, at.y() + lineHeight);
        places.emplace_back(at, i);
        at.rx() += width;
    }
    const double legend = places.empty() ? 0 : at.y() + lineHeight + 8;
    painter.fillRect(QRectF(QPointF(0, 0), size), Qt::white);
    QCPPainter inner;
    QPicture picture;
    inner.begin(&picture);
    inner.setMode(QCPPainter::pmVectorized);
    inner.setMode(QCPPainter::pmNoCaching);
    plot_->toPainter(&inner, static_cast<int>(size.width()), static_cast<int>(size.height() - legend));
    inner.end();
    picture.play(&painter);
    for (const auto& [place, line] : places) {
        const double y = size.height() - legend + place.y() + lineHeight / 2;
        painter.setPen(runPen(lines_[line].number, 1.75, light));
        painter.drawLine(QLineF(place.x(), y, place.x() + swatch - 6, y));
        painter.setPen(light.text);
        painter.drawText(QPointF(place.x() + swatch, y + metrics.ascent() / 2 - 1), lines_[line].label);
    }
    restyle();
}

}  // namespace gw::ui
