#pragma once
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "compare/axes.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

/// How a person looks at the curves of runs: one for the page, and a zoom for each of the runs that were last looked at
/// closely. Kept with the history.
struct PlotView {
    static constexpr std::size_t mostZooms = 50;
    struct Zoom {
        std::string run;
        XKind x;
        double from, to;
    };
    XKind x = XKind::step;
    double window = 20;
    bool logX = false, logY = false;
    std::vector<Zoom> zooms;  ///< the newest last

    /// Nothing for a run takes its zoom away.
    void setZoom(const std::string& run, std::optional<std::pair<double, double>> range);
    /// On the axis of the view.
    std::optional<std::pair<double, double>> zoom(const std::string& run) const;
};

Json toJson(const PlotView& view);
/// What is missing or makes no sense is as it is at first.
PlotView plotView(const Json& json);

/// "Step", "Tokens" or "Images", ... in the language of the window.
QString axisText(XKind x, Unit unit);

}  // namespace gw::ui
