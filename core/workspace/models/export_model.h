#pragma once
#include "schema/field.h"
#include "util/files.h"

namespace gw {

/// What of a checkpoint is written for other programs and other machines.
enum class Export {
    checkpoint,  ///< all of it, as a folder that every verb takes
    merged,      ///< a folder likewise, whose adapters are part of its weights
    adapters,    ///< the adapters alone, as one safetensors file
};

/// Whether a run of this spec has adapters, so that `merged` and `adapters` mean something.
bool has_adapters(const Json& spec);

/// Writes it to a place that a person named. Errors: the checkpoint is damaged or has no adapters; at `into` there is
/// something already; the disk is full. Nothing is left behind then.
Status export_model(const fs::path& checkpoint, Export what, const fs::path& into);

}  // namespace gw
