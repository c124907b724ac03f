#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ui/plots/linked_panel.h"

class QCPGraph;
class QCustomPlot;

namespace gw::ui {

/// Thin lines across all of several plots, with a glyph on the top edge of the first: where something happened to a
/// run.
class PlotMarks {
  public:
    void make(QCustomPlot& plot, const std::vector<std::unique_ptr<LinkedPanel>>& panels);
    void restyle(const Tokens& tokens);
    /// Takes all marks away.
    void clear() { steps_.clear(); }
    /// Whether marks of this kind are drawn: "save", "resume", "knob", "alert", "warning".
    bool knows(const std::string& kind) const { return graphs_.contains(kind); }
    void add(const std::string& kind, double step, double x);
    /// All marks at their places on another x axis.
    void place(const std::function<double(double step)>& xOfStep);

  private:
    std::map<std::string, std::vector<QCPGraph*>> graphs_;  ///< one a plot; the glyph stands on the first
    std::map<std::string, std::vector<double>> steps_;
};

}  // namespace gw::ui
