#include <unistd.h>

#include <cmath>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/finetune_options.h"
#include "cli/model_choice.h"
#include "cli/table.h"
#include "train/run_spec.h"
#include "util/text.h"
#include "workspace/sequence_study.h"

namespace gw::cli {

namespace {

struct SequenceOptions {
    BeginOptions begin;
    std::vector<std::string> strategies, settings;
    std::string name;
    std::int64_t group = 0, seeds = 3;
    bool json = false;
};

SequenceStudy study_of(const Cli& cli, const Workspace& workspace, const SequenceOptions& o) {
    const ParentCard parent = parent_card(workspace, checkpoint_of(cli, o.begin.checkpoint, o.begin.best)).or_throw();
    SequenceStudy study;
    study.checkpoint = parent.checkpoint;
    study.name = o.name;
    study.seeds = o.seeds;
    study.group = o.group;
    study.strategies = o.strategies.empty() ? sequence_strategies() : o.strategies;
    BeginOptions shared = o.begin;
    if (o.group == 0) {
        for (const std::string& path : o.begin.data) {
            shared.data = {path};
            study.datasets.push_back(begun_spec(parent, shared, /*labelled=*/true).at("dataset"));
        }
    }
    const Json spec = begun_spec(parent, o.group == 0 ? shared : o.begin, /*labelled=*/true);
    if (o.group > 0) study.datasets = {spec.at("dataset")};
    study.split = spec.at("split");
    Json settings = Json::object();
    for (const std::string& text : o.settings) {
        const auto [key, value] = assignment(text);
        const Json parsed = Json::parse(value, nullptr, /*allow_exceptions=*/false);
        settings[key] = parsed.is_discarded() ? Json(value) : parsed;
    }
    if (const auto problems = sequence_sheet().check(settings, "sequence"); !problems.empty())
        throw Failure({Error::Code::bad_spec,
                       problems.front().path + ": " + problems.front().message,
                       "`groundwork-cli sequence --help` names the settings",
                       {"option --with"}});
    study.settings = sequence_sheet().complete(settings);
    return study;
}

void show(const SequenceStudy& study) {
    for (const SequenceResult& r : study.results) {
        if (r.seed != study.results.front().seed) continue;
        std::cout << "\n" << strategy_title(r.strategy) << ", seed " << r.seed << ": accuracy by head after each task\n";
        std::vector<Table::Column> columns{{"AFTER"}};
        for (const std::string& task : r.tasks) columns.push_back({task, Table::Align::right});
        Table table(columns);
        for (std::size_t row = 0; row < r.by_head.size(); ++row) {
            std::vector<std::string> cells{r.by_head.size() == 1 ? "all" : r.tasks[row]};
            for (const auto& cell : r.by_head[row]) cells.push_back(cell ? significant(*cell, 3) : "");
            table.add(cells);
        }
        std::cout << table.text();
    }
    Table table({{"STRATEGY"},
                 {"SEEDS", Table::Align::right},
                 {"ACCURACY", Table::Align::right},
                 {"KNN", Table::Align::right},
                 {"FORGETTING", Table::Align::right},
                 {"BACKWARD", Table::Align::right},
                 {"FORWARD", Table::Align::right}});
    auto cell = [](const Spread& s, bool known) {
        return known ? significant(s.mean, 3) + (s.count > 1 ? " ± " + significant(s.deviation, 2) : "") : "-";
    };
    for (const StrategyRow& row : strategy_rows(study))
        table.add({strategy_title(row.strategy), std::to_string(row.average.count), cell(row.average, true), cell(row.neighbours, true),
                   cell(row.forgetting, row.in_turn), cell(row.backward, row.in_turn), cell(row.forward, row.in_turn)});
    std::cout << "\n" << table.text() << "± is the standard deviation over seeds.\n";
}

}  // namespace

void add_sequence_verbs(Cli& cli) {
    auto o = std::make_shared<SequenceOptions>();
    CLI::App& verb = cli.verb(
        "sequence", "Train a checkpoint's backbone on one task after another, by several strategies, and measure what is forgotten");
    add_begin_options(verb, o->begin);
    verb.add_option("--classes-per-task", o->group,
                    "Cut the classes of the data into groups of so many, each a task; otherwise each --data is a task")
        ->check(CLI::Range(2, 100000));
    verb.add_option("--strategy", o->strategies, "sequential, lp_ft, ewc, si, replay or joint, or several; all otherwise")
        ->delimiter(',')
        ->type_name("S");
    verb.add_option("--seeds", o->seeds, "Seeds a strategy")->check(CLI::Range(1, 100))->capture_default_str();
    std::string keys;
    for (const schema::Row& row : sequence_sheet().rows) keys += (keys.empty() ? "" : ", ") + std::string(row.info.key);
    add_repeated(verb, "--with", o->settings, "How tasks are trained, such as epochs=2: " + keys)->type_name("key=value");
    verb.add_option("--name", o->name, "Name to keep the result under");
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        SequenceStudy study = study_of(cli, workspace, *o);
        const bool terminal = ::isatty(STDERR_FILENO) != 0;
        study = carry_out_study(workspace, study,
                                [&](const std::string& phase, double done) {
                                    if (terminal)
                                        std::cerr << "\r\033[K" << phase
                                                  << (done >= 0 ? " " + std::to_string(static_cast<int>(100 * done)) + " %" : "")
                                                  << std::flush;
                                },
                                {})
                    .or_throw();
        if (terminal) std::cerr << "\r\033[K" << std::flush;
        if (o->json)
            std::cout << to_json(study).dump() << "\n";
        else
            show(study);
    });

    CLI::App& list = cli.verb("sequences", "List the sequences of tasks that were carried out, or show one");
    list.add_option("name", o->name, "Which to show");
    list.add_flag("--json", o->json, "Print JSON");
    list.callback([&cli, o] {
        const Store store = open_store(cli);
        for (const SavedRecord& record : store.saved("sequence").or_throw()) {
            if (o->name.empty() && !o->json) std::cout << record.changed << "  " << record.name << "\n";
            if (o->name.empty() || o->name != record.name) continue;
            if (o->json)
                std::cout << record.body.dump() << "\n";
            else
                show(sequence_study_of(record.body));
            return;
        }
        if (!o->name.empty())
            throw Failure({Error::Code::bad_spec, "There is no sequence \"" + o->name + "\"", "`groundwork-cli sequences` lists them", {}});
    });
}

}  // namespace gw::cli
