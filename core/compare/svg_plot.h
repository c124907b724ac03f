#pragma once
#include <string>
#include <vector>

namespace gw {

/// A plot of lines as an SVG element that needs nothing else: for reports. x and y ascend to the right and upwards.
struct SvgLine {
    std::string label;
    std::vector<double> x, y;
    int color = 0;  ///< place in the palette
    bool dashed = false;
    bool points = false;
};
/// Filled between two lines, behind all of them.
struct SvgBand {
    std::vector<double> x, low, high;
    int color = 0;
};
struct SvgPlot {
    std::string title, x_label;
    std::vector<SvgLine> lines;
    bool log_y = false;
    int width = 760, height = 280;
    std::vector<SvgBand> bands = {};
};
std::string svg_of(const SvgPlot& plot);

/// Okabe and Ito's palette, as "#0072B2".
const char* palette_color(int index);

/// "&", "<", ">" and quotes made safe for HTML and SVG.
std::string html_escaped(const std::string& text);

}  // namespace gw
