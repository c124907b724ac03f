#include "adapt/draw_many.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "objective/by_class.h"

namespace gw {

namespace {

/// `piece`(first row, rows, seed) draws some rows.
torch::Tensor in_pieces(const Model& model, std::int64_t count, std::uint64_t seed,
                        const std::function<void(double)>& progress, const std::stop_token& stop,
                        const std::function<torch::Tensor(std::int64_t, std::int64_t, std::uint64_t)>& draw) {
    const torch::NoGradGuard no_grad;
    // Between two looks at `stop`.
    const std::int64_t at_once = model.input.table ? 512 : 16;
    const std::int64_t together = std::clamp<std::int64_t>(model.micro_batch, 1, at_once);
    std::vector<torch::Tensor> pieces;
    for (std::int64_t at = 0; at < count; at += together) {
        if (stop.stop_requested()) return {};
        if (progress) progress(static_cast<double>(at) / static_cast<double>(count));
        // Whole pieces, so that none depends on where the last one ends.
        const torch::Tensor piece = draw(at, together, mix64(seed, static_cast<std::uint64_t>(at)));
        if (!piece.defined()) return {};
        pieces.push_back(piece.narrow(0, 0, std::min(together, count - at)).to(torch::kCPU));
    }
    return pieces.empty() ? torch::Tensor() : torch::cat(pieces);
}

}  // namespace

torch::Tensor draw_many(const Model& model, std::int64_t count, std::uint64_t seed,
                        const std::function<void(double)>& progress, const std::stop_token& stop) {
    return in_pieces(model, count, seed, progress, stop, [&](std::int64_t, std::int64_t rows, std::uint64_t one) {
        return model.objective->drawn(*model.backbone, rows, one, model.pass(/*training=*/false));
    });
}

torch::Tensor draw_many_of(const Model& model, const torch::Tensor& classes_N, std::optional<double> guidance,
                           std::uint64_t seed, const std::function<void(double)>& progress,
                           const std::stop_token& stop) {
    const DrawsByClass* const able = by_class(*model.objective);
    TORCH_CHECK(able, "a model that was told no classes");
    const std::int64_t count = classes_N.size(0);
    return in_pieces(model, count, seed, progress, stop, [&](std::int64_t at, std::int64_t rows, std::uint64_t one) {
        const std::int64_t some = std::min(rows, count - at);
        const torch::Tensor wished_B =
            torch::cat({classes_N.narrow(0, at, some), torch::zeros({rows - some}, torch::kInt64)});
        return able->drawn_of(*model.backbone, wished_B, guidance, one, model.pass(/*training=*/false));
    });
}

PictureCopy picture_of_bytes(const torch::Tensor& bytes_CHW) {
    const torch::Tensor pixels = bytes_CHW.contiguous();
    return PictureCopy(Picture{pixels.size(0),
                               pixels.size(1),
                               pixels.size(2),
                               {pixels.data_ptr<std::uint8_t>(), static_cast<std::size_t>(pixels.numel())}});
}

}  // namespace gw
