#include "model/series.h"

#include <torch/types.h>

namespace gw {

SeriesInput series_facts(const InputFacts& input) {
    TORCH_CHECK(input.series, "an architecture for series, and rows have none");
    return *input.series;
}

SeriesInput expected_series(const InputFacts& input) {
    SeriesInput out = input.series.value_or(SeriesInput{1, 1, {}, {}, {}});
    if (out.columns.empty()) out.columns.emplace_back();
    return out;
}

SeriesShape shape_of(const SeriesInput& input, bool forecasts) {
    return {input.look_back, input.horizon, static_cast<std::int64_t>(input.columns.size()), forecasts};
}

torch::Tensor series_of(const Batch& batch) {
    const torch::Tensor past_BLF = batch[array::series];
    TORCH_CHECK(past_BLF.defined(), "a batch without series");
    return past_BLF;
}

}  // namespace gw
