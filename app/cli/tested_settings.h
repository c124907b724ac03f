#pragma once
#include <string>
#include <vector>

#include "cli/cli.h"

namespace gw::cli {

/// Settings that a verb tries out without keeping a run: those of a run of the history, of a file, or of a recipe.
struct TestedSettings {
    std::string what, recipe;
    std::vector<std::string> data, set;
    bool of_run() const;
    /// Complete and checked. Throws Failure.
    Json spec(const Cli& cli) const;
    Workspace workspace(const Cli& cli) const { return of_run() ? cli.look_workspace() : cli.open_workspace(); }
    /// Adds the options that fill it; it must live as long as the verb.
    void add_to(CLI::App& verb);
};

}  // namespace gw::cli
