#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace gw {

/// What a model says of the rows behind a stretch of a series, in the data's own units. T rows of the stretch, H of the
/// forecast, F columns, Q quantiles.
struct SeriesForecast {
    std::string file;
    std::int64_t last_row =
        0;                  ///< of the stretch, as the file counts, from 1: the first row of the forecast follows it
    std::string last_time;  ///< of that row, as it is written; empty where the data has none
    std::vector<std::string> columns;
    std::vector<double> past;       ///< [T, F]
    std::vector<double> truth;      ///< [H, F]; empty behind the end of the data
    std::vector<double> values;     ///< [H, F]: the one line that the model is judged by
    std::vector<double> levels;     ///< of quantiles, rising: 0.1, 0.5, 0.9; empty where the model says one line alone
    std::vector<double> quantiles;  ///< [Q, H, F]
    std::size_t width() const { return columns.size(); }
    std::size_t looked_back() const { return columns.empty() ? 0 : past.size() / columns.size(); }
    std::size_t horizon() const { return columns.empty() ? 0 : values.size() / columns.size(); }
    double quantile(std::size_t level, std::size_t step, std::size_t column) const {
        return quantiles[(level * horizon() + step) * width() + column];
    }
};

/// A run's forecasts, to be looked at: of a few held-out windows, whose truth is known, and behind the end of its data.
struct ForecastView {
    std::int64_t step = 0;          ///< of the checkpoint
    std::string part;               ///< of the windows: "validation"
    std::int64_t part_windows = 0;  ///< of the whole part
    std::vector<SeriesForecast> windows, ends;
    std::string why_none;  ///< why there are none, where there should be some
    bool empty() const { return windows.empty() && ends.empty(); }
};

/// A level as people write it: "0.1", "0.975".
inline std::string level_text(double level) {
    std::string text = std::to_string(level);
    while (text.back() == '0') text.pop_back();
    return text;
}

}  // namespace gw
