#pragma once
#include "store/records.h"

namespace gw {

/// One setting of several runs.
struct SpecRow {
    std::string path;          ///< "optimizer.lr"
    std::vector<Json> values;  ///< one a run; null where the run has no such setting
    bool differs = false;
};

/// All settings of the runs' specs, in the order of the first spec that has them.
std::vector<SpecRow> spec_table(const std::vector<RunRecord>& runs);

/// A setting's value as a person writes it: no quotes around text, numbers as short as they are exact.
std::string setting_text(const Json& value);

/// The settings that tell runs apart, without those that follow from others (paths of equal data, names): for labels.
std::vector<SpecRow> telling_rows(const std::vector<SpecRow>& table);

/// The settings without `training.seed`, as one text: equal for runs that differ only in their seed.
std::string seed_group_key(const RunRecord& run);

}  // namespace gw
