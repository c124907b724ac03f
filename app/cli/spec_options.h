#pragma once
#include "cli/cli.h"
#include "spec/spec_settings.h"

namespace gw::cli {

/// How a spec is named on the command line: a file or a recipe, the data, and settings laid over it.
struct SpecOptions {
    std::string spec, recipe;
    std::vector<std::string> data, set;
};
/// `settings` is what the file of settings is named by: "settings" for the first word of a verb, or an option.
void add_spec_options(CLI::App& verb, SpecOptions& options, const std::string& settings = "settings");

/// The spec that the options describe: the recipe or file over the defaults, then the kinds that --set chooses, then
/// --data, then the rest of --set. Throws Failure.
Json spec_of(const SpecOptions& options);

/// The recipe or file over the defaults alone, not checked.
Json spec_before_options(const SpecOptions& options);

/// Lays --data over a spec whose kinds stand: a kind of dataset that reads no files gives way to one that does.
/// Error: --set chose it. For set_all_in_spec() and expand_settings(); `options` must outlive it.
OnceKindsStand data_of(const SpecOptions& options);

/// Throws Failure where a spec is not sound; its warnings go to standard error.
void check_whole(const Json& spec);

}  // namespace gw::cli
