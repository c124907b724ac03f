#include "model/row_vector.h"

#include <torch/types.h>

#include <utility>

#include "model/single_precision.h"

namespace gw {

RowVector::RowVector(const InputFacts& input) : values_(values_of(input)) {
    TORCH_CHECK(input.image || input.table, "an architecture for rows of values, and rows have none");
    if (input.image)
        pictures_.emplace(input);
    else
        table_ = input.table;
}

torch::Tensor RowVector::operator()(const Batch& batch, const Pass& pass) const {
    if (pictures_) return (*pictures_)(batch, pass).flatten(1);
    const torch::Tensor x_BN = batch[array::table];
    TORCH_CHECK(x_BN.defined() && x_BN.dim() == 2, "a batch without rows of a table");
    TORCH_CHECK(x_BN.size(1) == values_, "rows of ", x_BN.size(1), " values for a model of ", values_);
    return x_BN.to(pass.compute);
}

Pass RowVector::exact(Pass pass) const {
    return table_ ? in_single_precision(std::move(pass)) : pass;
}

std::optional<ImageInput> RowVector::image() const {
    return pictures_ ? std::optional(pictures_->facts()) : std::nullopt;
}

void RowVector::list(Buffers& out) const {
    if (pictures_) pictures_->list(out);
}

std::int64_t RowVector::values_of(const InputFacts& input) {
    return input.table ? input.table->values() : Pictures::facts_of(input).values();
}

}  // namespace gw
