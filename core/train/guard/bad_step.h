#pragma once
#include <optional>
#include <string>

#include "schema/field.h"
#include "train/message/standing.h"
#include "util/files.h"

namespace gw {

/// A step that could not be learnt from, or after which the loss had run away.
struct BadStep {
    enum class Why { not_finite, spike, runaway };
    Why why = Why::not_finite;
    std::string metric;  ///< what was not finite: "train/loss", "train/grad_norm"...; else "train/loss"
    Standing before;     ///< where the run stood when the step began; of the step itself `before.step + 1`
    double loss = 0, norm = 0, limit = 0;  ///< limit: loss from which it was a spike, or the level of before
    double lr = 0, rate_scale = 1, clip = 0;
    std::int64_t step() const { return before.step + 1; }
};

/// The weights that a run went back to, and where it went on with them.
struct WentBack {
    std::int64_t weights_of = 0;  ///< step after which they stood; its checkpoint holds them
    Standing at;                  ///< where the run stood when it took them
    Json guard;                   ///< StepReports::state() then
};

/// What is kept of a bad step for those who look for its cause: a small file in the run's folder,
/// bad-steps/step-NNNNNNNN.json.
struct BadStepRecord {
    BadStep step;
    Json samples;                       ///< {first, count, places: of rank 0's rows in the training part}
    Json generators;                    ///< {seed, step: that names the random choices}
    std::string fault;                  ///< the first tensor that was not finite, as a sentence; may be empty
    std::optional<WentBack> went_back;  ///< the last time before the step
};
fs::path bad_step_file(const fs::path& run_folder, std::int64_t step);
Status write_bad_step(const fs::path& run_folder, const BadStepRecord& record);
/// Nothing where no such file lies. Numbers that are not finite are read as such.
Result<std::optional<BadStepRecord>> read_bad_step(const fs::path& run_folder, std::int64_t step);

/// Each going back is kept beside them, bad-steps/back-NNNNNNNN.json by the step that the run had made then: every step
/// until the next save was made with weights that no checkpoint tells of.
Status write_going_back(const fs::path& run_folder, const WentBack& back);
/// Nothing where no such file lies, or where it is damaged.
std::optional<WentBack> read_going_back(const fs::path& run_folder, std::int64_t step);

}  // namespace gw
