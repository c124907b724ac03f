#pragma once
#include <optional>

#include "store/records.h"

namespace gw {

/// The row of a run as its run.json keeps it, so that the history can be made again without the database. Numbers that
/// JSON cannot hold are written as "nan", "inf" and "-inf".
Json record_json(const RunRecord& run);

/// A row from what record_json() wrote, in the folder of the run called `id` (which counts, not what is written).
/// Whatever has another type than it should is left at its default; nothing where no settings are in it, or what no run
/// can have (is_sound_record). Never throws.
std::optional<RunRecord> record_of_json(const Json& json, const std::string& id);

/// Whether the status, the times and the counts are such as a run can have: what a damaged history or file says may be
/// anything.
bool is_sound_record(const RunRecord& run);

/// A number that may be none, as JSON and back.
Json number_json(double value);
std::optional<double> number_of_json(const Json& json);

}  // namespace gw
