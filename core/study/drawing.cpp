#include "study/drawing.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "data/images/png_encoding.h"
#include "study/draw_pictures.h"
#include "train/guard/engine_error.h"
#include "train/step/picture_samples.h"

namespace gw {

namespace {

Result<std::string> sheet_of(const fs::path& checkpoint, std::int64_t count, std::uint64_t seed,
                             const ProgressFn& progress, const std::stop_token& stop) {
    const auto model = CheckpointModel::load(checkpoint);
    if (!model) return model.error();
    auto pictures = draw_pictures(model.value(), count, seed, progress, stop);
    if (!pictures) return pictures.error();
    torch::Tensor all = pictures.value();
    const auto columns = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count)))),
               rows = (count + columns - 1) / columns;
    constexpr int grey = 128;  // where the last row has none
    if (rows * columns > count)
        all = torch::cat(
            {all, torch::full({rows * columns - count, all.size(1), all.size(2), all.size(3)}, grey, torch::kUInt8)});
    return png_of(sheet_picture(all.view({rows, columns, all.size(1), all.size(2), all.size(3)})));
}

}  // namespace

Result<std::string> drawn_sheet(const fs::path& checkpoint, std::int64_t count, std::uint64_t seed,
                                const ProgressFn& progress, const std::stop_token& stop) {
    return caught([&] { return sheet_of(checkpoint, count, seed, progress, stop); });
}

}  // namespace gw
