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

/// Makes known what a spec's silence about a setting means (a spec of before there was that setting), for the same
/// rooms. `filled` must live until the end. Any thread.
void tell_silence(Json (*filled)(const Json& spec));

/// A spec with every setting of today's written out, so that specs of different versions can be set side by side;
/// before anything was told, or where it is no object, as it is. Any thread.
Json with_settings_of_today(const Json& spec);

/// Makes known what runs of a spec count ("tokens", "images"; "" where its kind of data is none of today's), for the
/// same rooms. `counted` must live until the end. Any thread.
void tell_unit(std::string (*counted)(const Json& spec));

/// What a run of a spec counts; "" before anything was told, or where nobody knows. Any thread.
std::string unit_of_spec(const Json& spec);

}  // namespace gw
