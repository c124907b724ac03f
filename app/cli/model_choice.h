#pragma once
#include "cli/cli.h"
#include "workspace/models/model_choice.h"

namespace gw::cli {

/// The checkpoint that a verb works on, as it is named on the command line.
struct ModelOption {
    std::string text;
    bool best = false, newest = false;
};
void add_model_option(CLI::App& verb, ModelOption& o);

/// What was meant; anything worth knowing about the choice goes to standard error. Throws Failure.
ChosenModel chosen_model(const Workspace& workspace, const ModelOption& o);

/// "step 120 of \"reviews\", to which early stopping went back".
std::string model_text(const ChosenModel& model);
/// The keys checkpoint, step, run (null of a folder outside the history) and weights ("saved", "best", "newest",
/// "resumed" or "named").
Json model_json(const ChosenModel& model);

}  // namespace gw::cli
