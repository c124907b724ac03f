#pragma once
#include "workspace/live_run.h"

namespace gw {

/// How the queue goes on by itself.
struct QueueSettings {
    bool paused = false;           ///< nothing is started until it goes on
    bool stop_at_failure = false;  ///< a failed run pauses the queue; else the next one begins
};

/// Runs that wait their turn. They are rows of the history with the status "queued", so that they survive a restart;
/// their specs are frozen when they are put in.
class RunQueue {
  public:
    explicit RunQueue(Workspace workspace) : workspace_(std::move(workspace)) {}
    Result<std::vector<RunRecord>> waiting() const;
    /// All or none: a spec that is not sound puts nothing in.
    Result<std::vector<RunRecord>> add(const std::vector<LaunchRequest>& requests);
    /// Takes a run out and throws it away: it has no result.
    Status remove(const std::string& id);
    Status move(const std::string& id, std::size_t position);
    Result<QueueSettings> settings() const;
    Status set_settings(const QueueSettings& settings);
    /// Pauses the queue where its settings say so.
    Status note_end(const Outcome& outcome);
    /// What to launch now: the first that waits, unless the queue is paused or empty.
    Result<std::optional<LaunchRequest>> next() const;

  private:
    Workspace workspace_;
};

/// Seconds that a spec is expected to train for: by the newest run of `history` (newest first) with the same data,
/// model and batch, whose steps were measured; else by the operations a second of runs of the nearest size; nothing
/// where none is known.
std::optional<double> expected_seconds(const std::vector<RunRecord>& history, const Json& spec);

/// The specs that a spec with lists stands for: every list at one of the paths is walked through, all combinations.
/// `lists`: path -> values as typed ("1e-4", "3e-4").
Result<std::vector<Json>> expand_lists(const Json& spec,
                                       const std::vector<std::pair<std::string, std::vector<std::string>>>& lists);

}  // namespace gw
