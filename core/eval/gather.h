#pragma once
#include <torch/types.h>

#include <functional>
#include <stop_token>
#include <utility>

#include "data/batch_source.h"
#include "objective/objective.h"

namespace gw {

/// What two sides of a row come to, row by row, for figures that look at many rows at once. N rows, D width.
struct Gathered {
    torch::Tensor first_ND, second_ND;         ///< float32 on the CPU; undefined when stopped or where there is none
    std::vector<const Example*> examples;      ///< [N]
    std::vector<std::uint64_t> captions = {};  ///< [N] of pairs: equal where captions are, as far as they are read
};

struct GatherOptions {
    std::int64_t rows = 32;  ///< a batch
    torch::Device device = torch::kCPU;
    torch::Dtype compute = torch::kFloat32;
};

/// Pooled features of the pictures and of their second view; `rows` must make both.
Gathered gather_views(Backbone& backbone, const ExampleRows& rows, const std::vector<const Example*>& examples,
                      const GatherOptions& options, const std::stop_token& stop);
/// Objective::pair_features of the rows; nothing of an objective that has none.
Gathered gather_pairs(Backbone& backbone, const Objective& objective, const ExampleRows& rows,
                      const std::vector<const Example*>& examples, const GatherOptions& options,
                      const std::stop_token& stop);

/// Objective::codes of the rows, as the first side; nothing of an objective that keeps none.
Gathered gather_codes(Backbone& backbone, const Objective& objective, const ExampleRows& rows,
                      const std::vector<const Example*>& examples, const GatherOptions& options,
                      const std::stop_token& stop);

}  // namespace gw
