// Colours and legend of the plots of a run, in the window and on paper.
#include <QPainter>
#include <cmath>

#include "ui/plots/curve_plottable.h"
#include "ui/plots/linked_plots.h"
#include "ui/plots/plot_style.h"
#include "ui/texts/text.h"

namespace gw::ui {

void LinkedPlots::restyle() {
    dress(tokens());
    showLegend();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LinkedPlots::dress(const Tokens& t) {
    stylePlot(*plot_, t);
    for (auto& panel : panels_) panel->restyle(t, panel == panels_.front() ? t.good : t.muted, window_ > 0);
    marks_.restyle(t);
}

std::vector<LegendEntry> LinkedPlots::entries(const Tokens& t) const {
    // Where training minimises something else than the plain loss, the two lines are not of one quantity.
    const bool other = curves_.contains(validationCriterion);
    const int mean = static_cast<int>(std::lround(window_));
    std::vector<LegendEntry> out;
    bool bad = false;
    for (const LinkedCurve& curve : panels_.front()->curves) {
        const PlannedCurve& its = curve.plan;
        bad = bad || !curve.whole->bad.empty();
        if (its.mayBeAbsent && curve.empty()) continue;
        QString text;
        if (its.metric == trainLoss)
            text = !other ? window_ > 0 ? tr("training, smoothed (mean over about %1 steps)").arg(mean) : tr("training")
                   : window_ > 0 ? tr("training: what it minimises, smoothed (mean over about %1 steps)").arg(mean)
                                 : tr("training: what it minimises");
        else if (its.metric == validationLoss)
            text = other ? tr("validation: plain loss") : tr("validation");
        else if (its.metric == validationCriterion)
            text = tr("validation: what training minimises");
        else
            text = tr("the parent's own data");
        const bool side = its.dots && its.mayBeAbsent;
        out.push_back({QPen(t.curve(its.color), 1.75, side ? Qt::DashLine : Qt::SolidLine), its.dots, text});
    }
    if (floor_)
        out.push_back({QPen(t.good, 1.25, Qt::DashLine), false, tr("floor of the data %1").arg(valueText(floor_))});
    if (bad) out.push_back({QPen(t.bad, 1.25), false, tr("▼ not a number, or infinite")});
    return out;
}

void LinkedPlots::showLegend() {
    QString text;
    for (const LegendEntry& entry : entries(tokens())) {
        const QString glyph = entry.pen.style() == Qt::DashLine
                                  ? (entry.dots ? QStringLiteral("◌") : QStringLiteral("╌"))
                              : entry.dots ? QStringLiteral("●")
                                           : QStringLiteral("━");
        text += (text.isEmpty() ? QString() : QStringLiteral("&nbsp;&nbsp; ")) +
                QStringLiteral("<span style='color:%1'>%2</span> ").arg(entry.pen.color().name(), glyph) +
                entry.text.toHtmlEscaped();
    }
    if (text != legend_->text()) legend_->setText(text);
}

void LinkedPlots::paintOnto(QPainter& painter, const QSizeF& size) {
    const Tokens light = Theme::lightColors();
    for (auto& panel : panels_) panel->crosshair->setVisible(false);
    draw();
    dress(light);
    paintPlots(*plot_, painter, size, entries(light), light.text);
    restyle();
}

}  // namespace gw::ui
