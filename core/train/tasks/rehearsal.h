#pragma once
#include "adapt/holding.h"
#include "train/tasks/other_tasks.h"

namespace gw {

/// State of a rehearsal: how often other tasks were shown, which names their rows and random choices.
inline constexpr char shown_so_far[] = "rehearsal.step";

/// Shows examples of other tasks while a run trains on its own: of earlier tasks as many as sequence.replay keeps of
/// each, one task in each step, in turn; of tasks beside all, each task passed over as often as the run's own. A step's
/// batch of such a task is as large as the run's own, and its mean loss is added to what the step minimises (Chaudhry
/// et al. 2019, arXiv:1902.10486). Figures of the run tell of its own task alone. Null where nothing is shown.
std::unique_ptr<Holding> make_rehearsal(const PreparedRun& ready, const Json& spec, OtherTasks tasks);

}  // namespace gw
