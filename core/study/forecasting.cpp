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
        std::string last_time;
        std::deque<std::vector<double>> values;
    };
    std::vector<Of> files;
    std::vector<std::string> columns;
};

Result<Ends> ends_of(const Dataset& dataset, std::size_t length, RowTimes* times, const ProgressFn& progress,
                     std::stop_token stop) {
    Ends out;
    bool are_series = true;
    const Status read = dataset.visit(
        [&](const Document& document) {
            if (!document.series) return are_series = false;
            if (out.columns.empty()) out.columns = *document.series->columns;
            if (out.files.empty() || out.files.back().file != document.source)
                out.files.push_back({std::string(document.source), 0, 0, {}, {}});
            Ends::Of& here = out.files.back();
            here.last_row = document.row;
            here.last_time = document.series->time;
            if (times)
                if (const auto asked = times->find({here.file, document.row}); asked != times->end())
                    asked->second = document.series->time;
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

std::vector<double> in_units(const torch::Tensor& values_TF, const SeriesInput& input) {
    const torch::Tensor plain = values_TF.to(torch::kCPU, torch::kFloat64).contiguous();
    std::vector<double> out(static_cast<std::size_t>(plain.numel()));
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t c = i % input.columns.size();
        out[i] = plain.data_ptr<double>()[i] * input.deviation[c] + input.mean[c];
    }
    return out;
}

}  // namespace

std::vector<SeriesForecast> forecasts_of(const CheckpointModel& model, const HostBatch& windows) {
    const torch::InferenceMode inference;
    const SeriesInput& input = *model.model.input.series;
    const Objective& objective = *model.model.objective;
    const Pass pass = model.model.pass(/*training=*/false);
    const Batch batch = Batch(windows).to(model.model.compute.device);
    const torch::Tensor said_BHF = objective.forecast(*model.model.backbone, batch, pass),
                        lines_BQHF = objective.forecast_quantiles(*model.model.backbone, batch, pass);
    std::vector<SeriesForecast> out;
    for (std::int64_t row = 0; row < windows.rows; ++row) {
        SeriesForecast& one = out.emplace_back();
        one.columns = input.columns;
        one.past = in_units(batch[array::series][row], input);
        if (windows.arrays.count(array::future) > 0) one.truth = in_units(batch[array::future][row], input);
        one.values = in_units(said_BHF[row], input);
        if (!lines_BQHF.defined()) continue;
        one.levels = objective.quantiles();
        one.quantiles = in_units(lines_BQHF[row], input);
    }
    return out;
}

Result<std::vector<SeriesForecast>> forecast_ends(const CheckpointModel& model, const Json& dataset,
                                                  const ProgressFn& progress, std::stop_token stop, RowTimes* times) {
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
    const auto ends =
        ends_of(*made.value(), static_cast<std::size_t>(input->look_back), times, progress, std::move(stop));
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
        try {
            for (const std::vector<double>& row : one.values) value = in_deviations(row, *input, value);
        } catch (const Failure& failure) {
            return Error(failure.error()).at("file " + one.file);
        }
        rows.arrays.emplace(array::series, std::move(past));
        SeriesForecast& forecast = out.emplace_back(std::move(forecasts_of(model, rows).front()));
        forecast.file = one.file;
        forecast.last_row = one.last_row;
        forecast.last_time = one.last_time;
        forecast.columns = ends.value().columns;
    }
    return out;
}

}  // namespace gw
