#include "train/step/lanes.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "data/lane_source.h"
#include "model/carried.h"
#include "util/text.h"

namespace gw {

std::unique_ptr<BatchSource> windows_for(const Backbone& backbone, const Objective& objective,
                                         const TokenStream& stream, std::int64_t step_rows, std::uint64_t seed) {
    const std::int64_t context = backbone.facts().context, length = objective.window_length(context),
                       stride = objective.window_stride(context);
    if (stream.size() < length)
        throw Failure(
            {Error::Code::bad_data,
             "The training text has " + grouped(stream.size()) + " tokens, fewer than one window of " + grouped(length),
             "Add text, keep less for validation, or lower backbone.context",
             {"section dataset"}});
    if (carried_values(backbone) == 0) return stream_source(stream, length, stride, seed);
    if (windows_of_lane(stream.size(), length, stride, step_rows) == 0)
        throw Failure({Error::Code::bad_data,
                       "The training text has " + grouped(stream.size()) + " tokens, fewer than a window of " +
                           grouped(length) + " for each of the " + grouped(step_rows) +
                           " rows of a step, which each read a stretch of their own where the state is carried",
                       "Lower training.micro_batch or backbone.context, add text, or set backbone.carry to false",
                       {"field backbone.carry"}});
    return lane_source(stream, length, stride, step_rows, seed);
}

Lanes::Lanes(const Shape& shape, torch::Device device, Parameters& held)
    : shape_(shape),
      state_LS_(torch::zeros({shape.lanes, shape.values}, torch::TensorOptions(torch::kFloat32).device(device))),
      next_(torch::full({1}, -1, torch::kInt64)) {
    held.push_back({std::string(carried_prefix) + "state", state_LS_});
    held.push_back({std::string(carried_prefix) + "next_sample", next_});
}

std::optional<Lanes> Lanes::of(Model& model, std::int64_t step_rows, std::int64_t rows_per_epoch) {
    const std::int64_t values = carried_values(*model.backbone);
    if (values == 0) return std::nullopt;
    return Lanes({step_rows, values, rows_per_epoch}, model.compute.device, model.held);
}

void Lanes::begin(const Standing& at) {
    const torch::NoGradGuard no_grad;
    const bool goes_on = next_.item<std::int64_t>() == at.next_sample;
    begun_LS_ = goes_on ? state_LS_.clone() : torch::zeros_like(state_LS_);
    for (std::int64_t lane = 0; lane < shape_.lanes; ++lane)
        if ((at.next_sample + lane) % shape_.rows_per_epoch < shape_.lanes) begun_LS_.select(0, lane).zero_();
    behind_LS_ = torch::zeros_like(state_LS_);
}

void Lanes::show(Batch& batch, std::int64_t first) const {
    const std::int64_t rows = batch[array::tokens].size(0);
    batch.set(array::carried, begun_LS_.narrow(0, first, rows));
    batch.set(array::left_behind, behind_LS_.narrow(0, first, rows));
}

void Lanes::end(const Standing& at, World& world) {
    const torch::NoGradGuard no_grad;
    if (!world.alone()) world.sum(behind_LS_);  // each process has filled its own rows
    const torch::Tensor finite_L1 = torch::isfinite(behind_LS_).all(1, /*keepdim=*/true);
    state_LS_.copy_(torch::where(finite_L1, behind_LS_, torch::zeros_like(behind_LS_)));
    next_.fill_(at.next_sample + shape_.lanes);
}

}  // namespace gw
