#pragma once
#include "cli/cli.h"
#include "workspace/studies/sequence_study.h"

namespace gw::cli {

/// Carries a sequence of tasks out with its progress on standard error, and prints its tables, or with `json` one
/// object: the study, and its figures by name under "scores" (study_scores()). Throws Failure.
void carry_out_sequence(const Workspace& workspace, const SequenceStudy& study, bool json,
                        HostChoice host = HostChoice::thread);

}  // namespace gw::cli
