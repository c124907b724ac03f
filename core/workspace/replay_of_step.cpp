#include "workspace/replay_of_step.h"

#include <algorithm>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "artifact/run_files.h"
#include "train/event_texts.h"
#include "util/text.h"

namespace gw {

std::vector<std::int64_t> bad_steps_of(const fs::path& run_folder) {
    std::vector<std::int64_t> out;
    std::error_code problem;
    for (fs::directory_iterator it(run_folder / run_files::bad_steps, problem), end; !problem && it != end;
         it.increment(problem))
        if (const std::int64_t step = checkpoint_step(it->path().stem()); step > 0) out.push_back(step);
    std::sort(out.begin(), out.end());
    return out;
}

Result<StepReplay> replay_of_step(const Workspace& workspace, const std::string& run, std::int64_t step,
                                  const std::function<void(double)>& progress, std::stop_token stop) {
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    const RunRecord& it = record.value();
    auto kept = read_bad_step(it.path, step);
    if (!kept) return kept.error();
    // A step that ended its run is not among those that it made.
    if (step < 1 || (step > it.steps && !kept.value()))
        return Error{Error::Code::bad_spec,
                     "This run has no step " + grouped(step),
                     "It has made steps 1 to " + grouped(it.steps),
                     {"run " + it.name}};
    std::vector<CheckpointEntry> entries = list_checkpoints(checkpoints_of(it.path));
    std::erase_if(entries, [&](const CheckpointEntry& entry) { return checkpoint_step(entry.path) >= step; });
    std::stable_sort(entries.begin(), entries.end(), [](const CheckpointEntry& a, const CheckpointEntry& b) {
        return checkpoint_step(a.path) > checkpoint_step(b.path);
    });
    // Between its last going back and the next save a run had other weights than its checkpoints tell.
    const auto back = kept.value() ? kept.value()->went_back : std::nullopt;
    if (back && (entries.empty() || checkpoint_step(entries.front().path) < back->at.step))
        std::erase_if(entries,
                      [&](const CheckpointEntry& entry) { return checkpoint_step(entry.path) != back->weights_of; });
    ReplayRequest request{it.spec, workspace.cache(), {}, step, kept.value()};
    for (const CheckpointEntry& entry : entries)
        if (request.checkpoint.empty() && verify_checkpoint(entry.path)) request.checkpoint = entry.path;
    const bool from_the_beginning = it.fork_step == 0 && (!back || back->weights_of == 0);
    if (request.checkpoint.empty() && !from_the_beginning)
        return Error{Error::Code::bad_data,
                     Phrase{say::no_weights_before, {grouped(step)}}.text(),
                     say::keep_more,
                     {"run " + it.name}};
    return replay_step(request, progress, stop);
}

}  // namespace gw
