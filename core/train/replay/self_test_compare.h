#pragma once
#include <map>
#include <utility>

#include "train/replay/self_test.h"

namespace gw {

/// Figures of a run by step and name, as they were told last.
using FigureTable = std::map<std::pair<std::int64_t, std::string>, double>;

/// Whether a figure tells of the machine (speed, memory, energy) and not of what is learnt.
bool is_of_machine(std::string_view figure);
/// The first figure of `straight` that `then` lacks or has otherwise, the loss of a step before its other figures.
std::optional<FigureDifference> first_difference(const FigureTable& straight, const FigureTable& then);

/// What differs first between two checkpoints of one step: weights and buffers from the input to the output, then the
/// optimizer's memory, then what the run counts. `compared` is raised by the tensors looked at.
Result<std::optional<TensorDifference>> first_difference(const fs::path& straight, const fs::path& then,
                                                         std::int64_t& compared);

}  // namespace gw
