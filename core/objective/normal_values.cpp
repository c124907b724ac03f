#include "objective/normal_values.h"

#include <torch/types.h>

namespace gw {

namespace {

void fill_normal(float* values, std::int64_t count, Rng& rng) {
    for (std::int64_t i = 0; i < count; ++i) values[i] = static_cast<float>(rng.normal());
}

}  // namespace

torch::Tensor normal_values(const std::vector<std::int64_t>& shape, Rng& rng) {
    torch::Tensor out = torch::empty(shape);
    fill_normal(out.data_ptr<float>(), out.numel(), rng);
    return out;
}

torch::Tensor normal_rows(const HostBatch& rows, const RowSeeds& seeds, std::int64_t width) {
    torch::Tensor out = torch::empty({rows.rows, width});
    for (std::int64_t row = 0; row < rows.rows; ++row) {
        Rng rng(seeds.of(rows, row));
        fill_normal(out.data_ptr<float>() + row * width, width, rng);
    }
    return out;
}

}  // namespace gw
