#include "workspace/models/look_at_step.h"

#include <algorithm>
#include <cstdlib>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "train/guard/bad_step.h"
#include "train/trainer.h"
#include "util/text.h"

namespace gw {

Result<StepView> look_at_step(const Workspace& workspace, const std::string& run, std::int64_t step,
                              const ProgressFn& progress, std::stop_token stop) {
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    if (step < 1 || step > record.value().steps)
        return Error{Error::Code::bad_spec,
                     "This run has no step " + grouped(step),
                     "It has made steps 1 to " + grouped(record.value().steps),
                     {"run " + record.value().name}};
    // A run that went back may have met data twice; what it kept of such a step says which.
    std::optional<std::int64_t> first_sample;
    if (const auto kept = read_bad_step(record.value().path, step); kept && kept.value())
        first_sample = kept.value()->step.before.next_sample;
    std::vector<CheckpointEntry> entries = list_checkpoints(checkpoints_of(record.value().path));
    std::stable_sort(entries.begin(), entries.end(), [&](const CheckpointEntry& a, const CheckpointEntry& b) {
        return std::llabs(checkpoint_step(a.path) - step) < std::llabs(checkpoint_step(b.path) - step);
    });
    for (const CheckpointEntry& entry : entries)
        if (verify_checkpoint(entry.path))
            return view_step(record.value().spec, entry.path, step, workspace.cache(), progress, stop, first_sample);
    return Error{Error::Code::bad_data,
                 "This run has no whole checkpoint whose weights could score the samples",
                 "Save one (S), or resume the run",
                 {"run " + record.value().name}};
}

}  // namespace gw
