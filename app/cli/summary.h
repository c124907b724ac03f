#pragma once
#include <map>
#include <string>

#include "store/store.h"

namespace gw::cli {

/// What scripts read of a run: run, status, steps, tokens, seconds, tokens_per_second, train_loss, validation_loss,
/// perplexity, bits_per_byte, validation_is_whole (false = of its first part), checkpoint (the weights that the run
/// stands for), checkpoint_step, weights ("saved", "best", "newest", "resumed"), path. What is not known is null.
/// Throws Failure when the history cannot be read.
Json run_summary(const Store& store, const RunRecord& run);

/// What a person should know of a run that has ended, the last sample included.
std::string ending_text(const Store& store, const RunRecord& run);

/// The kind of an event of a run, as a person reads it.
std::string event_title(const std::string& kind);

/// The head of a column of what runs count: "TOKENS", "IMAGES", or both where it is not the same for all.
std::string counted_head(const std::vector<RunRecord>& runs);

/// A number or a dash.
std::string number_or_dash(const std::optional<double>& value, int digits = 4);

/// The last value of every metric of a held-out part, of the parent's data and of probes, by name.
std::map<std::string, double> last_scores(const Store& store, const RunRecord& run);

}  // namespace gw::cli
