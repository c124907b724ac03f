// The plots of a comparison as a picture for papers and slides.
#include "ui/plots/compare_plots.h"
#include "ui/plots/curve_plottable.h"
#include "ui/plots/plot_paint.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/run_look.h"
#include "ui/shell/theme.h"

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
    std::vector<LegendEntry> legend;
    for (const auto& line : lines_)
        if (line.visible) legend.push_back({runPen(line.number, 1.75, light), false, line.label});
    paintPlots(*plot_, painter, size, legend, light.text);
    restyle();
}

}  // namespace gw::ui
