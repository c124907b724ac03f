#include "study/drawing.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "adapt/draw_many.h"
#include "data/images/png_encoding.h"
#include "spec/run_spec.h"
#include "study/drawn_quality.h"
#include "train/guard/engine_error.h"
#include "train/step/picture_samples.h"

namespace gw {

namespace {

std::string sheet_of(torch::Tensor all) {
    const std::int64_t count = all.size(0);
    const auto columns = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count)))),
               rows = (count + columns - 1) / columns;
    constexpr int grey = 128;  // where the last row has none
    if (rows * columns > count)
        all = torch::cat(
            {all, torch::full({rows * columns - count, all.size(1), all.size(2), all.size(3)}, grey, torch::kUInt8)});
    return png_of(sheet_picture(all.view({rows, columns, all.size(1), all.size(2), all.size(3)})));
}

Result<DrawnSheet> drawn(const DrawRequest& request) {
    if (request.count < 1 || request.count > most_drawn_at_once)
        return Error{Error::Code::bad_spec,
                     std::to_string(request.count) + " pictures cannot be drawn at once",
                     "Ask for 1 to " + std::to_string(most_drawn_at_once),
                     {}};
    const auto model = CheckpointModel::load(request.checkpoint);
    if (!model) return model.error();
    if (!draws_pictures(model.value().facts.spec))
        return Error{Error::Code::bad_spec,
                     "This model draws no pictures out of nothing",
                     "Name a run whose objective does, such as vae",
                     {"section objective"}};
    // Whatever is wrong with the judge is told before anything is drawn.
    std::optional<DrawingJudge> judge;
    if (!request.judge.empty()) {
        auto made = DrawingJudge::make(model.value(), request);
        if (!made) return made.error();
        judge.emplace(std::move(made).value());
    }
    const auto told = [&](double done) {
        if (request.progress) request.progress("drawing", done);
    };
    const torch::Tensor pictures = draw_many(model.value().model, request.count, request.seed, told, request.stop);
    if (!pictures.defined()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    DrawnSheet out{sheet_of(pictures)};
    if (judge) out.quality = judge->judge(pictures, request.stop);
    return out;
}

}  // namespace

Result<DrawnSheet> draw(const DrawRequest& request) {
    return caught([&] { return drawn(request); });
}

}  // namespace gw
