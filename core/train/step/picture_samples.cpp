#include "train/step/picture_samples.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "adapt/draw_many.h"
#include "data/images/png_encoding.h"
#include "eval/judge.h"
#include "objective/by_class.h"
#include "train/message/sample_texts.h"

// R rows and K columns of a sheet, C channels, H height, W width of a picture.
namespace gw {

namespace {

constexpr std::int64_t pictures_shown = 8;

const char* meaning_of(const std::string& name) {
    if (name == "drawn") return say::drawn_sheet;
    if (name == "classes") return say::classes_sheet;
    if (name == "redrawn") return say::redrawn_sheet;
    if (name == "between") return say::between_sheet;
    return say::steps_sheet;
}

}  // namespace

PictureCopy sheet_picture(const torch::Tensor& pictures_RKCHW) {
    constexpr std::int64_t line = 2, least = 48, most_enlarged = 16;
    constexpr int grey = 128;
    torch::Tensor pictures = pictures_RKCHW.to(torch::kCPU);
    const std::int64_t rows = pictures.size(0), columns = pictures.size(1), channels = pictures.size(2),
                       times = std::clamp<std::int64_t>((least + pictures.size(4) - 1) / pictures.size(4), 1,
                                                        most_enlarged);
    pictures = pictures.repeat_interleave(times, 3).repeat_interleave(times, 4);
    const std::int64_t height = pictures.size(3) + line, width = pictures.size(4) + line;
    const torch::Tensor sheet_CHW =
        torch::full({channels, rows * height + line, columns * width + line}, grey, torch::kUInt8);
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column)
            sheet_CHW.narrow(1, row * height + line, height - line)
                .narrow(2, column * width + line, width - line)
                .copy_(pictures[row][column]);
    return picture_of_bytes(sheet_CHW);
}

std::vector<SampleText> picture_samples(const Model& model, const PreparedData& data, std::uint64_t seed,
                                        std::int64_t step, const std::stop_token& stop) {
    if (data.captions || model.objective->views() > 1) return {};  // their rows hold more than a picture
    const torch::NoGradGuard no_grad;
    Backbone& net = *model.backbone;
    const Pass pass = model.pass(/*training=*/false);
    std::vector<PictureSheet> sheets;
    const torch::Tensor drawn = draw_many(model, sheet_rows * sheet_columns, seed, {}, stop);
    if (drawn.defined())
        sheets.push_back(
            {"drawn", drawn.view({sheet_rows, sheet_columns, drawn.size(1), drawn.size(2), drawn.size(3)})});
    if (const DrawsByClass* able = by_class(*model.objective)) {
        constexpr std::int64_t most_classes = 16;
        const std::int64_t rows = std::min(able->classes(), most_classes);
        const torch::Tensor all =
            draw_many_of(model, evenly_of_classes(rows * sheet_columns, rows), {}, seed, {}, stop);
        if (all.defined())
            sheets.push_back({"classes", all.view({rows, sheet_columns, all.size(1), all.size(2), all.size(3)})});
    }
    const auto shown = spread(data.validation_examples, pictures_shown);
    if (!shown.empty() && !stop.stop_requested()) {
        const auto rows = data.rows(Part::validation, net.facts().context);
        const Batch some = model.objective->feed(rows->rows(shown), RowSeeds::by_place(0)).to(model.compute.device);
        const torch::Tensor redrawn = model.objective->redrawn(net, some, pass);
        // Seen, drawn and original below each other.
        if (redrawn.defined()) sheets.push_back({"redrawn", redrawn.transpose(0, 1)});
        for (PictureSheet& one : model.objective->sheets(net, some, seed, pass)) sheets.push_back(std::move(one));
    }
    std::vector<SampleText> out;
    // The newest stands first where they are shown.
    std::reverse(sheets.begin(), sheets.end());
    for (const PictureSheet& sheet : sheets)
        out.push_back({step, sheet.name, meaning_of(sheet.name), png_of(sheet_picture(sheet.pictures_RKCHW))});
    return out;
}

}  // namespace gw
