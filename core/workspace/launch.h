#pragma once
#include "train/trainer.h"
#include "workspace/live_run.h"
#include "workspace/run_log.h"
#include "workspace/run_name.h"

namespace gw {

/// What LiveRun needs to begin: the run's row and folder exist, and nothing of it has started.
struct Launch {
    RunRecord record;
    TrainRequest request;
    std::vector<Event> events;  ///< to be told at the start
    Knobs knobs;                ///< as the checkpoint that it goes on from has them
    std::unique_ptr<RunLog> log;
    std::optional<Store> store;  ///< for the writer
};

/// Makes the folder and the row of a new run, or takes up an old one. Errors leave neither behind.
Result<Launch> prepare_launch(const Workspace& workspace, const LaunchRequest& request);

/// Freezes a spec, makes the run's folder and row with the status "queued", and puts it at the end of the queue.
Result<RunRecord> enqueue_run(const Workspace& workspace, const LaunchRequest& request);

/// Carries out a launch: LiveRun::launch with any work in the place of the training loop.
using JobMaker = std::function<RunJob(const TrainRequest&)>;
Result<std::unique_ptr<LiveRun>> launch_job(const Workspace& workspace, const LaunchRequest& request, HostKind host,
                                            const JobMaker& make_job);

}  // namespace gw
