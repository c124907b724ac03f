#pragma once
#include "data/prepare.h"
#include "train/message/messages.h"

namespace gw {

/// Whether labelled data can be learnt from: an error for one class only or for a column that is no class; warnings, as
/// events of step 0, for classes out of balance, classes that the training part lacks, and texts longer than `context`
/// tokens.
Result<std::vector<Event>> check_task(const PreparedData& data, const LabelFacts& labels, std::int64_t context);

}  // namespace gw
