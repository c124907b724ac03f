#pragma once
#include "workspace/workspace.h"

namespace gw {

/// Which of a run's weights are meant.
enum class Weights {
    current,  ///< those that the run stands for (current_checkpoint)
    best,     ///< of the evaluation that was judged best
    newest,   ///< the last that were written, even where the run went back to better ones
};

/// A checkpoint that a person chose.
struct ChosenModel {
    fs::path checkpoint;
    std::int64_t step = 0;
    std::optional<RunRecord> run;  ///< that it belongs to, where it is in the history
    std::string why;               ///< "saved", "best", "resumed", "newest", or "named" of a folder
    std::vector<std::string>
        notes;  ///< a sentence each: damaged ones that were passed over, a name that fits a folder too
};

/// What a person means by `text`: first the run with that id or name, whatever is in it; then a checkpoint's folder, or
/// a run's folder; then the run whose id begins so. A text that begins with / or ./ or ../ is always a folder. The one
/// answer for every verb. Errors: neither is there (near names are told); a run without such a checkpoint; `best` or
/// `newest` of a folder.
Result<ChosenModel> choose_model(const Workspace& workspace, const std::string& text,
                                 Weights weights = Weights::current);

/// The same of a run that is known already.
Result<ChosenModel> model_of_run(const Workspace& workspace, const RunRecord& run, Weights weights = Weights::current);

}  // namespace gw
