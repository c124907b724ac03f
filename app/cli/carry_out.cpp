#include "cli/carry_out.h"

#include <iostream>

#include "cli/follow.h"
#include "cli/summary.h"

namespace gw::cli {

RunRecord train_to_the_end(const Workspace& workspace, const LaunchRequest& request, Outcome& outcome,
                           const Among& among, HostChoice host) {
    auto run = LiveRun::launch(workspace, request, host_for(workspace, request, host)).or_throw();
    std::cerr << "run " << run->id() << " \"" << run->name() << "\"";
    if (run->process() > 0) std::cerr << " in process " << run->process();
    std::cerr << "\n";
    outcome = follow(*run, among);
    return workspace.store().or_throw().run(run->id()).or_throw();
}

void carry_out(Cli& cli, const Workspace& workspace, const LaunchRequest& request, bool json, HostChoice host) {
    Outcome outcome;
    const RunRecord record = train_to_the_end(workspace, request, outcome, {}, host);
    const Store store = workspace.store().or_throw();
    if (json)
        std::cout << schema::json_line(run_summary(store, record)) << std::endl;
    else
        std::cout << ending_text(store, record) << std::flush;
    if (outcome.end == Outcome::End::failed) {
        if (outcome.error) std::cerr << "groundwork-cli: " << to_text(*outcome.error) << "\n";
        cli.exit_code = exit_failed;
    }
}

}  // namespace gw::cli
