#pragma once
#include <vector>

#include "data/text/grammar.h"

namespace gw {

/// The grammar of the storybook: a hero with a wish sets out, meets others on the way, and comes home. Every choice is
/// weighted, the hero, the thing looked for and those met are remembered and named again, and the number of meetings
/// follows a Markov chain.
const std::vector<RuleText>& story_rules();

}  // namespace gw
