#include "train/step/series_samples.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "eval/judge.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::int64_t most_drawn = 32;  ///< signs of a drawing: several rows share one where there are more
constexpr std::int64_t most_columns_drawn = 4, windows_drawn = 3;

/// A row of blocks whose height goes from `low` to `high`; neighbours are averaged.
std::string drawing(const std::vector<double>& values, double low, double high) {
    static constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto size = static_cast<std::int64_t>(values.size()), signs = std::min(size, most_drawn);
    std::string out;
    for (std::int64_t i = 0; i < signs; ++i) {
        const std::int64_t first = i * size / signs, last = std::max(first + 1, (i + 1) * size / signs);
        double sum = 0;
        for (std::int64_t at = first; at < last; ++at) sum += values[static_cast<std::size_t>(at)];
        const double share = high > low ? (sum / static_cast<double>(last - first) - low) / (high - low) : 0.5;
        // A forecast may have run away.
        out += std::isfinite(share) ? blocks[static_cast<int>(std::clamp(share * 8, 0.0, 7.0))] : "?";
    }
    return out;
}

std::vector<double> column_of(const torch::Tensor& values_TF, std::int64_t column, double mean, double deviation) {
    const torch::Tensor one =
        (values_TF.select(1, column).to(torch::kCPU, torch::kFloat64) * deviation + mean).contiguous();
    return {one.data_ptr<double>(), one.data_ptr<double>() + one.numel()};
}

}  // namespace

std::string window_drawing(const SeriesInput& input, const Batch& batch, const torch::Tensor& said_BHF,
                           std::int64_t row) {
    std::string text;
    const auto columns = static_cast<std::int64_t>(input.columns.size());
    for (std::int64_t c = 0; c < std::min(columns, most_columns_drawn); ++c) {
        const auto at = static_cast<std::size_t>(c);
        const double mean = input.mean[at], deviation = input.deviation[at];
        const auto past = column_of(batch[array::series][row], c, mean, deviation),
                   truth = column_of(batch[array::future][row], c, mean, deviation),
                   guess = column_of(said_BHF[row], c, mean, deviation);
        double low = past.front(), high = past.front(), off = 0;
        for (const auto* values : {&past, &truth, &guess})
            for (const double value : *values) low = std::min(low, value), high = std::max(high, value);
        for (std::size_t i = 0; i < truth.size(); ++i) off += std::abs(guess[i] - truth[i]);
        // What is named stands behind its drawing: so they begin below each other in any typeface.
        text += (text.empty() ? "" : "\n") + input.columns[at] + " (" + significant(low, 4) + " to " +
                significant(high, 4) + "; off by " + significant(off / static_cast<double>(truth.size()), 3) + ")\n  " +
                drawing(past, low, high) + "  past\n  " + drawing(guess, low, high) + "  forecast\n  " +
                drawing(truth, low, high) + "  true";
    }
    return text;
}

std::vector<SampleText> series_samples(const Model& model, const PreparedData& data, std::int64_t step) {
    const torch::InferenceMode inference;
    const auto rows = data.rows(Part::validation, 1);
    const ExampleTable& table = data.validation_examples;
    const auto shown = spread(table, windows_drawn);
    if (shown.empty()) return {};
    const Batch batch = model.objective->feed(rows->rows(shown), 0).to(model.compute.device);
    const torch::Tensor said_BHF = model.objective->forecast(*model.backbone, batch, model.pass(false));
    std::vector<SampleText> out;
    for (std::size_t i = 0; i < shown.size(); ++i)
        out.push_back({step, table.place(*shown[i]),
                       window_drawing(*data.input.series, batch, said_BHF, static_cast<std::int64_t>(i))});
    return out;
}

}  // namespace gw
