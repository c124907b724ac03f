#include <iostream>
#include <map>
#include <memory>

#include "cli/carry_out.h"
#include "cli/cli.h"
#include "cli/sequence.h"
#include "cli/spec_options.h"
#include "spec/run_spec.h"

namespace gw::cli {

namespace {

struct RunOptions {
    SpecOptions spec;
    std::string name, checkpoint, run;
    std::vector<std::string> set;
    std::int64_t stop_at = 0;
    bool json = false, train_alone = false;
    HostChoice host = HostChoice::thread;
};

void add_shared(CLI::App& verb, RunOptions& o) {
    whole_number(verb.add_option("--stop-at", o.stop_at, "Save and stop at this step; the schedule stays as it is"))
        ->check(above_zero())
        ->type_name("STEP");
    verb.add_flag("--json", o.json, "Print the result as one JSON object on the last line");
    std::map<std::string, HostChoice> hosts;
    for (std::size_t i = 0; i < std::size(host_choices); ++i) hosts[host_choices[i]] = static_cast<HostChoice>(i);
    CLI::Option* host = verb.add_option(
        "--host", o.host,
        "Where it is trained: in this program (thread, as otherwise), in a process of its own whose crash "
        "ends nothing else (process), or there if it trains on a GPU (auto)");
    host->transform(CLI::CheckedTransformer(hosts, CLI::ignore_case).description(""))->type_name("HOST");
    verb.add_flag("--train-alone", o.train_alone,
                  "With a process of its own: train on when this program is killed; else the run saves and stops then")
        ->needs(host);
}

/// What all of these verbs ask of a launch.
LaunchRequest request_of(const RunOptions& o) {
    LaunchRequest request;
    request.stop_at = o.stop_at;
    request.train_alone = o.train_alone;
    return request;
}

/// What --set changes in the training section of a run's spec; anything else is refused.
Json extension_of(const Json& spec, const std::vector<std::string>& set) {
    const Json changed = set_all_in_spec(spec, assignments(set)).or_throw();
    Json extend = Json::object();
    for (const SpecDifference& difference : diff_specs(spec, changed)) {
        constexpr std::string_view section = "training.";
        if (!difference.path.starts_with(section))
            throw Failure(Error{
                Error::Code::bad_spec,
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
    add_spec_options(run, o->spec);
    run.add_option("--name", o->name, "Name in the history; made from the settings otherwise")->type_name("N");
    add_shared(run, *o);
    run.callback([&cli, o] {
        LaunchRequest request = request_of(*o);
        request.spec = spec_of(o->spec);
        if (std::optional<SequenceStudy> study = study_of_spec(request.spec)) {
            if (o->stop_at > 0)
                throw Failure({Error::Code::bad_spec,
                               "A sequence of tasks is many runs, which have no common step to stop at",
                               "Set sequence.iterations, or stop it with Ctrl+C: it goes on where it stands",
                               {"option --stop-at"}});
            study->name = o->name;
            return carry_out_sequence(cli.open_workspace(), *study, o->json, o->host);
        }
        request.name = o->name;
        carry_out(cli, cli.open_workspace(), request, o->json, o->host);
    });

    CLI::App& resume = cli.verb("resume", "Take up a stopped, failed or interrupted run where it was saved");
    resume.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    resume.add_option("--checkpoint", o->checkpoint, "Checkpoint folder to go on from; the newest whole one otherwise")
        ->type_name("PATH");
    add_shared(resume, *o);
    resume.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        LaunchRequest request = request_of(*o);
        request.resume_run = workspace.store().or_throw().run(o->run).or_throw().id;
        request.resume_checkpoint = o->checkpoint;
        carry_out(cli, workspace, request, o->json, o->host);
    });

    CLI::App& fork = cli.verb("fork", "Begin a new run in the middle of another one");
    fork.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    fork.add_option("--checkpoint", o->checkpoint, "Checkpoint folder to begin from; the newest whole one otherwise")
        ->type_name("PATH");
    add_repeated(fork, "--set", o->set, "Change how it is trained, such as optimizer.lr=1e-4 (repeatable)")
        ->type_name("path=value");
    fork.add_option("--name", o->name, "Name in the history")->type_name("N");
    add_shared(fork, *o);
    fork.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        const RunRecord parent = workspace.store().or_throw().run(o->run).or_throw();
        LaunchRequest request = request_of(*o);
        request.fork_run = parent.id;
        request.fork_checkpoint = o->checkpoint;
        request.name = o->name;
        request.spec = set_all_in_spec(parent.spec, assignments(o->set)).or_throw();
        carry_out(cli, workspace, request, o->json, o->host);
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
        LaunchRequest request = request_of(*o);
        request.resume_run = record.id;
        request.extend = extension_of(record.spec, o->set);
        carry_out(cli, workspace, request, o->json, o->host);
    });
}

}  // namespace gw::cli
