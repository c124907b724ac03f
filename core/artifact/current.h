#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "artifact/checkpoint.h"
#include "util/files.h"

namespace gw {

/// The folder of a run's checkpoints.
fs::path checkpoints_of(const fs::path& run_folder);

/// Why the checkpoints in this folder cannot be listed, where that is another reason than that it is not there.
Status can_be_listed(const fs::path& checkpoints);

/// Which of a run's checkpoints holds the weights that the run stands for.
struct CurrentCheckpoint {
    fs::path path;
    std::int64_t step = 0;
    /// "saved" by the run as it went on; "best": early stopping went back to it; "resumed": the run was taken up again
    /// from it and has not saved since; "newest": nothing was written down, as in runs of earlier versions.
    std::string why;
    std::vector<std::string>
        passed_over;  ///< one sentence for each damaged or missing checkpoint that would have come first
};

/// The one answer to "which weights is this run?", for every verb, page and summary. What the run wrote down is taken
/// unless a checkpoint was written later (a crash came in between); where it is damaged or gone the newest whole one
/// stands in, and `passed_over` says so. Error: there is no whole checkpoint. `run_folder` holds the folder
/// "checkpoints". Reading the hashes takes time: a list of many runs asks with `verified` = false, and then a damaged
/// one is found by whoever opens it.
/// `progress` and its end are those of verify_checkpoint().
Result<CurrentCheckpoint> current_checkpoint(const fs::path& run_folder, bool verified = true,
                                             const HashProgress& progress = {});

/// Writes the answer down, atomically: a checkpoint of `checkpoints` by its name, so that a workspace may be moved.
Status set_current_checkpoint(const fs::path& checkpoints, const std::string& name, const std::string& why);

/// The best checkpoint of a run so far, and by what.
struct BestCheckpoint {
    fs::path path;
    std::int64_t step = 0;
    std::string metric;          ///< main metric of the run: "accuracy"
    double value = 0, loss = 0;  ///< of that metric on the validation part, and the plain loss beside it
};

/// Nothing when none was marked or it is gone; its files are not looked at.
std::optional<BestCheckpoint> best_checkpoint_of(const fs::path& run_folder);
/// Marks it, atomically; nothing = no checkpoint is marked any more. Of `path` the name alone is kept.
Status set_best_checkpoint(const fs::path& checkpoints, const std::optional<BestCheckpoint>& best);

}  // namespace gw
