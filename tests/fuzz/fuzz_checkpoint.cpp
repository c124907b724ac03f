#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "fuzz/fuzz.h"

/// The manifest of a checkpoint, and what a run wrote down of its checkpoints.
GW_FUZZ(checkpoint) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    const fs::path run = folder.path() / "run", checkpoints = checkpoints_of(run),
                   one = checkpoints / checkpoint_name(3);
    fs::create_directories(one);
    folder.put(fs::relative(one / "manifest.json", folder.path()).string(), input);
    folder.put(fs::relative(checkpoints / "current.json", folder.path()).string(), input);
    const Status whole = verify_checkpoint(one);
    if (!whole) fuzz::must(!whole.error().message.empty());
    list_checkpoints(checkpoints);
    const auto current = current_checkpoint(run);
    if (!current) fuzz::must(!current.error().message.empty());
    // A name in a manifest leads nowhere else, and reading deletes nothing.
    fuzz::must(fs::exists(one / "manifest.json"));
}
