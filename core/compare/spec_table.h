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

/// The same with what each spec does not say at what its silence means, so that runs of before there was a setting are
/// not told from later ones by it. Slower: for a comparison, not for every run of a history.
std::vector<SpecRow> whole_spec_table(std::vector<RunRecord> runs);

/// The settings that tell runs apart, without those that follow from others (of another kind, of saving): for labels.
std::vector<SpecRow> telling_rows(const std::vector<SpecRow>& table);

/// "lr 0.003 · seed 2": at most `most` of the rows, with the values of run number `run`. A kind is called by its
/// section, and settings of one name by their paths; of a long value its end is said.
std::string settings_label(const std::vector<SpecRow>& rows, std::size_t run, std::size_t most = 3);

/// The settings without `training.seed`, as one text: equal for runs that differ only in their seed, also where one of
/// them is of before there was some setting that the other leaves at its default.
std::string seed_group_key(const RunRecord& run);

}  // namespace gw
