#pragma once
#include "artifact/checkpoint.h"
#include "train/trainer.h"
#include "workspace/live_run.h"
#include "workspace/record/run_lock.h"
#include "workspace/record/run_log.h"
#include "workspace/run_name.h"

namespace gw {

/// What LiveRun needs to begin: the run's row and folder exist, and nothing of it has started.
struct Launch {
    RunRecord record;
    TrainRequest request;
    std::vector<Event> events;  ///< to be told at the start
    Knobs knobs;                ///< as the checkpoint that it goes on from has them
    RunLock lock;               ///< the right to train it: keep it as long as anything writes
    std::unique_ptr<RunLog> log;
    std::optional<Store> store;  ///< for the writer
};

/// Makes the folder and the row of a new run, or takes up an old one. Errors leave neither behind.
Result<Launch> prepare_launch(const Workspace& workspace, const LaunchRequest& request);

/// Whether launching reads the hashes of a checkpoint, which takes seconds for a large model.
bool reads_a_checkpoint(const LaunchRequest& request);
/// The slow part of a launch, for whoever must not wait in the launch itself: finds the checkpoint that the request
/// begins or goes on from and reads its hashes. What comes back launches without reading them again. Errors are those
/// of the launch; cancelled when `progress` says so. Call from a background thread.
Result<LaunchRequest> check_launch(const Workspace& workspace, LaunchRequest request, const HashProgress& progress);

/// Carries out a launch: LiveRun::launch with any work in the place of the training loop.
using JobMaker = std::function<RunJob(const TrainRequest&)>;
Result<std::unique_ptr<LiveRun>> launch_job(const Workspace& workspace, const LaunchRequest& request, HostKind host,
                                            const JobMaker& make_job);

}  // namespace gw
