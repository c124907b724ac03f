#pragma once
#include <gtest/gtest.h>
#include <torch/types.h>

#include <algorithm>

#include "engine/small.h"

// Objectives that draw rows of a table, over small backbones.
namespace gw::test {

/// Rows of so many numbers that lie between -8 and 8.
inline InputFacts rows_of_numbers(std::int64_t values) {
    InputFacts out;
    out.table.emplace();
    for (std::int64_t i = 0; i < values; ++i) {
        TableInput::Column& column = out.table->columns.emplace_back();
        column.name = "x" + std::to_string(i + 1);
        column.least = -8;
        column.most = 8;
    }
    return out;
}

/// An objective over a backbone of rows.
struct RowDrawing {
    RowDrawing(const std::string& objective_kind, const Json& settings, const Json& backbone, std::int64_t values)
        : RowDrawing(objective_kind, settings, backbone, rows_of_numbers(values)) {}
    RowDrawing(const std::string& objective_kind, const Json& settings, const Json& backbone, const InputFacts& input,
               torch::Dtype dtype = torch::kFloat32) {
        const ObjectiveKind& kind = *find_kind(objectives(), objective_kind);
        const Json whole = kind.complete(settings);
        for (const schema::Problem& problem : kind.check(whole, "objective")) ADD_FAILURE() << problem.message;
        const BackboneKind& trunk = *find_kind(backbones(), backbone.at("kind"));
        net = trunk.build(trunk.complete(backbone), BackboneInputs{input, /*causal=*/false, 7});
        objective = kind.build(whole, ObjectiveInputs{net->facts(), nullptr, 3, {}});
        for (const Parameter& p : all()) {
            torch::Tensor tensor = p.tensor;
            if (tensor.scalar_type() != dtype) tensor.set_data(tensor.detach().to(dtype));
        }
    }
    Parameters all() const {
        Parameters out = net->parameters();
        for (const Parameter& p : objective->parameters()) out.push_back(p);
        return out;
    }
    std::vector<torch::Tensor> weights() const {
        std::vector<torch::Tensor> out;
        for (const Parameter& p : all()) out.push_back(p.tensor);
        return out;
    }
    Batch batch(const torch::Tensor& rows_BN, std::uint64_t seed) const {
        const torch::Tensor values = rows_BN.to(torch::kFloat32).contiguous();
        HostBatch rows;
        rows.rows = values.size(0);
        HostArray table(HostArray::Type::f32, values.sizes().vec());
        std::copy_n(values.data_ptr<float>(), table.size(), table.values<float>());
        rows.arrays.emplace(array::table, std::move(table));
        for (std::int64_t row = 0; row < rows.rows; ++row) rows.places.push_back(row);
        return objective->feed(rows, RowSeeds(seed));
    }
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> objective;
};

}  // namespace gw::test
