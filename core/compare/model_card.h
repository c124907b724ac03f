#pragma once
#include "store/store.h"

namespace gw {

/// A model card (Mitchell et al. 2019, arXiv:1810.03993) of a run in Markdown, written from its record: what the model
/// is, what it was trained on and how, its figures, what is known against it, what it cost, and how it came about. What
/// no record can know (intended use, licence of the data, who is in it) is left as a line to fill in and marked so.
Result<std::string> model_card(const Store& store, const RunRecord& run);

}  // namespace gw
