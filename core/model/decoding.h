#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "model/blocks.h"
#include "model/decoder.h"

// Shape letters: T time, D width.
namespace gw {

/// What a transformer that reads left to right is decoded by. Its parts are the backbone's own.
struct DecodedTrunk {
    /// What goes into the first block for tokens whose first stands at `place`: [1, T, D].
    std::function<torch::Tensor(const torch::Tensor& ids_BT, std::int64_t place)> embed;
    const TransformerBlocks* blocks = nullptr;
    const Rotary* rotary = nullptr;  ///< null = none
    std::int64_t context = 1;
};

/// Keeps keys and values of every block, at most `context` tokens of them.
std::unique_ptr<Decoder> transformer_decoder(DecodedTrunk trunk, const Pass& pass);

}  // namespace gw
