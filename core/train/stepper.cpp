#include "train/stepper.h"

#include <torch/torch.h>

#include <numeric>

#include "util/rng.h"

namespace gw {

namespace {

/// While a player has its turn, the weights of the others ask for no gradient.
void only(const std::vector<Player>& players, std::size_t turn) {
    if (players.size() == 1) return;
    for (std::size_t i = 0; i < players.size(); ++i)
        for (const ParameterBank::Entry& entry : players[i].bank->entries())
            torch::Tensor(entry.parameter).requires_grad_(i == turn && entry.trained >= 0);
}

}  // namespace

Stepper::Stepper(const TrainingSettings& training, PreparedRun& ready, World& world)
    : training_(training),
      ready_(ready),
      world_(world),
      seed_(static_cast<std::uint64_t>(training.seed)),
      dropout_(ready.compute.device) {}

Stepper::Drawn Stepper::draw(const Standing& at) const {
    Drawn out;
    bool full = true;
    for (std::int64_t micro = 0; micro < training_.accumulation; ++micro) {
        const std::int64_t place = micro * world_.size() + world_.rank();
        const std::uint64_t seed = mix64(seed_, static_cast<std::uint64_t>(at.step), static_cast<std::uint64_t>(place));
        const HostBatch rows =
            ready_.source->batch(at.next_sample + place * training_.micro_batch, training_.micro_batch);
        // A picture counts as one, whatever the length of its caption.
        full = full && (rows.lengths.empty() || rows.arrays.contains(array::image));
        out.tokens += std::accumulate(rows.lengths.begin(), rows.lengths.end(), std::int64_t{0});
        out.batches.push_back(ready_.model.objective->feed(rows, seed));
        out.counts.counted += out.batches.back().counted;
        out.counts.rows += rows.rows;
    }
    add_up(out, full);
    return out;
}

/// Over the processes.
void Stepper::add_up(Drawn& drawn, bool full) const {
    if (!world_.alone()) {
        torch::Tensor all = torch::tensor({drawn.counts.counted, drawn.counts.rows, drawn.tokens}, torch::kInt64);
        world_.sum(all);
        drawn.counts = {all[0].item<std::int64_t>(), all[1].item<std::int64_t>()};
        drawn.tokens = all[2].item<std::int64_t>();
    }
    if (full) drawn.tokens = ready_.budget.tokens_per_step();
}

Stepper::Taken Stepper::step(const Standing& at, const Wish& wish, LayerWatch& watch) {
    const Drawn drawn = draw(at);
    Model& model = ready_.model;
    ready_.adaptation.apply(*model.bank, at.step);
    const std::uint64_t dropout_seed = mix64(seed_, static_cast<std::uint64_t>(at.step));
    const auto rank = static_cast<std::uint64_t>(world_.rank());
    dropout_.seed(rank == 0 ? dropout_seed : mix64(dropout_seed, rank));
    Pass pass = dropout_.of(model.pass(/*training=*/true));
    Taken taken;
    taken.tokens = drawn.tokens;
    for (std::size_t number = 0; number < ready_.players.size(); ++number)
        for (std::int64_t k = 0; k < ready_.players[number].turns; ++k)
            turn(number, drawn, at, wish, watch, pass, taken.figures);
    only(ready_.players, 0);
    const torch::NoGradGuard no_grad;
    model.objective->after_update(*model.backbone);
    return taken;
}

/// One update of one player. Its figures take the place of those of its turn before.
void Stepper::turn(std::size_t number, const Drawn& drawn, const Standing& at, const Wish& wish, LayerWatch& watch,
                   Pass& pass, StepFigures& figures) {
    Player& player = ready_.players[number];
    Model& model = ready_.model;
    const std::int64_t next = at.step + 1;
    const bool watched = number == 0;
    only(ready_.players, number);
    player.bank->zero_gradients();
    torch::Tensor loss;
    std::vector<std::pair<std::string, torch::Tensor>> parts;
    for (const Batch& on_cpu : drawn.batches) {
        pass.observe = {};
        if (watched && watch.wants_histograms(next) && &on_cpu == &drawn.batches.back()) watch.observe(pass, next);
        const LossParts found =
            model.objective->loss_of(number, *model.backbone, on_cpu.to(ready_.compute.device), pass);
        const torch::Tensor share = minimised(found, drawn.counts);
        share.backward();
        loss = loss.defined() ? loss + share.detach() : share.detach();
        if (found.size() < 2) continue;
        parts.resize(found.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            const torch::Tensor mean = share_of(found[i], drawn.counts).detach();
            parts[i] = {found[i].name, parts[i].second.defined() ? parts[i].second + mean : mean};
        }
    }
    if (!world_.alone()) {
        world_.sum(player.bank->gradients());
        world_.sum(loss);
        for (auto& [name, value] : parts) world_.sum(value);
    }
    // Its gradients count for norm and clipping. It may run a forward and a backward pass of its own.
    if (watched && ready_.holding) ready_.holding->before_update(*player.bank);
    const torch::NoGradGuard no_grad;
    const torch::Tensor norm = player.bank->gradient_norm();
    const torch::Tensor finite = torch::isfinite(norm).logical_and(torch::isfinite(loss));
    const torch::Tensor scale = wish.clip > 0 ? (wish.clip / (norm + 1e-6)).clamp_max(1.0) : torch::ones_like(norm);
    if (watched && (watch.wants_layers(next) || watch.wants_histograms(next))) watch.before_update(next);
    const double lr = wish.rate_scale * (watched ? player.lr(ready_.adaptation.schedule(at.step, wish.expected_steps))
                                                 : player.lr(at.step, wish.expected_steps));
    player.optimizer->step({lr, scale, finite});
    if (watched && ready_.holding) ready_.holding->after_update(*player.bank);
    figures.set(player.figure("loss"), loss);
    figures.set(player.figure("grad_norm"), norm);
    for (const auto& [name, value] : parts) figures.set(player.figure(name), value);
    if (watched) figures.lr = lr;
}

}  // namespace gw
