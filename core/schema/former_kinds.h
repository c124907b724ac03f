#pragma once
#include <map>
#include <string>

#include "schema/field.h"

namespace gw {

/// What kinds were called before: section of a spec ("objective") -> former id -> id of today.
using FormerKinds = std::map<std::string, std::map<std::string, std::string>>;

/// Makes them known to the whole program. The room that knows all kinds does so (spec/run_spec.h), for those that know
/// none (store, compare) and must still hand out and compare the same names. `former` must live until the end. Any
/// thread.
void tell_former_kinds(const FormerKinds& former);

/// A spec in which every kind is called as it is today; before anything was told, or where it is no object, as it is.
/// Any thread.
Json with_kinds_of_today(Json spec);

/// What the kind called `id` of a section is called today.
std::string kind_of_today(const std::string& section, const std::string& id);

}  // namespace gw
