#include "train/step/row_samples.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "adapt/draw_many.h"
#include "data/images/png_encoding.h"
#include "data/tables/cell_texts.h"
#include "eval/judge.h"
#include "objective/by_class.h"
#include "train/message/sample_texts.h"

// Shape letters: N held-out rows, M drawn ones, D values of a row.
namespace gw {

namespace {

constexpr std::int64_t side = 400, edge = 8;  // pixels
using Colour = std::array<std::uint8_t, 3>;
constexpr Colour white{255, 255, 255}, of_real{175, 175, 175}, of_drawn{30, 100, 200};

/// A square picture on its way to a PNG.
class Paper {
  public:
    Paper() : pixels_(3 * side * side) {
        for (std::int64_t at = 0; at < side * side; ++at) put(at % side, at / side, white);
    }
    void put(std::int64_t x, std::int64_t y, const Colour& colour) {
        if (x < 0 || y < 0 || x >= side || y >= side) return;
        for (std::int64_t c = 0; c < 3; ++c)
            pixels_[static_cast<std::size_t>((c * side + y) * side + x)] = colour[static_cast<std::size_t>(c)];
    }
    std::string png() const { return png_of(PictureCopy(Picture{3, side, side, pixels_})); }

  private:
    std::vector<std::uint8_t> pixels_;
};

/// From values to pixels: both sets fit, and what is drawn far off does not push the real rows into a corner.
struct Scale {
    double least = 0, most = 1;
    Scale(const torch::Tensor& real_N, const torch::Tensor& drawn_M) {
        least = real_N.min().item<double>();
        most = real_N.max().item<double>();
        const double room = std::max(0.5 * (most - least), 1e-9);
        least = std::max(least - room, std::min(least, drawn_M.min().item<double>()));
        most = std::min(most + room, std::max(most, drawn_M.max().item<double>()));
    }
    std::int64_t pixel(double value) const {
        // What lies far off is outside of the picture, and no number of pixels.
        const double at = std::clamp((value - least) / std::max(most - least, 1e-12), -1.0, 2.0);
        return edge + static_cast<std::int64_t>(std::lround(at * static_cast<double>(side - 1 - 2 * edge)));
    }
};

void points(Paper& page, const torch::Tensor& rows_ND, const Scale& across, const Scale& up, const Colour& colour) {
    const auto rows = rows_ND.accessor<float, 2>();
    for (std::int64_t i = 0; i < rows.size(0); ++i) {
        if (!std::isfinite(rows[i][0]) || !std::isfinite(rows[i][1])) continue;
        const std::int64_t x = across.pixel(rows[i][0]), y = side - 1 - up.pixel(rows[i][1]);
        for (std::int64_t dx = 0; dx < 2; ++dx)
            for (std::int64_t dy = 0; dy < 2; ++dy) page.put(x + dx, y + dy, colour);
    }
}

/// How many of each set lie in each of `bars` stretches, over the most of any.
void bars(Paper& page, const torch::Tensor& real_N, const torch::Tensor& drawn_M, const Scale& across) {
    constexpr std::int64_t count = 48, width = (side - 2 * edge) / count;
    const auto heights = [&](const torch::Tensor& values) {
        std::array<double, count> out{};
        const auto all = values.accessor<float, 1>();
        for (std::int64_t i = 0; i < all.size(0); ++i) {
            const std::int64_t bar = (across.pixel(all[i]) - edge) / width;
            if (bar >= 0 && bar < count) out[static_cast<std::size_t>(bar)] += 1.0 / static_cast<double>(all.size(0));
        }
        return out;
    };
    const auto real = heights(real_N), drawn = heights(drawn_M);
    const double most =
        std::max(*std::max_element(real.begin(), real.end()), *std::max_element(drawn.begin(), drawn.end()));
    const auto pixels = [&](double height) {
        return std::lround(height / std::max(most, 1e-12) * (side - 1 - 2 * edge));
    };
    for (std::int64_t bar = 0; bar < count; ++bar) {
        const auto at = static_cast<std::size_t>(bar);
        for (std::int64_t x = edge + bar * width; x < edge + (bar + 1) * width; ++x) {
            for (std::int64_t y = 0; y < pixels(real[at]); ++y) page.put(x, side - 1 - edge - y, of_real);
            for (std::int64_t y = pixels(drawn[at]) - 2; y < pixels(drawn[at]); ++y)
                page.put(x, side - 1 - edge - y, of_drawn);
        }
    }
}

}  // namespace

std::string scatter_png(const torch::Tensor& real_ND, const torch::Tensor& drawn_MD) {
    Paper page;
    const torch::Tensor real = real_ND.to(torch::kFloat32).contiguous(),
                        drawn = drawn_MD.to(torch::kFloat32).contiguous();
    const Scale across(real.select(1, 0), drawn.select(1, 0));
    if (real.size(1) < 2) {
        bars(page, real.select(1, 0), drawn.select(1, 0), across);
    } else {
        const Scale up(real.select(1, 1), drawn.select(1, 1));
        points(page, real, across, up, of_real);
        points(page, drawn, across, up, of_drawn);
    }
    return page.png();
}

std::string row_in_words(const TableInput& table, const torch::Tensor& row_D) {
    const torch::Tensor row = row_D.to(torch::kFloat32).contiguous();
    const auto cells = cells_of(table, {row.data_ptr<float>(), static_cast<std::size_t>(row.numel())});
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c)
        line += (line.empty() ? "" : "  ") + table.columns[c].name + " " + (cells[c].empty() ? "?" : cells[c]);
    return line;
}

