#include "study/forecasting.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <deque>
#include <map>

#include "data/dataset.h"
#include "data/series/windows.h"
#include "util/text.h"

namespace gw {

namespace {

/// The last rows of each file, in the order of the files.
struct Ends {
    struct Of {
        std::string file;
        std::int64_t last_row = 0, rows = 0;
        std::deque<std::vector<double>> values;
    };
    std::vector<Of> files;
    std::vector<std::string> columns;
};

Result<Ends> ends_of(const Dataset& dataset, std::size_t length, const ProgressFn& progress, std::stop_token stop) {
    Ends out;
    bool are_series = true;
    const Status read = dataset.visit(
        [&](const Document& document) {
            if (!document.series) return are_series = false;
            if (out.columns.empty()) out.columns = *document.series->columns;
            if (out.files.empty() || out.files.back().file != document.source)
                out.files.push_back({std::string(document.source), 0, 0, {}});
            Ends::Of& here = out.files.back();
            here.last_row = document.row;
            ++here.rows;
            here.values.emplace_back(document.series->values.begin(), document.series->values.end());
            if (here.values.size() > length) here.values.pop_front();
            return true;
        },
        progress, stop);
    if (!read) return read.error();
    if (!are_series)
        return Error{Error::Code::bad_spec, "This data is none of series", "Choose series", {"section dataset"}};
    return out;
}

}  // namespace

Result<std::vector<SeriesForecast>> forecast_ends(const CheckpointModel& model, const Json& dataset,
                                                  const ProgressFn& progress, std::stop_token stop) {
    const auto& input = model.model.input.series;
    if (!input || input->horizon == 0)
        return Error{Error::Code::bad_spec,
                     "This model forecasts nothing: it was not trained to say what follows in a series",
                     "Choose a run whose objective is a forecast",
                     {}};
    Json whole = dataset;
    if (whole.is_object() && whole.contains("rows")) whole["rows"] = 0;  // the end is that of the file
    const auto made = make_dataset(whole);
    if (!made) return made.error();
    const auto ends = ends_of(*made.value(), static_cast<std::size_t>(input->look_back), progress, stop);
    if (!ends) return ends.error();
    const std::size_t columns = input->columns.size();
    if (Status same = same_columns(*input, ends.value().columns); !same) return same.error();
    std::vector<SeriesForecast> out;
    for (const Ends::Of& one : ends.value().files) {
        if (one.rows < input->look_back)
            return Error{Error::Code::bad_data,
                         "This series has " + grouped(one.rows) + " rows, but the model looks back at " +
                             grouped(input->look_back),
                         "Add rows before its end",
                         {"file " + one.file}};
        HostBatch rows;
        rows.rows = 1;
        rows.places.push_back(0);
        HostArray past(HostArray::Type::f32, {1, input->look_back, static_cast<std::int64_t>(columns)});
        float* value = past.values<float>();
        for (const std::vector<double>& row : one.values) value = in_deviations(row, *input, value);
        rows.arrays.emplace(array::series, std::move(past));
        const torch::InferenceMode inference;
        const torch::Tensor said =
            model.model.objective
                ->forecast(*model.model.backbone, Batch(rows).to(model.model.compute.device), model.model.pass(false))
                .to(torch::kCPU, torch::kFloat64)
                .contiguous();
        SeriesForecast& forecast = out.emplace_back();
        forecast.file = one.file;
        forecast.last_row = one.last_row;
        forecast.columns = ends.value().columns;
        for (std::int64_t i = 0; i < said.numel(); ++i) {
            const auto c = static_cast<std::size_t>(i) % columns;
            forecast.values.push_back(said.data_ptr<double>()[i] * input->deviation[c] + input->mean[c]);
        }
    }
    return out;
}

}  // namespace gw
