#include "study/drawing.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "adapt/draw_many.h"
#include "data/images/png_encoding.h"
#include "data/tables/cell_texts.h"
#include "objective/by_class.h"
#include "spec/run_spec.h"
#include "study/drawn_quality.h"
#include "train/guard/engine_error.h"
#include "train/step/picture_samples.h"
#include "train/step/row_samples.h"
#include "util/csv.h"
#include "util/text.h"

namespace gw {

namespace {

/// A row of the sheet for each of `stretches`, how many pictures stand in it.
std::string sheet_of(const torch::Tensor& all, const std::vector<std::int64_t>& stretches) {
    const std::int64_t columns = *std::max_element(stretches.begin(), stretches.end());
    constexpr int grey = 128;  // where a row has none
    const torch::Tensor sheet =
        torch::full({static_cast<std::int64_t>(stretches.size()), columns, all.size(1), all.size(2), all.size(3)}, grey,
                    torch::kUInt8);
    std::int64_t at = 0, row = 0;
    for (const std::int64_t count : stretches) {
        sheet[row++].narrow(0, 0, count).copy_(all.narrow(0, at, count));
        at += count;
    }
    return png_of(sheet_picture(sheet));
}

/// About as many columns as rows.
std::vector<std::int64_t> squarely(std::int64_t count) {
    const auto columns = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count))));
    std::vector<std::int64_t> out;
    for (std::int64_t left = count; left > 0; left -= columns) out.push_back(std::min(left, columns));
    return out;
}

/// The classes that are asked for, [count]; undefined where the model was told none and none is asked for.
Result<torch::Tensor> classes_for(const DrawRequest& request, const Model& model) {
    const bool asked = !request.of_class.empty();
    const DrawsByClass* const able = by_class(*model.objective);
    if (!able && (asked || request.guidance))
        return Error{Error::Code::bad_spec,
                     "This model was not told the classes of what it learnt to draw",
                     "Name a run that was trained with objective.by_class=true, or leave class and guidance out",
                     {"section objective"}};
    if (request.guidance && *request.guidance > 0 && !able->can_be_guided())
        return Error{Error::Code::bad_spec,
                     "This model did not learn to draw without a class, which guidance compares with",
                     "Name a run with objective.class_dropout above 0, or leave guidance out",
                     {"field objective.class_dropout"}};
    if (!able) return torch::Tensor();
    if (!asked) return evenly_of_classes(request.count, able->classes());
    const std::vector<std::string>& names = model.labels.classes;
    const auto found = std::find(names.begin(), names.end(), request.of_class);
    if (found != names.end())
        return torch::full({request.count}, static_cast<std::int64_t>(found - names.begin()), torch::kInt64);
    constexpr std::size_t most_named = 20;
    std::string known;
    for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i)
        known += (i > 0 ? ", \"" : "\"") + names[i] + "\"";
    return Error{Error::Code::bad_spec,
                 "This model knows no class \"" + request.of_class + "\"",
                 "Name one of those that it was told: " + known + (names.size() > most_named ? "..." : ""),
                 {}};
}

Error no_numbers() {
    return {Error::Code::diverged,
            "What the model draws are no finite numbers",
            "Choose a checkpoint from before the run diverged",
            {}};
}

/// What is drawn is written as one sort of file, whatever the file is called.
Status fits_name(const fs::path& out, bool table) {
    const std::string ending = lower_case(out.extension().string());
    if (table && (ending == ".png" || ending == ".jpg" || ending == ".jpeg"))
        return Error{Error::Code::bad_spec,
                     "Rows of a table are written as CSV, and this file is called a picture",
                     "Name it FILE.csv",
                     {"file " + out.string()}};
    if (!table && !ending.empty() && ending != ".png")
        return Error{Error::Code::bad_spec,
                     "Pictures are written as PNG, and this file is called otherwise",
                     "Name it FILE.png",
                     {"file " + out.string()}};
    return {};
}

Result<DrawnSheet> table_of(const torch::Tensor& rows, const TableInput& table, const torch::Tensor& classes,
                            const std::vector<std::string>& class_names, std::string target) {
    if (!rows.isfinite().all().item<bool>()) return no_numbers();
    std::string csv;
    const auto line = [&](const std::vector<std::string>& cells) {
        for (std::size_t c = 0; c < cells.size(); ++c) csv += (c > 0 ? "," : "") + csv_cell(cells[c]);
        csv += "\n";
    };
    std::vector<std::string> names;
    for (const TableInput::Column& column : table.columns) names.push_back(column.name);
    if (target.empty()) target = "class";
    while (std::find(names.begin(), names.end(), target) != names.end()) target += "_";
    if (classes.defined()) names.insert(names.begin(), target);
    line(names);
    const torch::Tensor all = rows.contiguous();
    const auto width = static_cast<std::size_t>(all.size(1));
    for (std::int64_t i = 0; i < all.size(0); ++i) {
        auto cells = cells_of(table, {all.data_ptr<float>() + static_cast<std::size_t>(i) * width, width});
        if (classes.defined())
            cells.insert(cells.begin(), class_names.at(static_cast<std::size_t>(classes[i].item<std::int64_t>())));
        line(cells);
    }
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
    if (Status fits = fits_name(request.out, table.has_value()); !fits) return fits.error();
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
    const auto classes = classes_for(request, model.value().model);
    if (!classes) return classes.error();
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
    const Model& drawer = model.value().model;
    const torch::Tensor rows =
        classes.value().defined()
            ? draw_many_of(drawer, classes.value(), request.guidance, request.seed, told, request.stop)
            : draw_many(drawer, request.count, request.seed, told, request.stop);
    if (!rows.defined()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    if (table)
        return table_of(rows, *table, classes.value(), drawer.labels.classes,
                        model.value().facts.spec.at("dataset").value("target", std::string()));
    if (!rows.isfinite().all().item<bool>()) return no_numbers();
    std::vector<std::int64_t> stretches;
    if (classes.value().defined() && request.of_class.empty()) {
        const torch::Tensor counts = classes.value().bincount();
        stretches.assign(counts.data_ptr<std::int64_t>(), counts.data_ptr<std::int64_t>() + counts.numel());
    } else {
        stretches = squarely(request.count);
    }
    DrawnSheet out{sheet_of(rows, stretches)};
    if (judge) out.quality = judge->judge(rows, request.stop);
    return out;
}

}  // namespace

Result<DrawnSheet> draw(const DrawRequest& request) {
    return caught([&] { return drawn(request); });
}

}  // namespace gw
