#pragma once
#include "cli/cli.h"
#include "workspace/finetune.h"

namespace gw::cli {

/// What verbs that begin from a checkpoint have in common.
struct BeginOptions {
    std::string checkpoint, objective, train, labels;
    std::vector<std::string> data, set;
    bool best = false;
};

void add_begin_options(CLI::App& verb, BeginOptions& o);

/// The spec of a run that begins from a checkpoint. Throws Failure.
Json begun_spec(const ParentCard& parent, const BeginOptions& o, bool labelled);

/// "quick start -> reviews.csv, lora".
std::string begun_name(const ParentCard& parent, const Json& spec);

/// The dataset section of labelled data in `paths`, with the settings of --set that name it laid over.
Json labelled_dataset(const std::vector<std::string>& paths, const std::vector<std::string>& set);

}  // namespace gw::cli
