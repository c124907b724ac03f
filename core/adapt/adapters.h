#pragma once
#include "util/named_file.h"

namespace gw {

/// Writes a checkpoint whose adapters are added to the weights that they stand beside: it needs none any more. Errors:
/// it has no adapters; `into` is a file, or a folder that is not empty.
Status merge_checkpoint(const fs::path& checkpoint, const fs::path& into);

/// Writes the adapters alone as safetensors, with rank, alpha and projections among the metadata. Errors: it has no
/// adapters; the file is there already.
Status export_adapters(const fs::path& checkpoint, const fs::path& file, Existing existing = Existing::refuse);

}  // namespace gw
