#include "ui/plots/plot_marks.h"

#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"

namespace gw::ui {

void PlotMarks::make(QCustomPlot& plot, const std::vector<std::unique_ptr<LinkedPanel>>& panels) {
    // They stand on an axis of their own, 0 to 1, so that no zoom moves them from the top edge.
    graphs_.clear();
    for (const auto& panel : panels) {
        QCPAxis* edge = panel->rect->axis(QCPAxis::atRight);
        edge->setRange(0, 1.02);
        for (const char* kind : {"save", "resume", "knob", "alert", "warning"}) {
            QCPGraph* graph = plot.addGraph(panel->x(), edge);
            graph->setLineStyle(QCPGraph::lsImpulse);
            graph->setAdaptiveSampling(false);
            graphs_[kind].push_back(graph);
        }
    }
}

void PlotMarks::restyle(const Tokens& t) {
    const std::pair<const char*, QColor> colors[] = {
        {"save", t.lineStrong}, {"resume", t.accent}, {"knob", t.good}, {"alert", t.warn}, {"warning", t.warn}};
    for (const auto& [kind, color] : colors) {
        QColor faint = color;
        faint.setAlphaF(0.5F);
        for (QCPGraph* graph : graphs_[kind]) graph->setPen(QPen(faint, 1));
        const auto shape =
            std::string(kind) == "knob" ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssTriangleInverted;
        graphs_[kind].front()->setScatterStyle(
            QCPScatterStyle(shape, QPen(color), QBrush(color), std::string(kind) == "save" ? 5 : 8));
    }
}

void PlotMarks::add(const std::string& kind, double step, double x) {
    steps_[kind].push_back(step);
    for (QCPGraph* graph : graphs_[kind]) graph->addData(x, 1);
}

void PlotMarks::place(const std::function<double(double step)>& xOfStep) {
    for (auto& [kind, graphs] : graphs_)
        for (QCPGraph* graph : graphs) {
            graph->data()->clear();
            for (const double step : steps_[kind]) graph->addData(xOfStep(step), 1);
        }
}

}  // namespace gw::ui
