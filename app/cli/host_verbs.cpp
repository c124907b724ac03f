#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/summary.h"
#include "workspace/child/child_body.h"

namespace gw::cli {

namespace {

bool leads_to_a_program(int descriptor) {
    struct stat facts {};
    return ::fstat(descriptor, &facts) == 0 && S_ISSOCK(facts.st_mode);
}

/// The body of a process that trains for another program, which is at the other end of standard input.
[[noreturn]] void train_for(const Cli& cli) {
    if (!leads_to_a_program(STDIN_FILENO)) {
        std::cerr << "groundwork-cli: \"train-for\" is what other programs start; train with `groundwork-cli run`\n";
        std::_Exit(exit_bad_usage);
    }
    Descriptor connection(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    // Nothing else keeps the connection open, neither here nor in a helper.
    const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    ::dup2(nothing.get(), STDIN_FILENO);
    const bool trained = train_as_child(cli.open_workspace(), std::move(connection));
    // All is written. What else would end here (threads of the engine, a GPU's driver after an error) may hang.
    std::_Exit(trained ? exit_done : exit_failed);
}

void watch_run(Cli& cli, const std::string& name) {
    const Workspace workspace = cli.open_workspace();
    const RunRecord before = workspace.store().or_throw().run(name).or_throw();
    if (!is_active(before.status))
        throw Failure(
            Error{Error::Code::bad_spec, "This run is not being trained: it is " + before.status, "", {"run " + name}});
    auto run = LiveRun::attach(workspace, before.id).or_throw();
    std::cerr << "run " << run->id() << " \"" << run->name() << "\" in process " << run->process()
              << "; Ctrl+C leaves it training\n";
    const auto outcome = watch(*run);
    if (!outcome) return;
    const Store store = workspace.store().or_throw();
    std::cout << ending_text(store, store.run(before.id).or_throw()) << std::flush;
    if (outcome->end != Outcome::End::failed) return;
    if (outcome->error) std::cerr << "groundwork-cli: " << to_text(*outcome->error) << "\n";
    cli.exit_code = exit_failed;
}

}  // namespace

void add_host_verbs(Cli& cli) {
    CLI::App& body = cli.verb("train-for", "Train a run for the program at the other end of standard input");
    body.group("");  // of no use to people
    body.callback([&cli] { train_for(cli); });

    auto name = std::make_shared<std::string>();
    CLI::App& watch = cli.verb("watch", "Follow a run that is trained in a process of its own (run --host process)");
    watch.add_option("run", *name, "Id, its beginning, or name")->required()->type_name("RUN");
    watch.callback([&cli, name] { watch_run(cli, *name); });
}

}  // namespace gw::cli
