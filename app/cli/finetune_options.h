#pragma once
#include "cli/model_choice.h"
#include "workspace/models/finetune.h"

namespace gw::cli {

/// What verbs that begin from a checkpoint have in common.
struct BeginOptions {
    ModelOption model;
    std::string objective, train, labels;
    std::vector<std::string> data, set;
};

void add_begin_options(CLI::App& verb, BeginOptions& o);

/// The checkpoint that is begun from. Throws Failure.
ParentCard parent_of(const Workspace& workspace, const BeginOptions& o);

/// What the options other than --set change of the suggestion.
Json begun_changes(const ParentCard& parent, const BeginOptions& o, bool labelled);

/// The spec of a run that begins from a checkpoint. Throws Failure.
Json begun_spec(const ParentCard& parent, const BeginOptions& o, bool labelled);

/// "quick start -> reviews.csv, lora".
std::string begun_name(const ParentCard& parent, const Json& spec);

}  // namespace gw::cli
