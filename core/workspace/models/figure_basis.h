#pragma once
#include "store/records.h"

namespace gw {

/// Of how much of the validation part the figures of a run are: on the way a part may be scored, at the end all of it.
struct FigureBasis {
    bool checkpoints_are_whole = true;  ///< the figures beside checkpoints, and the best one of the run
    bool run_is_whole = true;           ///< the run's last figure
    std::int64_t tokens = 0;            ///< that are scored on the way: about so many
    std::int64_t of = 0;                ///< that the part holds; 0 = not known yet
    std::string unit = "tokens";        ///< what both count
};
FigureBasis figure_basis(const RunRecord& run);

/// "the first 50,000 of 120,000 tokens" of what is scored on the way.
std::string part_text(const FigureBasis& basis);

/// A sentence where figures beside checkpoints are measured otherwise than the run's last one; empty where all are
/// measured alike.
std::string basis_note(const RunRecord& run);

}  // namespace gw
