#pragma once
#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace gw::cli {

/// What a person can say to an option or positional.
struct OptionFacts {
    std::vector<std::string> names;    ///< "-h", "--help"; of a positional its name alone
    std::string type;                  ///< "DIR", "N"; empty of a flag
    std::vector<std::string> choices;  ///< the only values it takes, where they are few and known
    std::string help;
    bool positional = false, required = false, repeats = false;
};

/// What the parser knows of a verb, and of the verbs below it.
struct VerbFacts {
    std::string name, help, footer;
    std::vector<OptionFacts> options;
    std::vector<VerbFacts> verbs;
};

/// Of the whole program, or of one verb. What has no group is hidden from --help and left out here too.
VerbFacts facts_of(const CLI::App& app);

/// Every path that --set takes: "optimizer.lr" and its like, sorted.
std::vector<std::string> setting_paths();

}  // namespace gw::cli
