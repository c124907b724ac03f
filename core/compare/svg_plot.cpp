#include "compare/svg_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gw {

namespace {

constexpr double left = 64, right = 16, top = 34, bottom = 44;

std::string number(double value, int decimals = 1) {
    char text[48];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

/// Ticks at 1, 2 or 5 times a power of ten.
std::vector<double> ticks(double low, double high, int about) {
    std::vector<double> out;
    // Where neighbouring doubles are further apart than ticks would be, adding a step leads nowhere.
    if (!(high > low) || !std::isfinite(high - low) || high - low < 1e-12 * std::max(std::abs(low), std::abs(high)))
        return {low};
    const double raw = (high - low) / about, power = std::pow(10, std::floor(std::log10(raw)));
    const double step = raw / power <= 1   ? power
                        : raw / power <= 2 ? 2 * power
                        : raw / power <= 5 ? 5 * power
                                           : 10 * power;
    const double first = std::ceil(low / step) * step;
    for (int i = 0; i <= 2 * about + 2; ++i) {
        const double tick = first + i * step;
        if (!(tick <= high + 1e-9 * step)) break;
        out.push_back(std::abs(tick) < 1e-12 * step ? 0 : tick);
    }
    return out;
}

std::string tick_text(double value) {
    static const char* const units[] = {"", " K", " M", " G", " T", " P", " E"};
    int unit = 0;
    double shown = value;
    while (std::abs(shown) >= 10000 && unit < 6) {
        shown /= 1000;
        ++unit;
    }
    char text[48];
    std::snprintf(text, sizeof text, "%.4g%s", shown, units[unit]);
    return text;
}

}  // namespace

const char* palette_color(int index) {
    static constexpr std::array<const char*, 6> colors{"#0072B2", "#D55E00", "#009E73",
                                                       "#CC79A7", "#E69F00", "#56B4E9"};
    return colors[static_cast<std::size_t>(std::abs(index)) % colors.size()];
}

std::string html_escaped(const std::string& text) {
    std::string out;
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    return out;
}

std::string svg_of(const SvgPlot& plot) {
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    auto shown = [&](double y) { return plot.log_y ? std::log10(y) : y; };
    // Differences of larger values may be past the range of a double.
    auto usable = [&](double y) { return std::abs(y) < 1e300 && (!plot.log_y || y > 0); };
    const auto cover = [&](double x, double y) {
        if (!usable(y) || !(std::abs(x) < 1e300)) return;
        x0 = std::min(x0, x);
        x1 = std::max(x1, x);
        y0 = std::min(y0, shown(y));
        y1 = std::max(y1, shown(y));
    };
    for (const SvgLine& line : plot.lines)
        for (std::size_t i = 0; i < line.x.size(); ++i) cover(line.x[i], line.y[i]);
    for (const SvgBand& band : plot.bands)
        for (std::size_t i = 0; i < band.x.size(); ++i) cover(band.x[i], band.low[i]), cover(band.x[i], band.high[i]);
    const std::string head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(plot.width) +
                             " " + std::to_string(plot.height) + "\" role=\"img\" aria-label=\"" +
                             html_escaped(plot.title) + "\" font-family=\"sans-serif\" font-size=\"11\">\n" +
                             "<text x=\"" + number(left) + "\" y=\"16\" font-size=\"13\" font-weight=\"600\">" +
                             html_escaped(plot.title) + "</text>\n";
    if (x0 > x1) return head + "<text x=\"" + number(left) + "\" y=\"60\">–</text>\n</svg>\n";
    // A curve as flat as rounding is drawn as a line in the middle; 1 more would be lost beside 1e17.
    auto widen = [](double& low, double& high, double below, double above) {
        const double scale = std::max(std::abs(low), std::abs(high));
        if (high - low > 1e-12 * scale) return;
        low -= below * std::max(1.0, 1e-6 * scale);
        high += above * std::max(1.0, 1e-6 * scale);
    };
    widen(x0, x1, 0, 1);
    widen(y0, y1, 0.5, 0.5);
    const double room = 0.04 * (y1 - y0);
    y0 -= room;
    y1 += room;
    const double w = plot.width - left - right, h = plot.height - top - bottom;
    auto px = [&](double x) { return left + (x - x0) / (x1 - x0) * w; };
    auto py = [&](double y) { return top + (1 - (shown(y) - y0) / (y1 - y0)) * h; };
    std::string out = head;
    for (const double tick : ticks(y0, y1, 5)) {
        const double at = top + (1 - (tick - y0) / (y1 - y0)) * h;
        out += "<line x1=\"" + number(left) + "\" x2=\"" + number(left + w) + "\" y1=\"" + number(at) + "\" y2=\"" +
               number(at) + "\" stroke=\"#E1E4EA\"/>";
        out += "<text x=\"" + number(left - 6) + "\" y=\"" + number(at + 4) +
               "\" text-anchor=\"end\" fill=\"#5B6472\">" + tick_text(plot.log_y ? std::pow(10, tick) : tick) +
               "</text>\n";
    }
    for (const double tick : ticks(x0, x1, 6))
        out += "<text x=\"" + number(px(tick)) + "\" y=\"" + number(top + h + 16) +
               "\" text-anchor=\"middle\" fill=\"#5B6472\">" + tick_text(tick) + "</text>\n";
    out += "<text x=\"" + number(left + w) + "\" y=\"" + number(top + h + 34) +
           "\" text-anchor=\"end\" fill=\"#5B6472\">" + html_escaped(plot.x_label) + "</text>\n";
    for (const SvgBand& band : plot.bands) {
        std::string edge;
        const std::size_t size = band.x.size();
        for (std::size_t i = 0; i < 2 * size; ++i) {
            const std::size_t at = i < size ? i : 2 * size - 1 - i;
            const double y = i < size ? band.low[at] : band.high[at];
            if (usable(y)) edge += (edge.empty() ? "" : " ") + number(px(band.x[at])) + "," + number(py(y));
        }
        out += "<polygon points=\"" + edge + "\" fill=\"" + palette_color(band.color) + "\" fill-opacity=\"0.18\"/>\n";
    }
    for (const SvgLine& line : plot.lines) {
        std::string path;
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            if (!usable(line.y[i]) || !(std::abs(line.x[i]) < 1e300)) continue;
            path += (path.empty() ? "M" : "L") + number(px(line.x[i])) + " " + number(py(line.y[i]));
            if (line.points)
                out += "<circle cx=\"" + number(px(line.x[i])) + "\" cy=\"" + number(py(line.y[i])) +
                       "\" r=\"2.2\" fill=\"" + palette_color(line.color) + "\"/>";
        }
        out += "<path d=\"" + path + "\" fill=\"none\" stroke-width=\"1.6\" stroke=\"" +
               std::string(palette_color(line.color)) + "\"" + (line.dashed ? " stroke-dasharray=\"6 4\"" : "") +
               "/>\n";
    }
    return out + "</svg>\n";
}

}  // namespace gw
