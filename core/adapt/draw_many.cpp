#include "adapt/draw_many.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

namespace gw {

torch::Tensor draw_many(const Model& model, std::int64_t count, std::uint64_t seed,
                        const std::function<void(double)>& progress, const std::stop_token& stop) {
    const torch::NoGradGuard no_grad;
    // Between two looks at `stop`.
    const std::int64_t at_once = model.input.table ? 512 : 16;
    const std::int64_t together = std::clamp<std::int64_t>(model.micro_batch, 1, at_once);
    std::vector<torch::Tensor> pieces;
    for (std::int64_t at = 0; at < count; at += together) {
        if (stop.stop_requested()) return {};
        if (progress) progress(static_cast<double>(at) / static_cast<double>(count));
        // Whole pieces, so that none depends on where the last one ends.
        const torch::Tensor piece = model.objective->drawn(
            *model.backbone, together, mix64(seed, static_cast<std::uint64_t>(at)), model.pass(/*training=*/false));
        if (!piece.defined()) return {};
        pieces.push_back(piece.narrow(0, 0, std::min(together, count - at)).to(torch::kCPU));
    }
    return pieces.empty() ? torch::Tensor() : torch::cat(pieces);
}

PictureCopy picture_of_bytes(const torch::Tensor& bytes_CHW) {
    const torch::Tensor pixels = bytes_CHW.contiguous();
    return PictureCopy(Picture{pixels.size(0),
                               pixels.size(1),
                               pixels.size(2),
                               {pixels.data_ptr<std::uint8_t>(), static_cast<std::size_t>(pixels.numel())}});
}

}  // namespace gw
