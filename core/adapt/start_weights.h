#pragma once
#include "adapt/checkpoint_model.h"
#include "spec/start.h"

namespace gw {

/// Why a run with this complete spec cannot begin from a checkpoint; or success. Reads nothing.
Status fits_checkpoint(const Json& spec, const CheckpointFacts& checkpoint);

/// Copies the backbone of `from` (its adapters are merged into its weights first) into `into`, with `with_head` the
/// head too.
Status copy_weights(CheckpointModel& from, Model& into, bool with_head);

}  // namespace gw
