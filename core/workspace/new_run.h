#pragma once
#include "artifact/checkpoint.h"
#include "workspace/live_run.h"

// A run that is to be: what its row says and what it begins from, before anything is trained.
namespace gw {

/// The checkpoint that a spec begins from, as an absolute path; empty where it begins from scratch.
fs::path start_checkpoint(const Json& spec);

/// What a run that begins from a checkpoint must find there, before it has a row: whole files and a model that fits.
/// Hashes that LaunchRequest::checked answers for are not read again. Call with a sound spec.
Status check_parent(const LaunchRequest& request, const HashProgress& progress = {});

/// The row of a new run with its frozen spec, name and parent; nothing is written. Errors: the spec is not sound, or
/// does not fit the checkpoint that it begins from.
Result<RunRecord> new_record(const Workspace& workspace, const Store& store, const LaunchRequest& request);

/// Writes a run's spec into its folder.
Status write_spec(const fs::path& folder, const Json& spec);

/// Freezes specs, makes the runs' folders and rows with the status "queued", and puts them at the end of the queue, all
/// of them or none: the history is changed at once. `also` writes what belongs to them within the same transaction.
using AlsoWrite = std::function<Status(Store&, const std::vector<RunRecord>&)>;
Result<std::vector<RunRecord>> enqueue_runs(const Workspace& workspace, std::vector<LaunchRequest> requests,
                                            const AlsoWrite& also = {});

}  // namespace gw
