#include "objective/objective.h"

#include <torch/torch.h>

#include <algorithm>

#include "objective/losses.h"

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

LossParts loss_of_counted(const torch::Tensor& features_BTD, const Batch& batch, const LogitsOf& logits_of) {
    const auto [features_ND, targets_N] = counted(features_BTD, batch);
    return {{"loss", cross_entropy_sum(logits_of(features_ND), targets_N)}};
}

Measures measures_of_counted(const torch::Tensor& features_BTD, const Batch& batch, std::int64_t vocabulary,
                             const LogitsOf& logits_of) {
    constexpr std::int64_t most_values = std::int64_t{1} << 22;
    const auto [features_ND, targets_N] = counted(features_BTD, batch);
    const std::int64_t all = targets_N.size(0), together = std::max<std::int64_t>(1, most_values / vocabulary);
    std::vector<torch::Tensor> losses, hits;
    for (std::int64_t first = 0; first < all; first += together) {
        const std::int64_t count = std::min(together, all - first);
        const torch::Tensor logits_NV = logits_of(features_ND.narrow(0, first, count)),
                            targets = targets_N.narrow(0, first, count);
        losses.push_back(cross_entropy_rows(logits_NV, targets, {}, 0));
        hits.push_back(logits_NV.argmax(-1).eq(targets));
    }
    return {torch::cat(losses), {}, torch::cat(hits)};
}

}  // namespace gw
