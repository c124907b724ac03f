#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "study/baselines/measure.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct BaselineOptions {
    ModelOption model;
    std::string part = "validation";
    std::int64_t rows = BaselineRequest().rows;
    bool json = false;
};

void compare_with_baselines(const Cli& cli, const BaselineOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.model);
    ProgressLine progress;
    auto measured = measure_baselines({.checkpoint = model.checkpoint,
                                       .run_folder = model.run ? fs::path(model.run->path) : fs::path(),
                                       .part = o.part,
                                       .rows = o.rows,
                                       .cache = workspace.cache(),
                                       .progress = progress.shown(),
                                       .stop = {}});
    progress.end();
    const BaselineReport report = std::move(measured).or_throw();
    if (o.json) {
        Json methods = Json::array();
        for (const BaselineScore& s : report.scores) {
            Json method = {{"method", s.id}, {"seconds", s.seconds}};
            for (const auto& [metric, figure] : s.figures) method[metric] = figure;
            methods.push_back(std::move(method));
        }
        print_json({{"model", model_json(model)},
                    {"part", report.part},
                    {"learnt", report.learnt},
                    {"learnt_of", report.learnt_of},
                    {"judged", report.judged},
                    {"network", report.network ? Json(*report.network) : Json()},
                    {"methods", std::move(methods)}});
        return;
    }
    std::vector<Table::Column> columns{{"METHOD"}};
    for (const std::string& metric : report.metrics) {
        std::string head = metric;
        std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::toupper(c); });
        columns.push_back({head, Table::Align::right});
    }
    columns.push_back({"TIME", Table::Align::right});
    Table table(columns);
    const auto add = [&](const std::string& name, const std::map<std::string, double>& figures,
                         const std::string& time) {
        std::vector<std::string> cells{name};
        for (const std::string& metric : report.metrics)
            cells.push_back(figures.count(metric) > 0 ? significant(figures.at(metric)) : "");
        cells.push_back(time);
        table.add(cells);
    };
    for (const BaselineScore& s : report.scores) add(s.title, s.figures, duration_text(s.seconds));
    if (report.network) add("this run", *report.network, "");
    std::cout << table.text() << "Learnt from " << grouped(report.learnt) << " of " << grouped(report.learnt_of)
              << " training rows, evaluated on " << grouped(report.judged) << " of the " << report.part << " part.\n";
}

}  // namespace

void add_baseline_verbs(Cli& cli) {
    auto o = std::make_shared<BaselineOptions>();
    CLI::App& verb =
        cli.verb("baselines", "What classic methods reach on the data of a run, beside what the run reached");
    add_model_option(verb, o->model);
    verb.add_option("--part", o->part, "validation or test")
        ->check(CLI::IsMember({"validation", "test"}))
        ->capture_default_str();
    whole_number(verb.add_option("--rows", o->rows, "At most so many are learnt from, and evaluated; 0 = all"))
        ->check(zero_or_more())
        ->capture_default_str();
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { compare_with_baselines(cli, *o); });
}

}  // namespace gw::cli
