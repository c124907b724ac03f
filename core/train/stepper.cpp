#include "train/stepper.h"

#include <torch/torch.h>

#include <numeric>

#include "util/rng.h"

namespace gw {

Stepper::Stepper(const TrainingSettings& training, PreparedRun& ready)
    : training_(training),
      ready_(ready),
      seed_(static_cast<std::uint64_t>(training.seed)),
      dropout_(ready.compute.device) {}

Stepper::Drawn Stepper::draw(const Standing& at) const {
    Drawn out;
    bool full = true;
    for (std::int64_t micro = 0; micro < training_.accumulation; ++micro) {
        const std::uint64_t seed = mix64(seed_, static_cast<std::uint64_t>(at.step), static_cast<std::uint64_t>(micro));
        const HostBatch rows =
            ready_.source->batch(at.next_sample + micro * training_.micro_batch, training_.micro_batch);
        full = full && rows.lengths.empty();
        out.tokens += std::accumulate(rows.lengths.begin(), rows.lengths.end(), std::int64_t{0});
        out.batches.push_back(ready_.model.objective->feed(rows, seed));
        out.counted += out.batches.back().counted;
    }
    if (full) out.tokens = ready_.budget.tokens_per_step();
    return out;
}

Stepper::Taken Stepper::step(const Standing& at, double lr, double clip, LayerWatch& watch) {
    const Drawn drawn = draw(at);
    Model& model = ready_.model;
    ready_.adaptation.apply(*model.bank, at.step);
    model.bank->zero_gradients();
    dropout_.seed(mix64(seed_, static_cast<std::uint64_t>(at.step)));
    Pass pass = dropout_.of(model.pass(/*training=*/true));
    const std::int64_t next = at.step + 1;
    torch::Tensor loss;
    for (const Batch& on_cpu : drawn.batches) {
        pass.observe = {};
        if (watch.wants_histograms(next) && &on_cpu == &drawn.batches.back()) watch.observe(pass, next);
        const LossParts parts = model.objective->loss(*model.backbone, on_cpu.to(ready_.compute.device), pass);
        const torch::Tensor share = weighted_sum(parts) / static_cast<double>(std::max<std::int64_t>(drawn.counted, 1));
        share.backward();
        loss = loss.defined() ? loss + share.detach() : share.detach();
    }
    const torch::NoGradGuard no_grad;
    const torch::Tensor norm = model.bank->gradient_norm();
    const torch::Tensor finite = torch::isfinite(norm).logical_and(torch::isfinite(loss));
    const torch::Tensor scale = clip > 0 ? (clip / (norm + 1e-6)).clamp_max(1.0) : torch::ones_like(norm);
    if (watch.wants_layers(next) || watch.wants_histograms(next)) watch.before_update(next);
    ready_.optimizer->step({lr, scale, finite});
    model.objective->after_update(*model.backbone);
    return {torch::stack({loss, norm}), drawn.tokens};
}

}  // namespace gw
