#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

#include "cli/carry_out.h"
#include "cli/cli.h"
#include "cli/finetune_options.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/summary.h"
#include "cli/table.h"
#include "compare/pilot_report.h"
#include "spec/reading.h"
#include "util/number.h"
#include "util/spread.h"
#include "util/text.h"
#include "workspace/studies/pilot.h"

// Verbs that make several runs of one question.
namespace gw::cli {

namespace {

struct StudyOptions {
    BeginOptions begin;
    PilotPlan plan;
    CostModel cost;
    std::string name, out;
    std::vector<std::string> counts;
    std::int64_t folds = 5;
    bool json = false, replace = false;
};

/// "quick start -> reviews.csv" of the checkpoint and the new data.
std::string pilot_data(const BeginOptions& o, const ParentCard& parent) {
    BeginOptions data = o;
    std::erase_if(data.set, [](const std::string& text) {
        return !text.starts_with("dataset.") && !text.starts_with("dataset=");
    });
    return begun_name(parent, begun_spec(parent, data, /*labelled=*/true));
}

/// More labels than the training part has would be the same as all of them.
void check_counts(const std::vector<PilotRun>& runs, const PilotPlan& plan) {
    const std::int64_t most = *std::max_element(plan.counts.begin(), plan.counts.end());
    if (most <= 0 || runs.empty()) return;
    const Json& spec = runs.front().request.spec;
    ProgressLine progress;
    auto counted = training_documents(spec.at("dataset"), spec.at("split"), progress.shown(), {});
    progress.end();
    const std::int64_t there = std::move(counted).or_throw();
    if (most > there)
        throw Failure({Error::Code::bad_spec,
                       grouped(most) + " labels are more than the training part has: " + grouped(there) + " examples",
                       "Write at most so many, or all",
                       {"option --label-counts"}});
}

void queue_pilot(const Cli& cli, StudyOptions o) {
    const Workspace workspace = cli.open_workspace();
    if (!o.begin.train.empty())
        throw Failure({Error::Code::bad_spec,
                       "The ways of a pilot say what is trained",
                       "Choose --ways instead of --train",
                       {"option --train"}});
    const ParentCard parent = parent_of(workspace, o.begin);
    for (const std::string& count : o.counts) {
        const auto number = count == "all" ? std::optional<std::int64_t>(0) : parse_count(count);
        if (!number || (*number <= 0 && count != "all"))
            throw Failure({Error::Code::bad_spec,
                           "\"" + count + "\" is no count of labels",
                           "Write whole numbers, such as 100, 1e3 or 2k, or all",
                           {"option --label-counts"}});
        o.plan.counts.push_back(*number);
    }
    if (o.plan.ways.empty()) o.plan.ways = pilot_ways();
    o.plan.settings = assignments(o.begin.set);
    if (o.plan.name.empty()) o.plan.name = "pilot " + pilot_data(o.begin, parent);
    const auto runs = pilot_runs(parent, begun_changes(parent, o.begin, /*labelled=*/true), o.plan).or_throw();
    check_counts(runs, o.plan);
    enqueue_pilot(workspace, runs, o.plan).or_throw();
    std::cout << runs.size() << " runs of \"" << o.plan.name
              << "\" wait in the queue. `groundwork-cli queue run` trains them, `groundwork-cli pilots \""
              << o.plan.name << "\"` tells the result.\n";
}

void show_pilot(const Cli& cli, const StudyOptions& o) {
    const Store store = look_store(cli);
    if (o.name.empty()) {
        for (const SavedRecord& record : store.saved("pilot").or_throw())
            std::cout << record.changed << "  " << record.name << "\n";
        return;
    }
    const Pilot pilot = read_pilot(store, o.name).or_throw();
    if (!o.out.empty()) {
        write_named_file(o.out, pilot_report(pilot, o.cost), o.replace ? Existing::replace : Existing::refuse)
            .or_throw();
        std::cout << "Written to " << o.out << "\n";
        return;
    }
    Table table({{"WAY"},
                 {"TRIED WITH"},
                 {"LABELS", Table::Align::right},
                 {"QUALITY", Table::Align::right},
                 {"TRAINED", Table::Align::right},
                 {"SECONDS", Table::Align::right},
                 {"MS AN ITEM", Table::Align::right},
                 {"WAITING", Table::Align::right}});
    for (const PilotCell& c : pilot.cells)
        table.add({c.way, c.tried.text(), c.count > 0 ? grouped(c.count) : "all", spread_text(c.quality),
                   significant(100 * c.trainable_share, 3) + " %", spread_text(c.seconds), spread_text(c.milliseconds),
                   c.waiting ? std::to_string(c.waiting) : ""});
    std::cout << table.text() << "± is the standard deviation over " << (pilot.folds > 0 ? "folds" : "seeds") << ".\n";
}

double spent(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

/// The metric that a run of labelled data is judged by.
std::pair<std::string, double> quality_of(const Store& store, const RunRecord& run) {
    const std::string metric = "validation/" + main_metric_of(run);
    const auto scores = last_scores(store, run);
    if (const auto it = scores.find(metric); it != scores.end()) return {metric, it->second};
    throw Failure(
        {Error::Code::bad_data, "The run has no score", "It should have recorded " + metric, {"run " + run.name}});
}

void cross_validate(Cli& cli, const StudyOptions& o) {
    const Workspace workspace = cli.open_workspace();
    const ParentCard parent = parent_of(workspace, o.begin);
    const Json spec = finetune_spec(parent, begun_changes(parent, o.begin, /*labelled=*/true),
                                    settings_for_folds(assignments(o.begin.set)).or_throw())
                          .or_throw();
    const std::string name = o.name.empty() ? begun_name(parent, spec) : o.name;
    std::vector<double> values;
    std::string metric;
    Table table({{"FOLD", Table::Align::right}, {"RUN"}, {"SCORE", Table::Align::right}});
    const auto began = std::chrono::steady_clock::now();
    for (std::int64_t fold = 1; fold <= o.folds; ++fold) {
        LaunchRequest request;
        request.spec = fold_of(spec, o.folds, fold);
        request.name = name + " · fold " + std::to_string(fold) + " of " + std::to_string(o.folds);
        Outcome outcome;
        const Among among{"fold", fold, o.folds, /*alike=*/true, spent(began)};
        const RunRecord run = train_to_the_end(workspace, request, outcome, among);
        if (outcome.error) throw Failure(*outcome.error);
        if (outcome.end == Outcome::End::stopped)
            throw Failure({Error::Code::cancelled, "Stopped in fold " + std::to_string(fold), "", {}});
        const auto [its, value] = quality_of(workspace.store().or_throw(), run);
        metric = its;
        values.push_back(value);
        table.add({std::to_string(fold), run.id.substr(0, 8), significant(value)});
    }
    const Spread all = spread_of(values);
    if (o.json)
        print_json({{"metric", metric}, {"folds", values}, {"mean", all.mean}, {"deviation", all.deviation}});
    else
        std::cout << table.text() << metric << " " << spread_text(all) << " over " << o.folds
                  << " folds (± is the standard deviation)\n";
}

}  // namespace

void add_study_verbs(Cli& cli) {
    auto o = std::make_shared<StudyOptions>();
    CLI::App& pilot =
        cli.verb("pilot", "Put a trial into the queue: ways of training from a checkpoint, counts of labels, seeds");
    add_begin_options(pilot, o->begin);
    pilot.add_option("--ways", o->plan.ways, "scratch, head, full, lora, lp_ft, or several; all otherwise")
        ->delimiter(',')
        ->type_name("W");
    pilot.add_option("--label-counts", o->counts, "Training examples, such as 100,500,all")
        ->delimiter(',')
        ->default_val(std::vector<std::string>{"100", "500", "all"})
        ->type_name("N");
    whole_number(pilot.add_option("--seeds", o->plan.seeds, "Seeds of each"))
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    whole_number(pilot.add_option("--folds", o->plan.folds,
                                  "Evaluate each once on every fold of a cross-validation, instead of over seeds"))
        ->check(CLI::Range(2, 100000))
        ->type_name("K");
    real_number(pilot.add_option("--passes", o->plan.passes, "Passes over the examples; more where they are few"))
        ->check(above_zero())
        ->capture_default_str();
    pilot.add_option("--name", o->plan.name, "Name of the pilot")->type_name("N");
    pilot.callback([&cli, o] { queue_pilot(cli, *o); });

    CLI::App& pilots = cli.verb("pilots", "List the pilots, show one, or write its report");
    pilots.add_option("name", o->name, "Which to show")->type_name("NAME");
    pilots.add_option("--report", o->out, "Write a page of HTML that a manager can read")->type_name("FILE.html");
    add_replace(pilots, o->replace);
    real_number(pilots.add_option("--price-an-hour", o->cost.price_an_hour, "Of the machine"))->check(zero_or_more());
    real_number(pilots.add_option("--items-a-day", o->cost.items_a_day, "Texts to answer"))->check(zero_or_more());
    real_number(pilots.add_option("--value-of-an-error", o->cost.value_of_an_error, "What a wrong answer costs"))
        ->check(zero_or_more());
    pilots.add_option("--currency", o->cost.currency, "Written behind the amounts");
    pilots.callback([&cli, o] { show_pilot(cli, *o); });

    CLI::App& cross = cli.verb("cross-validate", "Fine-tune once a fold and tell the mean and spread of the score");
    add_begin_options(cross, o->begin);
    whole_number(cross.add_option("--folds", o->folds, "Parts of the data, each of which is evaluated on once"))
        ->check(CLI::Range(2, 100000))
        ->capture_default_str();
    cross.add_option("--name", o->name, "Beginning of the runs' names")->type_name("N");
    cross.add_flag("--json", o->json, "Print one JSON object on the last line");
    cross.callback([&cli, o] { cross_validate(cli, *o); });
}

}  // namespace gw::cli
