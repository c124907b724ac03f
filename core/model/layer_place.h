#pragma once
#include <cstdint>
#include <limits>
#include <string>

#include "util/phrase.h"

// Where a parameter stands in a backbone, by its name alone: no tensor is needed to freeze a layer or to list it.
namespace gw {

struct LayerPlace {
    /// Of what goes with the last of the others, such as a norm behind them all.
    static constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
    std::int64_t layer = 0;  ///< 0 = what meets the input first (tables), rising to the output
    std::string name;        ///< of the layer: the beginning of its parameters' names up to a dot, "blocks.0"
    std::string part;        ///< likewise of the part of it that can be frozen alone; empty = it has none
    Phrase title;            ///< of the layer, for people
    std::string part_title;  ///< of the part
};

/// The place by the names that backbones usually give: `blocks.N.PART.*` lies in the layer N + 1, `norm.*` goes with
/// the last, and everything else (`tokens.*`, `patches.*`, `positions.*`) is layer 0. Adapters lie with the weight that
/// they stand beside.
LayerPlace place_by_block(const std::string& parameter);

/// Whether a parameter is a half of a low-rank adapter (model/layers.h names them).
bool is_adapter(const std::string& parameter);

}  // namespace gw
