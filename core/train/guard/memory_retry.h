#pragma once
#include "train/guard/engine_error.h"
#include "train/run_in_progress.h"
#include "train/step/micro_batches.h"

namespace gw {

/// The spec with the micro-batches that it is trained with now; the batch of a step is the same.
Json as_trained(Json spec, const MicroBatches& micro_batches);
/// A run that goes on from its own checkpoint keeps the micro-batches that it was saved with, where they make the same
/// step as the spec's.
void take_over_micro_batches(PreparedRun& ready, const Json& saved_spec);

/// The rows of a step of a prepared run lie in these micro-batches from now on.
void cut_into(PreparedRun& ready, const MicroBatches& wanted);
/// Whether other micro-batches of the same rows make the same training: a loss that adds up over them, rows that say
/// nothing of each other, one process.
bool may_cut(const RunInProgress& run);

/// Cuts the steps of a run into smaller micro-batches from now on, and says so as an event. False where that would not
/// help, or change what is learnt: a loss that does not add up over micro-batches, weights that were changed already,
/// several processes, one row at a time.
bool cut_smaller(RunInProgress& run);

/// An error of memory with the forecast of what would fit beside it; any other stays as it is. `free` bytes, 0 =
/// unknown.
Error what_would_fit(Error error, const Json& spec, std::uint64_t free);
/// The same by what is free now on this machine; of a GPU that is not known.
Error what_would_fit(Error error, const Json& spec);
/// Bytes that this process could still have of the host's memory, by the machine and by its control group; 0 where
/// neither says.
std::uint64_t free_host_memory();

/// Does a piece of a run's work, again in smaller micro-batches where memory runs out. Throws Failure with what would
/// fit where it runs out all the same.
template <class Work>
auto within_memory(RunInProgress& run, const Work& work) -> decltype(work()) {
    for (;;) {
        std::optional<Error> error;
        // What the work held is given back when the handler is left, before it is done again.
        try {
            return work();
        } catch (const c10::Error& problem) {
            error = engine_error(problem);
        } catch (const std::bad_alloc&) {
            error = out_of_memory();
        }
        if (error->code != Error::Code::out_of_memory) throw Failure(*error);
        if (!cut_smaller(run)) throw Failure(what_would_fit(*error, as_trained(run.request.spec, run.ready.cut)));
    }
}

}  // namespace gw
