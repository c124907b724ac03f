#pragma once
#include "cli/cli.h"

namespace gw::cli {

/// How a spec is named on the command line: a file or a recipe, the data, and settings laid over it.
struct SpecOptions {
    std::string spec, recipe;
    std::vector<std::string> data, set;
};
void add_spec_options(CLI::App& verb, SpecOptions& options);

/// The spec that the options describe: the recipe or file over the defaults, then --data, then each --set. Throws
/// Failure.
Json spec_of(const SpecOptions& options);

/// The same without --set, and not checked.
Json spec_before_settings(const SpecOptions& options);

/// Throws Failure where a spec is not sound; its warnings go to standard error.
void check_whole(const Json& spec);

}  // namespace gw::cli
