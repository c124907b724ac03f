#include "optim/averaged_weights.h"

#include <torch/utils.h>

#include <algorithm>

namespace gw {

namespace {
constexpr std::int64_t piece = 1 << 20;  ///< values that change places at once: no third copy of all weights
}

AveragedWeights::AveragedWeights(ParameterBank& bank, std::unique_ptr<Averaging> rule)
    : bank_(bank),
      rule_(std::move(rule)),
      aside_(bank.weights().detach().clone()),
      held_(torch::empty({std::min(piece, aside_.numel())}, aside_.options())) {}

void AveragedWeights::follow(std::int64_t step, double fraction) {
    const torch::NoGradGuard no_grad;
    const std::optional<double> pace = rule_->pace({step, fraction, taken_});
    if (pace && *pace == 0) return;
    if (!pace || *pace == 1)
        aside_.copy_(bank_.weights());
    else
        aside_.lerp_(bank_.weights(), *pace);
    taken_ = pace ? taken_ + 1 : 0;
}

void AveragedWeights::exchange() {
    const torch::NoGradGuard no_grad;
    torch::Tensor& weights = bank_.weights();
    for (std::int64_t at = 0; at < weights.numel(); at += piece) {
        const std::int64_t count = std::min(piece, weights.numel() - at);
        torch::Tensor here = weights.narrow(0, at, count), there = aside_.narrow(0, at, count);
        torch::Tensor held = held_.narrow(0, 0, count);
        held.copy_(here);
        here.copy_(there);
        there.copy_(held);
    }
}

void AveragedWeights::begin_here() {
    const torch::NoGradGuard no_grad;
    aside_.copy_(bank_.weights());
}

}  // namespace gw
