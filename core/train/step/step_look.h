#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "util/phrase.h"

namespace gw {

/// What one step does when it is run forward and backward slowly: how large what each layer gives and each gradient is,
/// and the first tensor that is not finite, in the order in which they are computed (each player's weights, outputs of
/// its layers, loss, gradients from the output to the input).
struct StepLook {
    struct Layer {
        std::string name;
        double size = 0;     ///< root mean square of its finite values; of a gradient its length
        bool finite = true;  ///< in all micro-batches
    };
    struct Turn {
        std::string player;  ///< empty of the first
        double loss = 0, norm = 0;
        std::vector<Layer> outputs, losses, gradients;  ///< gradients: from the output to the input
    };
    struct Fault {
        enum class In { weight, output, loss, gradient };
        In in = In::weight;
        std::string name;
        std::int64_t micro = -1, row = -1;  ///< which micro-batch and row of it, where that is known
        std::int64_t rank = 0;              ///< of the process that met it
    };
    /// Of each player, of this process's rows alone; the gradients with what holds the weights near earlier tasks.
    std::vector<Turn> turns;
    std::optional<Fault> fault;
};

/// Where it lies: "First not finite: the output of blocks.3".
Phrase fault_phrase(const StepLook::Fault& fault);

}  // namespace gw
