#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "schema/parse_json.h"
#include "spec/reading.h"
#include "study/forecasting.h"
#include "util/csv.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct ForecastOptions {
    ModelOption model;
    std::vector<std::string> data, set;
    std::string out;
    bool replace = false, json = false;
};

/// A row for each step of each file; `row` is where it would stand in the file.
std::string forecast_csv(const std::vector<SeriesForecast>& all) {
    std::string out = "file,row,step";
    for (const std::string& column : all.front().columns) out += "," + csv_cell(column);
    out += "\n";
    for (const SeriesForecast& one : all) {
        const std::size_t width = one.columns.size();
        for (std::size_t i = 0; i < one.values.size(); ++i) {
            const auto step = static_cast<std::int64_t>(i / width + 1);
            if (i % width == 0)
                out += csv_cell(one.file) + "," + std::to_string(one.last_row + step) + "," + std::to_string(step);
            out += "," + exact_number(one.values[i]) + (i % width + 1 == width ? "\n" : "");
        }
    }
    return out;
}

Json forecast_json(const SeriesForecast& one) {
    Json rows = Json::array();
    const std::size_t width = one.columns.size();
    for (std::size_t i = 0; i < one.values.size(); i += width)
        rows.push_back(std::vector<double>(one.values.begin() + static_cast<std::ptrdiff_t>(i),
                                           one.values.begin() + static_cast<std::ptrdiff_t>(i + width)));
    return {{"file", one.file}, {"last_row", one.last_row}, {"columns", one.columns}, {"values", std::move(rows)}};
}

void forecast(const Cli& cli, const ForecastOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel chosen = chosen_model(workspace, o.model);
    ProgressLine progress;
    const CheckpointModel model = CheckpointModel::load(chosen.checkpoint).or_throw();
    Json dataset = model.facts.spec.at("dataset");
    if (!o.data.empty() || !o.set.empty())
        dataset = dataset_like(dataset, o.data.empty() ? dataset.value("paths", std::vector<std::string>()) : o.data,
                               assignments(o.set))
                      .or_throw();
    auto found = forecast_ends(model, dataset, progress.shown(), {});
    progress.end();
    const std::vector<SeriesForecast> all = std::move(found).or_throw();
    if (!o.out.empty()) return put_out(forecast_csv(all), o.out, o.replace);
    if (o.json) {
        Json told = model_json(chosen);
        told["forecasts"] = Json::array();
        for (const SeriesForecast& one : all) told["forecasts"].push_back(forecast_json(one));
        return print_json(told);
    }
    std::vector<Table::Column> heads{{"STEP", Table::Align::right}};
    for (const std::string& column : all.front().columns) heads.push_back({column, Table::Align::right});
    for (const SeriesForecast& one : all) {
        std::cout << one.file << ", behind row " << grouped(one.last_row) << "\n";
        Table table(heads);
        const std::size_t width = one.columns.size();
        for (std::size_t i = 0; i < one.values.size(); i += width) {
            std::vector<std::string> cells{std::to_string(i / width + 1)};
            for (std::size_t c = 0; c < width; ++c) cells.push_back(significant(one.values[i + c]));
            table.add(cells);
        }
        std::cout << table.text();
    }
}

}  // namespace

void add_forecast_verbs(Cli& cli) {
    auto o = std::make_shared<ForecastOptions>();
    CLI::App& verb =
        cli.verb("forecast", "Let a model of series say what comes behind the end of its data, or of other");
    add_model_option(verb, o->model);
    add_repeated(verb, "--data", o->data,
                 "File, folder or pattern whose end is forecast; else the run's own data (repeatable)")
        ->type_name("PATH");
    add_repeated(verb, "--set", o->set, "Change how --data is read, such as dataset.time=none (repeatable)")
        ->type_name("key=value");
    verb.add_option("--out", o->out, "Write the forecast to this file, as CSV")->type_name("FILE.csv");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { forecast(cli, *o); });
}

}  // namespace gw::cli
