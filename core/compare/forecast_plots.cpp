#include "compare/forecast_plots.h"

#include <algorithm>

#include "compare/svg_plot.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr int truth_color = 0, said_color = 1, naive_color = 2;
constexpr std::size_t columns_plotted = 4;

std::vector<double> column_at(const std::vector<double>& values, std::size_t width, std::size_t column) {
    std::vector<double> out;
    for (std::size_t i = column; i < values.size(); i += width) out.push_back(values[i]);
    return out;
}

/// Rows of the file, from the one behind `last_row - before` on.
std::vector<double> rows_from(std::int64_t last_row, std::size_t before, std::size_t count) {
    std::vector<double> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(static_cast<double>(last_row - static_cast<std::int64_t>(before)) + static_cast<double>(i + 1));
    return out;
}

std::string forecast_plot(const SeriesForecast& one, std::size_t column) {
    const std::size_t width = one.width(), horizon = one.horizon();
    // So much of the past that the forecast can be seen beside it.
    constexpr std::size_t past_shares = 3, least_past = 48;
    const std::size_t past = std::min(one.looked_back(), std::max(past_shares * horizon, least_past));
    std::vector<double> before = column_at(one.past, width, column);
    before.erase(before.begin(), before.end() - static_cast<std::ptrdiff_t>(past));
    const double last = before.back();
    SvgPlot plot;
    plot.title = one.columns[column] + ", behind " +
                 (one.last_time.empty() ? "row " + grouped(one.last_row) : one.last_time) +
                 (one.truth.empty() ? " (the end of the data)" : "");
    plot.x_label = "row of " + one.file;
    const std::vector<double> ahead = rows_from(one.last_row, 0, horizon),
                              from_last = rows_from(one.last_row, 1, horizon + 1);
    const auto joined = [&](std::vector<double> values) {
        values.insert(values.begin(), last);
        return values;
    };
    if (one.levels.size() > 1) {
        SvgBand& band = plot.bands.emplace_back();
        band.x = ahead;
        band.color = said_color;
        for (std::size_t h = 0; h < horizon; ++h) {
            band.low.push_back(one.quantile(0, h, column));
            band.high.push_back(one.quantile(one.levels.size() - 1, h, column));
        }
    }
    plot.lines.push_back({"past", rows_from(one.last_row, past, past), before, truth_color, false, false});
    if (!one.truth.empty())
        plot.lines.push_back(
            {"what came", from_last, joined(column_at(one.truth, width, column)), truth_color, false, false});
    plot.lines.push_back({"last value again", ahead, std::vector<double>(horizon, last), naive_color, true, false});
    plot.lines.push_back(
        {"forecast", ahead, column_at(one.values, width, column), said_color, false, /*points=*/horizon < 3});
    return svg_of(plot);
}

std::string key_of(int color, const std::string& text) {
    return "<span class=\"muted\"><span class=\"key\" style=\"background:" + std::string(palette_color(color)) +
           "\"></span>" + html_escaped(text) + "</span>&emsp;";
}

std::string plots_of(const std::vector<SeriesForecast>& all, const std::string& title) {
    if (all.empty()) return "";
    std::string out = "<h3>" + html_escaped(title) + "</h3>\n";
    for (const SeriesForecast& one : all)
        for (std::size_t c = 0; c < std::min(columns_plotted, one.width()); ++c) out += forecast_plot(one, c);
    return out;
}

}  // namespace

std::string forecasts_html(const ForecastView& forecasts) {
    if (forecasts.empty() && forecasts.why_none.empty()) return "";
    std::string out = "<h2>Forecasts</h2>\n";
    if (!forecasts.why_none.empty()) out += "<p class=\"muted\">" + html_escaped(forecasts.why_none) + "</p>\n";
    if (forecasts.empty()) return out;
    const SeriesForecast& first = forecasts.windows.empty() ? forecasts.ends.front() : forecasts.windows.front();
    out += "<p>" + key_of(truth_color, "past and what came") + key_of(said_color, "forecast") +
           key_of(naive_color, "the last value again");
    if (first.levels.size() > 1)
        out += "<span class=\"muted\">band: quantiles " + level_text(first.levels.front()) + " to " +
               level_text(first.levels.back()) + "</span>";
    if (first.width() > columns_plotted)
        out += "<span class=\"muted\">the first " + std::to_string(columns_plotted) + " of " +
               grouped(static_cast<std::int64_t>(first.width())) + " columns</span>";
    out += "</p>\n" + plots_of(forecasts.windows, "Windows of the " + forecasts.part + " part") +
           plots_of(forecasts.ends, "Behind the end of the data");
    return out;
}

}  // namespace gw
