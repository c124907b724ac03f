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

/// Whether every case is tried ($GROUNDWORK_FAULTS=all), or a sample of them that takes seconds.
bool try_all();

}  // namespace gw::test
