#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/spec_options.h"
#include "cli/summary.h"
#include "cli/table.h"
#include "spec/run_spec.h"
#include "util/text.h"
#include "workspace/run_queue.h"

namespace gw::cli {

namespace {

struct QueueOptions {
    SpecOptions spec;
    std::string run, name;
    std::size_t position = 0;
    bool continue_ = false, stop = false;
};

/// "--set optimizer.lr=1e-4,3e-4" becomes several runs.
std::vector<LaunchRequest> requests_of(const QueueOptions& o) {
    std::vector<LaunchRequest> out;
    for (Variation& one :
         expand_settings(spec_before_options(o.spec), assignments(o.spec.set), data_of(o.spec)).or_throw()) {
        LaunchRequest request;
        request.name = o.name;
        std::string what;
        for (const auto& [path, value] : one.chosen) {
            request.telling.push_back(path);
            what += " " + path.substr(path.rfind('.') + 1) + " " +
                    (value.is_string() ? value.get<std::string>() : schema::json_line(value));
        }
        if (!what.empty() && !o.name.empty()) request.name += what;
        check_whole(one.spec);
        request.spec = std::move(one.spec);
        out.push_back(std::move(request));
    }
    return out;
}

void list_queue(const RunQueue& queue) {
    const QueueSettings settings = queue.settings().or_throw();
    const auto runs = queue.waiting().or_throw();
    if (runs.empty()) std::cout << "Nothing waits. `groundwork-cli queue add --recipe NAME` puts a run in.\n";
    Table table({{"#", Table::Align::right},
                 {"RUN"},
                 {"NAME"},
                 {"STEPS", Table::Align::right},
                 {counted_head(runs), Table::Align::right},
                 {"QUEUED"}});
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Estimate estimate = estimate_run(runs[i].spec);
        table.add({std::to_string(i + 1), runs[i].id.substr(0, 8), runs[i].name,
                   estimate.steps ? grouped(*estimate.steps) : "-", estimate.tokens ? grouped(*estimate.tokens) : "-",
                   runs[i].created});
    }
    if (!runs.empty()) std::cout << table.text();
    if (settings.paused) std::cout << "The queue is paused; `groundwork-cli queue continue` lets it go on.\n";
    std::cout << "After a failed run the queue " << (settings.stop_at_failure ? "pauses" : "goes on") << ".\n";
}

/// Trains what waits, one after the other, until nothing does.
void work_off(Cli& cli, const Workspace& workspace) {
    RunQueue queue(workspace);
    for (std::int64_t number = 1;; ++number) {
        const auto next = queue.next().or_throw();
        if (!next) break;
        const auto waiting = static_cast<std::int64_t>(queue.waiting().or_throw().size());  // the next one with them
        auto run = LiveRun::launch(workspace, *next).or_throw();
        std::cerr << "run " << run->id() << " \"" << run->name() << "\"\n";
        const Outcome outcome = follow(*run, {"run", number, number - 1 + waiting});
        const Store store = workspace.store().or_throw();
        std::cout << schema::json_line(run_summary(store, store.run(run->id()).or_throw())) << std::endl;
        queue.note_end(outcome).or_throw();
        if (outcome.end == Outcome::End::failed) cli.exit_code = exit_failed;
        if (outcome.end == Outcome::End::stopped) break;  // Ctrl+C means the whole queue
    }
}

}  // namespace

void add_queue_verbs(Cli& cli) {
    auto o = std::make_shared<QueueOptions>();
    CLI::App& queue = cli.verb("queue", "Runs that wait their turn");
    queue.require_subcommand(0, 1);
    auto sub = [&](const char* name, const char* help) -> CLI::App& {
        CLI::App* verb = queue.add_subcommand(name, help);
        verb->fallthrough();
        return *verb;
    };
    queue.callback([&cli, &queue] {
        if (queue.get_subcommands().empty()) list_queue(RunQueue(cli.look_workspace()));
    });
    CLI::App& add = sub("add", "Put a run at the end; lists such as --set optimizer.lr=1e-4,3e-4 make several");
    add_spec_options(add, o->spec);
    add.footer(list_help());
    add.add_option("--name", o->name, "Name in the history; made from the settings otherwise")->type_name("N");
    add.callback([&cli, o] {
        const auto requests = requests_of(*o);
        for (const RunRecord& run : RunQueue(cli.open_workspace()).add(requests).or_throw())
            std::cout << run.id << "  " << run.name << "\n";
    });
    CLI::App& remove = sub("remove", "Take a run out");
    remove.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    remove.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        RunQueue(workspace).remove(workspace.store().or_throw().run(o->run).or_throw().id).or_throw();
    });
    CLI::App& move = sub("move", "Move a run to another place");
    move.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    whole_number(move.add_option("place", o->position, "1 = the next"))
        ->required()
        ->check(above_zero())
        ->type_name("N");
    move.callback([&cli, o] {
        const Workspace workspace = cli.open_workspace();
        RunQueue(workspace).move(workspace.store().or_throw().run(o->run).or_throw().id, o->position - 1).or_throw();
    });
    for (const bool paused : {true, false}) {
        CLI::App& verb = sub(paused ? "pause" : "continue", paused ? "Start nothing more for now" : "Go on");
        verb.callback([&cli, paused] {
            RunQueue queue(cli.open_workspace());
            QueueSettings settings = queue.settings().or_throw();
            settings.paused = paused;
            queue.set_settings(settings).or_throw();
        });
    }
    CLI::App& policy = sub("policy", "What a failed run does to the queue");
    auto* stop = policy.add_flag("--pause-at-failure", o->stop, "It pauses");
    policy.add_flag("--go-on", o->continue_, "The next run begins (the default)")->excludes(stop);
    policy.callback([&cli, o] {
        RunQueue queue(cli.open_workspace());
        QueueSettings settings = queue.settings().or_throw();
        if (o->stop || o->continue_) settings.stop_at_failure = o->stop;
        queue.set_settings(settings).or_throw();
        list_queue(queue);
    });
    CLI::App& run = sub("run", "Train what waits, one after the other, until nothing does");
    run.callback([&cli] { work_off(cli, cli.open_workspace()); });
}

}  // namespace gw::cli
