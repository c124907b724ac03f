#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "spec/run_spec.h"

namespace gw {

/// A setting as it is typed: the path in a spec, and the value.
using Setting = std::pair<std::string, std::string>;

/// Whether a setting chooses the kind of a section ("optimizer.kind", "optimizer").
bool names_kind(const Setting& setting);

/// Whether a setting chooses the kind of this section ("dataset").
bool names_kind_of(const Setting& setting, const std::string& section);

/// What lays something over a spec once its kinds are chosen and before its other settings are: what else an option
/// says of a section would be lost with the kind that it is said of.
using OnceKindsStand = std::function<Result<Json>(Json spec)>;

/// All settings over a spec: first those that choose a kind, since a kind resets its section, then what `between` lays
/// over it, then the others in their order.
Result<Json> set_all_in_spec(const Json& spec, const std::vector<Setting>& settings,
                             const OnceKindsStand& between = {});

/// One of the specs that lists of values stand for.
struct Variation {
    Json spec;
    std::vector<std::pair<std::string, Json>> chosen;  ///< path and value of each setting that was a list
};

/// The specs that settings with lists stand for, all combinations. What is a list:
/// - numbers, choices, kinds, true and false: 1e-4,3e-4 or [1e-4,3e-4]
/// - texts and a path: only ["a","b"]; a comma is part of the text otherwise
/// - lists of texts: only [["a","b"],["c"]]; ["a","b"] is one value
/// `between` is asked once for each combination of kinds.
/// Errors: a value that may be meant in two ways ("1,000"), or that is none of its field.
Result<std::vector<Variation>> expand_settings(const Json& spec, const std::vector<Setting>& settings,
                                               const OnceKindsStand& between = {});

/// The lines that say so in a --help.
std::string list_help();

}  // namespace gw
