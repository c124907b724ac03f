#include "objective/objective.h"

#include <torch/types.h>

#include <algorithm>

#include "objective/linear_cross_entropy.h"

namespace gw {

torch::Tensor share_of(const LossPart& part, const StepCounts& step) {
    const std::int64_t divisor = part.per == LossPart::Per::row ? step.rows : step.counted;
    return part.sum / static_cast<double>(std::max<std::int64_t>(divisor, 1));
}

torch::Tensor minimised(const LossParts& parts, const StepCounts& step) {
    torch::Tensor all;
    for (const LossPart& part : parts) {
        const torch::Tensor share = share_of(part, step), weighted = part.weight == 1 ? share : share * part.weight;
        all = all.defined() ? all + weighted : weighted;
    }
    return all;
}

torch::Tensor Objective::logits(const torch::Tensor&, const Pass&) const {
    TORCH_CHECK(false, "this objective says nothing of tokens");
}

torch::Tensor Objective::predict(Backbone&, const Batch&, const Pass&) const {
    TORCH_CHECK(false, "this objective has no labels");
}

torch::Tensor cross_entropy_sum(const torch::Tensor& logits_NV, const torch::Tensor& targets_N) {
    const torch::Tensor wide = logits_NV.scalar_type() == torch::kFloat64 ? logits_NV : logits_NV.to(torch::kFloat32);
    return at::nll_loss(torch::log_softmax(wide, -1), targets_N, {}, at::Reduction::Sum);
}

std::pair<torch::Tensor, torch::Tensor> counted(const torch::Tensor& features_BTD, const Batch& batch) {
    const torch::Tensor features_ND = features_BTD.flatten(0, 1), targets_N = batch[array::targets].flatten();
    const torch::Tensor positions_N = batch[array::positions];
    if (!positions_N.defined()) return {features_ND, targets_N};
    return {features_ND.index_select(0, positions_N), targets_N.index_select(0, positions_N)};
}

namespace {
LinearScores scores_of_counted(const torch::Tensor& features_BTD, const Batch& batch, const OutputLayer& output,
                               const Pass& pass) {
    const auto [features_ND, targets_N] = counted(features_BTD, batch);
    return {output.before ? output.before(features_ND) : features_ND, output.weight_VD, output.bias_V, targets_N,
            pass.compute};
}
}  // namespace

LossParts loss_of_counted(const torch::Tensor& features_BTD, const Batch& batch, const OutputLayer& output,
                          const Pass& pass) {
    return {{"loss", linear_cross_entropy(scores_of_counted(features_BTD, batch, output, pass))}};
}

Measures measures_of_counted(const torch::Tensor& features_BTD, const Batch& batch, const OutputLayer& output,
                             const Pass& pass) {
    const auto [losses, hits] = linear_cross_entropy_rows(scores_of_counted(features_BTD, batch, output, pass));
    return {losses, {}, hits};
}

}  // namespace gw
