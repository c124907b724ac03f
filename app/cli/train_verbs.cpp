#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/summary.h"
#include "train/run_spec.h"

namespace gw::cli {

namespace {

struct RunOptions {
    std::string spec, recipe, name, checkpoint, run;
    std::vector<std::string> data, set;
    std::int64_t stop_at = 0;
    bool json = false;
};

void add_shared(CLI::App& verb, RunOptions& o) {
    verb.add_option("--stop-at", o.stop_at, "Save and stop at this step; the schedule stays as it is")
        ->check(CLI::PositiveNumber)
        ->type_name("STEP");
    verb.add_flag("--json", o.json, "Print the result as one JSON object on the last line");
}

/// The spec that the options describe: the recipe or file over the defaults, then --data, then each --set.
Json spec_of(const RunOptions& o) {
    if (o.spec.empty() == o.recipe.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            o.spec.empty() ? "There is nothing to run" : "A spec file and a recipe are given, but only one can be run",
                            "Name a spec file, or a recipe with --recipe (`groundwork-cli recipes` lists them)",
                            {}});
    const Json changes = o.recipe.empty() ? read_spec(o.spec).or_throw() : find_recipe(o.recipe).or_throw().spec;
    Json spec = overlay_spec(default_spec(), changes);
    if (!o.data.empty() && spec.is_object()) spec = overlay_spec(spec, {{"dataset", {{"kind", "text_files"}, {"paths", o.data}}}});
    for (const std::string& text : o.set) {
        const auto [path, value] = assignment(text);
        spec = set_in_spec(std::move(spec), path, value).or_throw();
    }
    spec_status(spec).or_throw();
    for (const schema::Problem& problem : check_spec(spec)) std::cerr << "warning: " << problem.path << ": " << problem.message << "\n";
    return spec;
}

/// Launches, follows to the end and tells the result.
void carry_out(Cli& cli, const Workspace& workspace, const LaunchRequest& request, bool json) {
    auto run = LiveRun::launch(workspace, request).or_throw();
    std::cerr << "run " << run->id() << " \"" << run->name() << "\"\n";
    const Outcome outcome = follow(*run);
    const Store store = workspace.store().or_throw();
    const RunRecord record = store.run(run->id()).or_throw();
    if (json)
        std::cout << run_summary(store, record).dump() << std::endl;
    else
        std::cout << ending_text(store, record) << std::flush;
    if (outcome.end == Outcome::End::failed) {
        if (outcome.error) std::cerr << "groundwork-cli: " << to_text(*outcome.error) << "\n";
        cli.exit_code = exit_failed;
    }
}

/// What --set changes in the training section of a run's spec; anything else is refused.
Json extension_of(const Json& spec, const std::vector<std::string>& set) {
    Json changed = spec;
    for (const std::string& text : set) {
        const auto [path, value] = assignment(text);
        changed = set_in_spec(std::move(changed), path, value).or_throw();
    }
    Json extend = Json::object();
    for (const SpecDifference& difference : diff_specs(spec, changed)) {
        constexpr std::string_view section = "training.";
        if (!difference.path.starts_with(section))
            throw Failure(Error{Error::Code::bad_spec,
                                difference.path + " of a run cannot be changed any more",
                                "Only training.budget and training.budget_unit can be extended; start a new run for anything else",
                                {"option --set"}});
        extend[difference.path.substr(section.size())] = difference.right;
    }
    if (extend.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            "This is the budget that the run has already",
                            "Set a larger one: --set training.budget=...",
                            {"option --set"}});
    return extend;
}

}  // namespace

void add_train_verbs(Cli& cli) {
    auto o = std::make_shared<RunOptions>();
    CLI::App& run = cli.verb("run", "Train a new run");
    run.add_option("spec", o->spec, "Spec file (JSON); what it leaves out is taken from the defaults")->type_name("SPEC.json");
    run.add_option("--recipe", o->recipe, "Start from a recipe instead")->type_name("NAME");
    add_repeated(run, "--data", o->data, "Text file, folder or pattern to learn from (repeatable)")->type_name("PATH");
    add_repeated(run, "--set", o->set, "Change one setting, such as backbone.width=128 (repeatable)")->type_name("path=value");
    run.add_option("--name", o->name, "Name in the history; made from the spec otherwise")->type_name("N");
    add_shared(run, *o);
    run.callback([&cli, o] {
        LaunchRequest request;
        request.spec = spec_of(*o);
        request.name = o->name;
        request.stop_at = o->stop_at;
        carry_out(cli, cli.open_workspace(), request, o->json);
    });

    CLI::App& resume = cli.verb("resume", "Take up a stopped, failed or interrupted run where it was saved");
    resume.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    resume.add_option("--checkpoint", o->checkpoint, "Checkpoint folder to go on from; the newest whole one otherwise")->type_name("PATH");
    add_shared(resume, *o);
    resume.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        LaunchRequest request;
        request.resume_run = workspace.store().or_throw().run(o->run).or_throw().id;
        request.resume_checkpoint = o->checkpoint;
        request.stop_at = o->stop_at;
        carry_out(cli, workspace, request, o->json);
    });

    CLI::App& extend = cli.verb("extend", "Train a run further with a larger budget");
    extend.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    add_repeated(extend, "--set", o->set, "training.budget=... and, if it changes, training.budget_unit=...")
        ->required()
        ->type_name("path=value");
    add_shared(extend, *o);
    extend.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        const RunRecord record = workspace.store().or_throw().run(o->run).or_throw();
        LaunchRequest request;
        request.resume_run = record.id;
        request.extend = extension_of(record.spec, o->set);
        request.stop_at = o->stop_at;
        carry_out(cli, workspace, request, o->json);
    });
}

}  // namespace gw::cli