std::vector<SampleText> row_samples(const Model& model, const PreparedData& data, std::uint64_t seed, std::int64_t step,
                                    const std::stop_token& stop) {
    constexpr std::int64_t points_shown = 1000, rows_told = 8, redrawn_told = 4;
    const torch::NoGradGuard no_grad;
    const auto rows = data.rows(Part::validation, 1);
    const std::vector<const Example*> shown = spread(data.validation_examples, points_shown);
    const TableInput& table = *data.input.table;
    std::vector<SampleText> out;
    const torch::Tensor drawn = draw_many(model, points_shown, seed, {}, stop);
    if (drawn.defined() && drawn.isfinite().all().item<bool>()) {
        const torch::Tensor real = Batch(rows->rows(shown))[array::table];
        // Told by class where the model knows them, one of each in turn.
        const DrawsByClass* const able = by_class(*model.objective);
        torch::Tensor told = drawn, classes;
        if (able) {
            classes = torch::arange(rows_told).remainder(able->classes());
            told = draw_many_of(model, classes, {}, seed, {}, stop);
            if (!told.defined() || !told.isfinite().all().item<bool>()) return out;
        }
        std::string text;
        for (std::int64_t i = 0; i < rows_told; ++i) {
            text += text.empty() ? "" : "\n";
            if (able)
                text += model.labels.classes.at(static_cast<std::size_t>(classes[i].item<std::int64_t>())) + ":  ";
            text += row_in_words(table, told[i]);
        }
        out.push_back({step, "", std::move(text)});
        out.push_back({step, "scatter", say::scatter_sheet, scatter_png(real, drawn)});
    }
    if (shown.empty() || stop.stop_requested()) return out;
    const Batch some = model.objective->feed(rows->rows(shown), RowSeeds::by_place(0)).to(model.compute.device);
    torch::Tensor redrawn_B3D = model.objective->redrawn(*model.backbone, some, model.pass(/*training=*/false));
    if (!redrawn_B3D.defined() || !redrawn_B3D.isfinite().all().item<bool>()) return out;
    redrawn_B3D = redrawn_B3D.to(torch::kCPU);
    for (std::size_t i = 0; i < std::min<std::size_t>(redrawn_told, shown.size()); ++i)
        out.push_back(
            {step, data.row_text(*shown[i]), row_in_words(table, redrawn_B3D[static_cast<std::int64_t>(i)][1])});
    out.push_back(
        {step, "redrawn", say::redrawn_scatter_sheet, scatter_png(redrawn_B3D.select(1, 2), redrawn_B3D.select(1, 1))});
    return out;
}

}  // namespace gw
