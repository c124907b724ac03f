#include "objective/objective.h"

#include <torch/torch.h>

namespace gw {

void FedBatch::count() {
    const std::int64_t all = targets_BT.numel();
    const std::int64_t* target = targets_BT.data_ptr<std::int64_t>();
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < all; ++i)
        if (target[i] != not_counted) kept.push_back(i);
    counted = static_cast<std::int64_t>(kept.size());
    positions_N = counted == all ? torch::Tensor() : torch::tensor(kept, torch::kInt64);
}

FedBatch FedBatch::to(torch::Device device) const {
    if (device.is_cpu()) return *this;
    auto move = [&](const torch::Tensor& t) { return t.defined() ? t.pin_memory().to(device, /*non_blocking=*/true) : t; };
    return {move(ids_BT), move(targets_BT), move(labels), move(valid_BT), move(positions_N), counted};
}

torch::Tensor Objective::logits(const torch::Tensor&, const Pass&) const { TORCH_CHECK(false, "this objective says nothing of tokens"); }

torch::Tensor Objective::predict(const torch::Tensor&, const FedBatch&, const Pass&) const { TORCH_CHECK(false, "this objective has no labels"); }

torch::Tensor cross_entropy_sum(const torch::Tensor& logits_NV, const torch::Tensor& targets_N) {
    const torch::Tensor wide = logits_NV.scalar_type() == torch::kFloat64 ? logits_NV : logits_NV.to(torch::kFloat32);
    return at::nll_loss(torch::log_softmax(wide, -1), targets_N, {}, at::Reduction::Sum);
}

LossParts loss_of_counted(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass,
                          const std::function<torch::Tensor(const torch::Tensor&)>& logits_of) {
    torch::Tensor features_ND = features_BTD.flatten(0, 1), targets_N = batch.targets_BT.flatten();
    if (batch.positions_N.defined()) {
        features_ND = features_ND.index_select(0, batch.positions_N);
        targets_N = targets_N.index_select(0, batch.positions_N);
    }
    const torch::Tensor logits_NV = logits_of(features_ND);
    LossParts parts{cross_entropy_sum(logits_NV, targets_N), {}};
    if (!pass.training) parts.sums.emplace_back("accuracy", logits_NV.argmax(-1).eq(targets_N).sum());
    return parts;
}

}  // namespace gw
