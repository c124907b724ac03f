#pragma once
#include <string>

#include "cli/parser_facts.h"

namespace gw::cli {

/// groundwork-cli(1), every verb with its options, for man(7)'s macros.
std::string commands_page(const VerbFacts& program);
/// groundwork-settings(5), every section, kind and setting of a run, from the sheets.
std::string settings_page();

}  // namespace gw::cli
