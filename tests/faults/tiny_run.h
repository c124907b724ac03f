#pragma once
#include <map>
#include <string>
#include <utility>

#include "scratch.h"
#include "workspace/live_run.h"

// Runs that take a fraction of a second, and what must be equal in two of them.
namespace gw::test {

/// A language model on a few stories that evaluates, samples and saves several times; `changes` are laid over it.
Json small_spec(const Json& changes = Json::object());

/// What a run has to show for itself: equal, to the bit, in a run that was never disturbed and in one that was.
struct Shown {
    /// By metric and step, the value of the last segment that has one; without those that tell of the machine.
    std::map<std::pair<std::string, std::int64_t>, double> points;
    std::map<std::int64_t, std::string> samples;  ///< by step, of the last segment
    std::string best;                             ///< name of the best checkpoint and its value
    std::int64_t steps = 0;
};
Shown shown(const Workspace& workspace, const std::string& run);

/// What of `whole` is missing or different in `other`, a line each, at most a few; empty where nothing is.
std::string difference(const Shown& whole, const Shown& other);

/// How a run ended that was given a minute. `heal` is called once: when it pauses on account of the disk, and goes on
/// then; when it has ended; at the latest after a second.
struct Ended {
    std::optional<Outcome> outcome;  ///< nothing: it neither ended nor paused
    bool paused = false;
};
Ended train_to_end(LiveRun& run, const std::function<void()>& heal);

/// The run of a workspace after its crash: trained to its end, from its newest whole checkpoint or, where it came to
/// none, as a run of its own. An empty text, or why that was not possible.
std::string take_up(const Workspace& workspace, const Json& spec, std::string& run);

/// "ok", or what PRAGMA integrity_check finds in a workspace's database.
std::string integrity(const fs::path& database);

/// Lets the runs of a history look as if the process that trained them, which is this one, had ended.
void end_process_of(const fs::path& database);

/// Which cases are tried: a sample of them that takes seconds, or with $GROUNDWORK_FAULTS "all" each, with "k/n" the
/// k-th, the (k+n)-th, the (k+2n)-th and so on, so that n parts make up all.
struct Cases {
    bool all = false;  ///< or a share of all
    long first = 1;    ///< from 1 on
    long parts = 1;
};
/// Throws std::invalid_argument where the variable says anything else.
Cases cases();
/// The same of a text, for its own test.
Cases cases_of(const std::string& wish);

/// Prints a row as tests/faults/bench.py does, for tests/faults/total.py: how many were tried, with how many faults.
void print_count(const std::string& scenario, long tried, long faults);

}  // namespace gw::test
