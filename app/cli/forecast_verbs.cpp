#include <cmath>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "schema/parse_json.h"
#include "spec/reading.h"
#include "study/forecast_view.h"
#include "study/forecasting.h"
#include "util/csv.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct ForecastOptions {
    ModelOption model;
    std::vector<std::string> data, set;
    std::string out, part = "validation";
    std::int64_t windows = 0;
    bool replace = false, json = false;
};

/// What is said of each column: the line that the model is judged by and, where it says several, each quantile.
std::vector<std::string> heads_of(const SeriesForecast& one) {
    std::vector<std::string> out;
    for (const std::string& column : one.columns) {
        if (one.levels.size() < 2) out.push_back(column);
        for (std::size_t q = 0; q < one.levels.size() && one.levels.size() > 1; ++q)
            out.push_back(column + " " + level_text(one.levels[q]));
    }
    return out;
}

std::vector<double> said_at(const SeriesForecast& one, std::size_t step) {
    std::vector<double> out;
    for (std::size_t c = 0; c < one.width(); ++c) {
        if (one.levels.size() < 2) out.push_back(one.values[step * one.width() + c]);
        for (std::size_t q = 0; q < one.levels.size() && one.levels.size() > 1; ++q)
            out.push_back(one.quantile(q, step, c));
    }
    return out;
}

/// A row for each step of each file; `row` is where it would stand in the file.
std::string forecast_csv(const std::vector<SeriesForecast>& all) {
    std::string out = "file,row,step";
    for (const std::string& head : heads_of(all.front())) out += "," + csv_cell(head);
    out += "\n";
    for (const SeriesForecast& one : all)
        for (std::size_t h = 0; h < one.horizon(); ++h) {
            const auto step = static_cast<std::int64_t>(h) + 1;
            out += csv_cell(one.file) + "," + std::to_string(one.last_row + step) + "," + std::to_string(step);
            for (const double value : said_at(one, h)) out += "," + exact_number(value);
            out += "\n";
        }
    return out;
}

Json forecasts_json(const std::vector<SeriesForecast>& all) {
    Json out = Json::array();
    for (const SeriesForecast& one : all) out.push_back(to_json(one));
    return out;
}

void print_forecast(const SeriesForecast& one) {
    std::vector<Table::Column> heads{{"STEP", Table::Align::right}};
    for (const std::string& head : heads_of(one)) heads.push_back({head, Table::Align::right});
    std::cout << one.file << ", behind row " << grouped(one.last_row)
              << (one.last_time.empty() ? "" : " (" + one.last_time + ")") << "\n";
    Table table(heads);
    for (std::size_t h = 0; h < one.horizon(); ++h) {
        std::vector<std::string> cells{std::to_string(h + 1)};
        for (const double value : said_at(one, h)) cells.push_back(significant(value));
        table.add(cells);
    }
    std::cout << table.text();
}

/// Held-out windows beside what came.
void forecast_windows(const Workspace& workspace, const ChosenModel& chosen, const ForecastOptions& o) {
    if (!o.data.empty() || !o.set.empty() || !o.out.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            "Held-out windows are those of the run's own data, and are printed",
                            "Leave --data, --set and --out away, or --windows",
                            {}});
    ProgressLine progress;
    ForecastViewRequest request{chosen.checkpoint, workspace.cache(), o.part, o.windows, progress.shown()};
    auto found = view_forecasts(request);
    progress.end();
    const ForecastView view = std::move(found).or_throw();
    if (o.json) {
        Json told = model_json(chosen);
        told.update({{"part", view.part},
                     {"part_windows", view.part_windows},
                     {"windows", forecasts_json(view.windows)},
                     {"forecasts", forecasts_json(view.ends)}});
        return print_json(told);
    }
    for (const SeriesForecast& one : view.windows) {
        print_forecast(one);
        double off = 0, naive = 0;
        const std::size_t size = one.values.size(), width = one.width();
        for (std::size_t i = 0; i < size; ++i) {
            off += std::abs(one.values[i] - one.truth[i]) / static_cast<double>(size);
            naive += std::abs(one.past[one.past.size() - width + i % width] - one.truth[i]) / static_cast<double>(size);
        }
        std::cout << "off by " << significant(off) << " on average; the last value again by " << significant(naive)
                  << "\n\n";
    }
}

void forecast(const Cli& cli, const ForecastOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel chosen = chosen_model(workspace, o.model);
    if (o.windows > 0) return forecast_windows(workspace, chosen, o);
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
    if (!o.out.empty()) put_out(forecast_csv(all), o.out, o.replace);
    if (o.json) {
        Json told = model_json(chosen);
        told["forecasts"] = forecasts_json(all);
        if (!o.out.empty()) told["file"] = absolute_path(o.out).string();
        return print_json(told);
    }
    if (!o.out.empty()) return;
    for (const SeriesForecast& one : all) print_forecast(one);
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
    CLI::Option* windows = whole_number(verb.add_option(
        "--windows", o->windows, "Say it of so many held-out windows of the run's own data, beside what came"));
    windows->check(CLI::Range(std::int64_t{1}, std::int64_t{1000}));
    verb.add_option("--part", o->part, "The part that they are of")
        ->needs(windows)
        ->check(CLI::IsMember({"train", "validation", "test"}))
        ->capture_default_str();
    verb.add_option("--out", o->out, "Write the forecast to this file, as CSV")->type_name("FILE.csv");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { forecast(cli, *o); });
}

}  // namespace gw::cli
