#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ui/plots/linked_panel.h"

namespace gw::ui {

/// Thin lines across all of several plots, with a glyph on the top edge of the first: where something happened to a
/// run.
class PlotMarks {
  public:
    void make(QCustomPlot& plot, const std::vector<LinkedPanel*>& panels);
    void restyle();
    void clear() { steps_.clear(); }
    /// Whether marks of this kind are drawn: "save", "resume", "knob", "alert", "warning", "nan".
    bool knows(const std::string& kind) const { return graphs_.contains(kind); }
    void add(const std::string& kind, double step, double x);
    /// All marks at their places on another x axis.
    void place(const std::function<double(double step)>& xOfStep);

  private:
    std::map<std::string, std::vector<QCPGraph*>> graphs_;  ///< one a plot; the glyph stands on the first
    std::map<std::string, std::vector<double>> steps_;
};

}  // namespace gw::ui
