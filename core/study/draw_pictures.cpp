#include "study/draw_pictures.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "study/drawing.h"

namespace gw {

Error draws_nothing() {
    return {Error::Code::bad_spec,
            "This model draws no pictures out of nothing",
            "Name a run whose objective does, such as vae",
            {"section objective"}};
}

Result<torch::Tensor> draw_pictures(const CheckpointModel& model, std::int64_t count, std::uint64_t seed,
                                    const ProgressFn& progress, const std::stop_token& stop) {
    constexpr std::int64_t together = 16;  // between two looks at the order to stop
    if (count < 1 || count > most_drawn_at_once)
        return Error{Error::Code::bad_spec,
                     std::to_string(count) + " pictures cannot be drawn at once",
                     "Ask for 1 to " + std::to_string(most_drawn_at_once),
                     {}};
    const torch::NoGradGuard no_grad;
    const Pass pass = model.model.pass(/*training=*/false);
    std::vector<torch::Tensor> parts;
    for (std::int64_t at = 0; at < count; at += together) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
        if (progress) progress("drawing", static_cast<double>(at) / static_cast<double>(count));
        const torch::Tensor some = model.model.objective->drawn(*model.model.backbone, together,
                                                                mix64(seed, static_cast<std::uint64_t>(at)), pass);
        if (!some.defined()) return draws_nothing();
        parts.push_back(some.narrow(0, 0, std::min(together, count - at)).to(torch::kCPU));
    }
    return torch::cat(parts);
}

}  // namespace gw
