#pragma once
#include <string>
#include <vector>

#include "cli/parser_facts.h"

namespace gw::cli {

/// A script that completes verbs, options, files and values for bash; needs nothing of bash-completion.
std::string bash_completion(const VerbFacts& program);
/// The same for zsh, as an autoloaded function.
std::string zsh_completion(const VerbFacts& program);

}  // namespace gw::cli
