#include "study/forecast_view.h"

#include <algorithm>

#include "data/example_collector.h"
#include "data/prepare.h"
#include "data/series/window_settings.h"
#include "eval/judge.h"
#include "spec/reading.h"
#include "spec/run_spec.h"
#include "study/forecasting.h"
#include "train/guard/engine_error.h"
#include "util/text.h"

namespace gw {

namespace {

Result<Part> part_called(const std::string& name) {
    for (const Part part : {Part::train, Part::validation, Part::test})
        if (part_name(part) == name) return part;
    return Error{Error::Code::bad_spec, "There is no part \"" + name + "\"", "Use train, validation or test", {}};
}

Result<ForecastView> viewed_forecasts(const ForecastViewRequest& request) {
    const auto part = part_called(request.part);
    if (!part) return part.error();
    const auto loaded = CheckpointModel::load(request.checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    const std::string place = "checkpoint " + request.checkpoint.string();
    if (!it.model.input.series || it.model.input.series->horizon == 0)
        return Error{Error::Code::bad_spec,
                     "This model forecasts nothing: it was not trained to say what follows in a series",
                     "Choose a run whose objective is a forecast",
                     {place}};
    const auto data = prepare_data(it.data_of(it.facts.spec, request.cache, request.progress, request.stop));
    if (!data) return data.error();
    if (!is_data_of(it.facts.state, data.value()))
        return dataset_changed("Put the old files back to see what the run says of them").at(place);
    const ExampleTable& table = data.value().examples(part.value());
    if (table.size() == 0)
        return Error{Error::Code::bad_data,
                     "The " + request.part + " part has no window",
                     "Look at another part, or set split." + request.part + " higher for the next run",
                     {place}};
    ForecastView out;
    out.step = it.facts.state.value("step", std::int64_t{0});
    out.part = request.part;
    out.part_windows = table.size();
    const auto shown = spread(table, std::max<std::int64_t>(1, request.windows));
    const auto rows = data.value().rows(part.value(), 1);
    out.windows = forecasts_of(it, rows->rows(shown));
    RowTimes times;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        SeriesForecast& one = out.windows[i];
        if (shown[i]->file >= 0) one.file = table.files[static_cast<std::size_t>(shown[i]->file)];
        one.last_row = shown[i]->file_row - 1;
        times.emplace(std::pair(one.file, one.last_row), "");
    }
    auto ends = forecast_ends(it, dataset_as_read(it.facts.spec.at("dataset"), it.facts.state), request.progress,
                              request.stop, &times);
    if (!ends) return ends.error();
    out.ends = std::move(ends).value();
    for (SeriesForecast& one : out.windows) one.last_time = times.at({one.file, one.last_row});
    return out;
}

Json matrix_of(const std::vector<double>& values, std::size_t width) {
    Json rows = Json::array();
    for (std::size_t i = 0; i + width <= values.size(); i += width)
        rows.push_back(std::vector<double>(values.begin() + static_cast<std::ptrdiff_t>(i),
                                           values.begin() + static_cast<std::ptrdiff_t>(i + width)));
    return rows;
}

}  // namespace

Result<ForecastView> view_forecasts(const ForecastViewRequest& request) {
    return caught([&] { return viewed_forecasts(request); });
}

bool forecasts_series(const Json& spec) {
    const Json* section = spec.is_object() && spec.contains("objective") ? &spec.at("objective") : nullptr;
    const Sheet* sheet =
        section && section->is_object() ? find_sheet("objective", section->value("kind", "")) : nullptr;
    return sheet && std::find(sheet->needs.begin(), sheet->needs.end(), rows_that_follow) != sheet->needs.end();
}

Json to_json(const SeriesForecast& one) {
    Json out = {{"file", one.file},
                {"last_row", one.last_row},
                {"columns", one.columns},
                {"values", matrix_of(one.values, one.width())}};
    if (!one.last_time.empty()) out["last_time"] = one.last_time;
    if (!one.truth.empty()) {
        out["past"] = matrix_of(one.past, one.width());
        out["truth"] = matrix_of(one.truth, one.width());
    }
    if (one.levels.empty()) return out;
    out["quantiles"] = Json::array();
    const std::size_t size = one.values.size();
    for (std::size_t q = 0; q < one.levels.size(); ++q)
        out["quantiles"].push_back(
            {{"level", one.levels[q]},
             {"values", matrix_of({one.quantiles.begin() + static_cast<std::ptrdiff_t>(q * size),
                                   one.quantiles.begin() + static_cast<std::ptrdiff_t>((q + 1) * size)},
                                  one.width())}});
    return out;
}

}  // namespace gw
