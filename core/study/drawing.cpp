#include "study/drawing.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "adapt/draw_many.h"
#include "data/images/png_encoding.h"
#include "data/tables/cell_texts.h"
#include "spec/run_spec.h"
#include "study/drawn_quality.h"
#include "train/guard/engine_error.h"
#include "train/step/picture_samples.h"
#include "train/step/row_samples.h"
#include "util/csv.h"
#include "util/text.h"

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

Result<DrawnSheet> table_of(const torch::Tensor& rows, const TableInput& table) {
    if (!rows.isfinite().all().item<bool>())
        return Error{Error::Code::diverged,
                     "What the model draws are no finite numbers",
                     "Choose a checkpoint from before the run diverged",
                     {}};
    std::string csv;
    const auto line = [&](const std::vector<std::string>& cells) {
        for (std::size_t c = 0; c < cells.size(); ++c) csv += (c > 0 ? "," : "") + csv_cell(cells[c]);
        csv += "\n";
    };
    std::vector<std::string> names;
    for (const TableInput::Column& column : table.columns) names.push_back(column.name);
    line(names);
    const torch::Tensor all = rows.contiguous();
    const auto width = static_cast<std::size_t>(all.size(1));
    for (std::int64_t i = 0; i < all.size(0); ++i)
        line(cells_of(table, {all.data_ptr<float>() + static_cast<std::size_t>(i) * width, width}));
    constexpr std::int64_t points = 4096;
    const torch::Tensor some = all.narrow(0, 0, std::min(points, all.size(0)));
    return DrawnSheet{scatter_png(some, some), std::move(csv)};
}

Result<DrawnSheet> drawn(const DrawRequest& request) {
    const auto model = CheckpointModel::load(request.checkpoint);
    if (!model) return model.error();
    if (!draws(model.value().facts.spec))
        return Error{Error::Code::bad_spec,
                     "This model draws no pictures out of nothing, and no rows",
                     "Name a run whose objective does, such as vae or gan",
                     {"section objective"}};
    const auto& table = model.value().model.input.table;
    const std::int64_t most = table ? most_rows_drawn : most_drawn_at_once;
    if (request.count < 1 || request.count > most)
        return Error{Error::Code::bad_spec,
                     grouped(request.count) + (table ? " rows" : " pictures") + " cannot be drawn at once",
                     "Ask for 1 to " + grouped(most),
                     {}};
    if (table && !request.judge.empty())
        return Error{Error::Code::bad_spec,
                     "A classifier judges drawn pictures, and this model draws rows of a table",
                     "Evaluate it: that tells how near they come to held-out rows, and near which classes",
                     {}};
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
    const torch::Tensor rows = draw_many(model.value().model, request.count, request.seed, told, request.stop);
    if (!rows.defined()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    if (table) return table_of(rows, *table);
    DrawnSheet out{sheet_of(rows)};
    if (judge) out.quality = judge->judge(rows, request.stop);
    return out;
}

}  // namespace

Result<DrawnSheet> draw(const DrawRequest& request) {
    return caught([&] { return drawn(request); });
}

}  // namespace gw
