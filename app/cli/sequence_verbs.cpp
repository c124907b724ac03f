#include <algorithm>
#include <array>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/finetune_options.h"
#include "cli/follow.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/sequence.h"
#include "cli/table.h"
#include "spec/run_spec.h"
#include "util/text.h"
#include "workspace/studies/sequence_study.h"

namespace gw::cli {

namespace {

struct SequenceOptions {
    BeginOptions begin;
    std::vector<std::string> strategies, settings;
    std::string name;
    std::int64_t group = 0, seeds = 3;
    bool json = false;
};

constexpr std::array data_sections{"dataset", "split"};
/// Of how tasks are trained that which no setting of a sequence says.
constexpr std::array training_sections{"augmentation", "objective", "optimizer", "schedule", "evaluation"};

bool is_of(const auto& sections, const std::string& path) {
    const std::string section = path.substr(0, path.find('.'));
    return std::find(sections.begin(), sections.end(), section) != sections.end();
}

/// How long and how fast tasks are trained, and by what strategy, say --with and --strategy.
void refuse_what_means_nothing(const BeginOptions& o) {
    auto refuse = [](const std::string& what, const std::string& option) {
        throw Failure(
            {Error::Code::bad_spec,
             what + " means nothing for a sequence: its tasks are trained as --strategy and --with say",
             "Leave it out, or set what you mean by --with; --set changes dataset, split, augmentation, objective, "
             "optimizer, schedule and evaluation",
             {"option " + option}});
    };
    if (!o.train.empty()) refuse("--train", "--train");
    if (!o.objective.empty()) refuse("--objective", "--objective");
    for (const auto& [path, value] : assignments(o.set)) {
        if (!is_of(data_sections, path) && !is_of(training_sections, path)) refuse(path, "--set");
        if (path == "optimizer.lr" || path == "evaluation.patience") refuse(path, "--set");
        if (path == "dataset.examples" || path == "dataset.examples_seed") refuse(path, "--set");
    }
}

SequenceStudy study_of(const Workspace& workspace, const SequenceOptions& o) {
    const ParentCard parent = parent_of(workspace, o.begin);
    refuse_what_means_nothing(o.begin);
    SequenceStudy study;
    study.checkpoint = parent.checkpoint;
    study.name = o.name;
    study.seeds = o.seeds;
    study.group = o.group;
    study.strategies = o.strategies.empty() ? sequence_strategies() : o.strategies;
    const std::vector<Setting> set = assignments(o.begin.set);
    const bool names_classes =
        std::any_of(set.begin(), set.end(), [](const Setting& one) { return one.first == "dataset.classes"; });
    // What the checkpoint's classes were called says nothing of those of other files.
    const auto dataset_in = [&](const Json& spec) {
        Json dataset = spec.at("dataset");
        if (!o.begin.data.empty() && !names_classes && dataset.contains("classes")) dataset["classes"] = Json::array();
        return dataset;
    };
    BeginOptions shared = o.begin;
    if (o.group == 0) {
        for (const std::string& path : o.begin.data) {
            shared.data = {path};
            study.datasets.push_back(dataset_in(begun_spec(parent, shared, /*labelled=*/true)));
        }
    }
    const Json spec = begun_spec(parent, o.group == 0 ? shared : o.begin, /*labelled=*/true);
    if (o.group > 0) study.datasets = {dataset_in(spec)};
    if (std::any_of(set.begin(), set.end(), [](const Setting& one) { return is_of(training_sections, one.first); })) {
        study.spec = spec;
        study.spec.erase("sequence");
    }
    study.split = spec.at("split");
    Json settings = Json::object();
    for (const auto& [key, value] : assignments(o.settings)) {
        settings[key] = value;  // a key that there is none of is found below
        for (const schema::Row& row : sequence_sheet().rows)
            if (row.info.key == key) settings[key] = schema::typed_value(row, value);
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
    const std::vector<SequenceResult> results = begun_results(study);
    for (const SequenceResult& r : results) {
        if (r.seed != results.front().seed) continue;
        std::cout << "\n"
                  << strategy_title(r.strategy) << ", seed " << r.seed << ": accuracy by head after each task\n";
        std::vector<Table::Column> columns{{"AFTER"}};
        for (const std::string& task : r.tasks) columns.push_back({task, Table::Align::right});
        Table table(columns);
        for (std::size_t row = 0; row < r.by_head.size(); ++row) {
            std::vector<std::string> cells{r.strategy == "joint" ? "all" : r.tasks[row]};
            for (const auto& cell : r.by_head[row]) cells.push_back(cell ? significant(*cell, 3) : "");
            table.add(cells);
        }
        std::cout << table.text();
    }
    Table table({{"STRATEGY"},
                 {"SEEDS", Table::Align::right},
                 {"ACCURACY", Table::Align::right},
                 {"K-NN", Table::Align::right},
                 {"FORGETTING", Table::Align::right},
                 {"BACKWARD", Table::Align::right},
                 {"FORWARD", Table::Align::right}});
    auto cell = [](const Spread& s, bool known) {
        return known ? significant(s.mean, 3) + (s.count > 1 ? " ± " + significant(s.deviation, 2) : "") : "-";
    };
    for (const StrategyRow& row : strategy_rows(study))
        table.add({strategy_title(row.strategy), std::to_string(row.average.count), cell(row.average, true),
                   cell(row.neighbours, true), cell(row.forgetting, row.in_turn), cell(row.backward, row.in_turn),
                   cell(row.forward, row.in_turn && row.forward.count > 0)});
    std::cout << "\n" << table.text() << "± is the standard deviation over seeds.\n";
}

Json with_scores(const SequenceStudy& study) {
    Json out = to_json(study);
    out["scores"] = study_scores(study);
    return out;
}

}  // namespace

void carry_out_sequence(const Workspace& workspace, const SequenceStudy& study, bool json, HostChoice host) {
    ProgressLine progress;
    const StopAtInterrupt interrupt;
    const SequenceWatch watch{
        [&progress](const SequenceProgress& at) { progress.show(progress_text(at), at.share, at.seconds_left); },
        {},
        host};
    auto carried = carry_out_study(workspace, study, watch, interrupt.token());
    progress.end();
    const SequenceStudy done = std::move(carried).or_throw();
    if (json)
        print_json(with_scores(done));
    else
        show(done);
}

void add_sequence_verbs(Cli& cli) {
    auto o = std::make_shared<SequenceOptions>();
    CLI::App& verb = cli.verb("sequence",
                              "Train a checkpoint's backbone on one task after another, by several strategies, and "
                              "measure what is forgotten");
    add_begin_options(verb, o->begin);
    whole_number(
        verb.add_option(
            "--classes-per-task", o->group,
            "Cut the classes of the data into groups of so many, each a task; otherwise each --data is a task"))
        ->check(CLI::Range(2, 100000));
    verb.add_option("--strategy", o->strategies,
                    "sequential, lp_ft, ewc, si, replay or joint, or several; all otherwise")
        ->delimiter(',')
        ->type_name("S");
    whole_number(verb.add_option("--seeds", o->seeds, "Seeds a strategy"))
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    std::string keys;
    for (const schema::Row& row : sequence_sheet().rows) keys += (keys.empty() ? "" : ", ") + std::string(row.info.key);
    add_repeated(verb, "--with", o->settings, "How tasks are trained, such as epochs=2: " + keys)
        ->type_name("key=value");
    verb.add_option("--name", o->name, "Name to keep the result under");
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        carry_out_sequence(workspace, study_of(workspace, *o), o->json);
    });

    CLI::App& list = cli.verb("sequences", "List the sequences of tasks that were carried out, or show one");
    list.add_option("name", o->name, "Which to show");
    list.add_flag("--json", o->json, "Print one JSON object");
    list.callback([&cli, o] {
        const Store store = look_store(cli);
        Json names = Json::array();
        for (const SavedRecord& record : store.saved("sequence").or_throw()) {
            names.push_back({{"name", record.name}, {"changed", record.changed}});
            if (o->name.empty() && !o->json) std::cout << record.changed << "  " << record.name << "\n";
            if (o->name.empty() || o->name != record.name) continue;
            if (o->json)
                print_json(with_scores(sequence_study_of(record.body)));
            else
                show(sequence_study_of(record.body));
            return;
        }
        if (o->name.empty() && o->json) print_json({{"sequences", std::move(names)}});
        if (!o->name.empty())
            throw Failure({Error::Code::bad_spec,
                           "There is no sequence \"" + o->name + "\"",
                           "`groundwork-cli sequences` lists them",
                           {}});
    });
}

}  // namespace gw::cli
