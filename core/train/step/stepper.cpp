#include "train/step/stepper.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "train/step/look_parts.h"
#include "util/rng.h"

namespace gw {

namespace {

/// Takes its weight for the largest number there is while it lives.
class Spoilt {
  public:
    Spoilt(const ParameterBank& bank, const std::map<std::int64_t, std::string>& steps, std::int64_t step) {
        const auto named = steps.find(step);
        if (named == steps.end()) return;
        const torch::NoGradGuard no_grad;
        for (const ParameterBank::Entry& entry : bank.entries())
            if (entry.name == named->second) {
                weight_ = entry.parameter.detach();
                before_ = weight_.clone();
                weight_.fill_(std::numeric_limits<float>::max());
            }
    }
    Spoilt(const Spoilt&) = delete;
    Spoilt& operator=(const Spoilt&) = delete;
    ~Spoilt() {
        const torch::NoGradGuard no_grad;
        if (weight_.defined()) weight_.copy_(before_);
    }

  private:
    torch::Tensor weight_, before_;
};

/// Puts what the model remembers besides its weights back when it goes.
class Remembered {
  public:
    explicit Remembered(const Model& model) {
        for (const Buffers& buffers : {model.backbone->buffers(), model.objective->buffers()})
            for (const Buffer& buffer : buffers)
                if (buffer.state) kept_.emplace_back(buffer.tensor, buffer.tensor.clone());
        for (const Parameters& more : {model.held, resting_heads(model.others)})
            for (const Parameter& one : more) kept_.emplace_back(one.tensor, one.tensor.clone());
    }
    Remembered(const Remembered&) = delete;
    Remembered& operator=(const Remembered&) = delete;
    ~Remembered() {
        const torch::NoGradGuard no_grad;
        for (auto& [tensor, before] : kept_) tensor.copy_(before);
    }

  private:
    std::vector<std::pair<torch::Tensor, torch::Tensor>> kept_;
};

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
      dropout_(ready.compute.device) {
    if (ready.source) lanes_ = Lanes::of(ready.model, samples_per_step(), ready.source->rows_per_epoch());
}

Stepper::Drawn Stepper::draw(const Standing& at) const {
    Drawn out;
    bool full = true;
    const auto asked = RunClock::Clock::now();
    for (std::int64_t micro = 0; micro < ready_.cut.number; ++micro) {
        const std::int64_t place = micro * world_.size() + world_.rank();
        const std::uint64_t seed = mix64(seed_, static_cast<std::uint64_t>(at.step), static_cast<std::uint64_t>(place));
        const HostBatch rows = ready_.source->batch(at.next_sample + place * ready_.cut.rows, ready_.cut.rows);
        // A picture counts as one, whatever the length of its caption.
        full = full && (rows.lengths.empty() || rows.arrays.contains(array::image));
        out.tokens += std::accumulate(rows.lengths.begin(), rows.lengths.end(), std::int64_t{0});
        out.batches.push_back(ready_.model.objective->feed(rows, seed));
        if (lanes_) lanes_->show(out.batches.back(), place * ready_.cut.rows);
        out.counts.counted += out.batches.back().counted;
        out.counts.rows += rows.rows;
    }
    out.waited = RunClock::since(asked);
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

std::uint64_t Stepper::dropout_seed(const Standing& at) const {
    const std::uint64_t seed = mix64(seed_, static_cast<std::uint64_t>(at.step));
    const auto rank = static_cast<std::uint64_t>(world_.rank());
    return rank == 0 ? seed : mix64(seed, rank);
}

/// Names the masks of the rows that go through the model in groups: `again` = turns of the player before in this step.
std::uint64_t Stepper::mask_seed(const Standing& at, std::uint64_t micro, std::uint64_t player,
                                 std::int64_t again) const {
    const std::uint64_t seed = mix64(dropout_seed(at), micro, player);
    return again == 0 ? seed : mix64(seed, static_cast<std::uint64_t>(again));
}

/// Names the noise that is added to gradients: the same with every process.
std::uint64_t Stepper::noise_seed(const Standing& at, std::uint64_t player, std::int64_t again) const {
    constexpr std::uint64_t of_noise = 0x6e6f697365;
    return mix64(seed_, static_cast<std::uint64_t>(at.step), of_noise, player, static_cast<std::uint64_t>(again));
}

/// The pass of the step after `at`, whose dropout is named by it.
Pass Stepper::begin(const Standing& at) {
    dropout_.seed(dropout_seed(at));
    Pass pass = dropout_.of(ready_.model.pass(/*training=*/true));
    pass.recompute = training_.recompute == "on"    ? Recompute::on
                     : training_.recompute == "off" ? Recompute::off
                                                    : Recompute::automatic;
    return pass;
}

Stepper::Taken Stepper::step(const Standing& at, const Wish& wish, LayerWatch& watch) {
    if (lanes_) lanes_->begin(at);
    const Drawn drawn = draw(at);
    Model& model = ready_.model;
    ready_.adaptation.apply(*model.bank, at.step);
    Pass pass = begin(at);
    Taken taken;
    taken.tokens = drawn.tokens;
    taken.figures.before = at;
    taken.figures.waited = drawn.waited;
    taken.figures.rate_scale = wish.rate_scale;
    taken.figures.clip = wish.clip;
    taken.figures.limit = wish.most_loss;
    for (std::size_t number = 0; number < ready_.players.size(); ++number)
        for (std::int64_t k = 0; k < ready_.players[number].turns; ++k)
            turn(number, k, drawn, at, wish, watch, pass, taken.figures);
    only(ready_.players, 0);
    const torch::NoGradGuard no_grad;
    model.objective->after_update(*model.backbone);
    if (lanes_) lanes_->end(at, world_);
    for (Player& player : ready_.players)
        if (player.average) player.average->follow(at.step + 1, static_cast<double>(at.step + 1) / wish.expected_steps);
    updating_ = false;
    return taken;
}

bool Stepper::in_slots(const Drawn& drawn) const {
    const Model& model = ready_.model;
    return ready_.compute.device.is_cpu() &&
           std::all_of(drawn.batches.begin(), drawn.batches.end(),
                       [&](const Batch& batch) { return RowSlots::fit(*model.backbone, *model.objective, batch); });
}

/// Forward and backward in slots: the way of a processor. What is watched besides takes a pass of its own, so that what
/// is trained is the same to the bit whether anybody looks.
Stepper::Summed Stepper::by_slots(std::size_t number, std::int64_t again, const Drawn& drawn, const Standing& at,
                                  LayerWatch& watch, const Pass& pass) {
    Model& model = ready_.model;
    slots_.resize(ready_.players.size());
    RowSlots& slots = slots_[number];
    slots.begin(*ready_.players[number].bank);
    Summed out;
    const bool shown = number == 0 && watch.wants_histograms(at.step + 1);
    for (const Batch& batch : drawn.batches) {
        const auto micro = static_cast<std::size_t>(&batch - drawn.batches.data());
        tell_micro_batch({at.step, static_cast<std::int64_t>(micro), ready_.cut.rows});
        if (shown && micro + 1 == drawn.batches.size()) {
            const torch::NoGradGuard no_grad;
            Pass seen = pass;
            watch.observe(seen, at.step + 1);
            (void)model.objective->loss_of(number, *model.backbone, batch, seen);
        }
        RowSlots::Shares found =
            slots.add(*model.backbone, *model.objective, batch, pass,
                      {number, drawn.counts, mask_seed(at, micro, number, again), ready_.flops_per_unit});
        out.add(std::move(found.loss), found.parts);
    }
    out.norm = slots.finish();
    return out;
}

/// Forward and backward of whole micro-batches: the way of a GPU, of losses that hold rows against each other, and of
/// models that remember what went through them.
Stepper::Summed Stepper::at_once(std::size_t number, const Drawn& drawn, const Standing& at, LayerWatch& watch,
                                 Pass& pass) {
    Model& model = ready_.model;
    ready_.players[number].bank->zero_gradients();
    Summed out;
    for (const Batch& on_cpu : drawn.batches) {
        tell_micro_batch({at.step, &on_cpu - drawn.batches.data(), ready_.cut.rows});
        pass.observe = {};
        if (number == 0 && watch.wants_histograms(at.step + 1) && &on_cpu == &drawn.batches.back())
            watch.observe(pass, at.step + 1);
        const LossParts found =
            model.objective->loss_of(number, *model.backbone, on_cpu.to(ready_.compute.device), pass);
        const torch::Tensor share = minimised(found, drawn.counts);
        share.backward();
        std::vector<std::pair<std::string, torch::Tensor>> parts;
        if (found.size() > 1)
            for (const LossPart& part : found) parts.emplace_back(part.name, share_of(part, drawn.counts).detach());
        out.add(share.detach(), parts);
    }
    return out;
}

void Stepper::Summed::add(torch::Tensor share, const std::vector<std::pair<std::string, torch::Tensor>>& more) {
    loss = loss.defined() ? loss + share : std::move(share);
    parts.resize(more.size());
    for (std::size_t i = 0; i < more.size(); ++i) {
        const auto& [name, value] = more[i];
        parts[i] = {name, parts[i].second.defined() ? parts[i].second + value : value};
    }
}

/// One update of one player. Its figures take the place of those of its turn before.
void Stepper::turn(std::size_t number, std::int64_t again, const Drawn& drawn, const Standing& at, const Wish& wish,
                   LayerWatch& watch, Pass& pass, StepFigures& figures) {
    Player& player = ready_.players[number];
    const std::int64_t next = at.step + 1;
    const bool watched = number == 0;
    only(ready_.players, number);
    std::optional<Spoilt> spoilt(std::in_place, *player.bank, spoilt_, next);
    Summed summed =
        in_slots(drawn) ? by_slots(number, again, drawn, at, watch, pass) : at_once(number, drawn, at, watch, pass);
    torch::Tensor& loss = summed.loss;
    auto& parts = summed.parts;
    spoilt.reset();
    if (!world_.alone()) {
        world_.sum(player.bank->gradients());
        world_.sum(loss);
        for (auto& [name, value] : parts) world_.sum(value);
    }
    // Its gradients count for norm and clipping. It may run a forward and a backward pass of its own.
    const bool holds = watched && ready_.holding;
    if (holds) ready_.holding->before_update(*player.bank);
    const torch::NoGradGuard no_grad;
    player.regularisation.before_update(*player.bank, at.step, noise_seed(at, number, again));
    const bool known = summed.norm.defined() && world_.alone() && !holds && !player.regularisation.changes_gradients();
    const torch::Tensor norm = known ? summed.norm : player.bank->gradient_norm();
    torch::Tensor finite = torch::isfinite(norm).logical_and(torch::isfinite(loss));
    if (watched && std::isfinite(wish.most_loss)) finite = finite.logical_and(loss.le(wish.most_loss));
    finite = all_finite(finite);
    const torch::Tensor scale = wish.clip > 0 ? (wish.clip / (norm + 1e-6)).clamp_max(1.0) : torch::ones_like(norm);
    if (watched && (watch.wants_layers(next) || watch.wants_histograms(next))) watch.before_update(next);
    const double lr = wish.rate_scale * (watched ? player.lr(ready_.adaptation.schedule(at.step, wish.expected_steps))
                                                 : player.lr(at.step, wish.expected_steps));
    updating_ = true;
    player.optimizer->step({lr, scale, finite});
    player.regularisation.after_update(*player.bank);
    if (watched && ready_.holding) ready_.holding->after_update(*player.bank);
    figures.set(player.figure("loss"), loss);
    figures.set(player.figure("grad_norm"), norm);
    for (const auto& [name, value] : parts) figures.set(player.figure(name), value);
    figures.applied = figures.applied.defined() ? figures.applied.logical_and(finite) : finite;
    if (watched) figures.lr = lr;
}

/// Whether it is so with every process.
torch::Tensor Stepper::all_finite(torch::Tensor here) const {
    if (world_.alone()) return here;
    torch::Tensor count = here.to(torch::kInt64);
    world_.sum(count);
    return count.eq(world_.size());
}

std::vector<std::int64_t> Stepper::places(const Standing& at) const {
    std::vector<std::int64_t> out;
    for (std::int64_t micro = 0; micro < ready_.cut.number; ++micro) {
        const std::int64_t place = micro * world_.size() + world_.rank();
        const HostBatch rows = ready_.source->batch(at.next_sample + place * ready_.cut.rows, ready_.cut.rows);
        out.insert(out.end(), rows.places.begin(), rows.places.end());
    }
    return out;
}

StepLook Stepper::look(const Standing& at) {
    if (lanes_) lanes_->begin(at);
    const Drawn drawn = draw(at);
    Model& model = ready_.model;
    const Remembered as_before(model);
    const Pass pass = begin(at);
    StepLook out;
    for (std::size_t number = 0; number < ready_.players.size(); ++number) look_at_turn(number, drawn, pass, at, out);
    only(ready_.players, 0);
    const torch::NoGradGuard no_grad;
    for (Player& player : ready_.players) player.bank->zero_gradients();
    model.objective->after_update(*model.backbone);  // takes away what the passes left with the objective
    first_of_all(out, world_);
    return out;
}

void Stepper::look_at_turn(std::size_t number, const Drawn& drawn, const Pass& pass, const Standing& at,
                           StepLook& out) {
    Player& player = ready_.players[number];
    Model& model = ready_.model;
    only(ready_.players, number);
    player.bank->zero_gradients();
    StepLook::Turn& turn = out.turns.emplace_back();
    turn.player = player.name;
    look_at_weights(*player.bank, turn, out.fault);
    std::optional<Spoilt> spoilt(std::in_place, *player.bank, spoilt_, at.step + 1);
    const bool cut = in_slots(drawn);
    std::int64_t micro = 0;
    const auto through = [&](const Batch& rows, Pass seen, std::int64_t first) {
        seen.observe = [&](const std::string& name, const torch::Tensor& values) {
            const bool known = out.fault.has_value();
            look_at_output(name, values, micro, turn, out.fault);
            if (!known && out.fault && out.fault->row >= 0) out.fault->row += first;
        };
        const LossParts found = model.objective->loss_of(number, *model.backbone, rows, seen);
        for (const LossPart& part : found) look_at_loss(part.name, part.sum, micro, turn, out.fault);
        const torch::Tensor share = minimised(found, drawn.counts);
        turn.loss += share.item<double>();
        share.backward();
    };
    for (const Batch& on_cpu : drawn.batches) {
        if (!cut) {
            through(on_cpu.to(ready_.compute.device), pass, 0);
        } else {
            // In the groups of by_slots(), which have masks of their own.
            const std::uint64_t seed = mask_seed(at, static_cast<std::uint64_t>(micro), number, 0);
            for (const auto& slot :
                 RowSlots::groups(on_cpu, ready_.flops_per_unit, *player.bank, model.backbone->shares_work(pass)))
                for (const RowRange& group : slot) {
                    const Batch rows = on_cpu.rows(group.first, group.count);
                    if (rows.counted == 0 && on_cpu[array::targets].defined()) continue;
                    through(rows, RowSlots::pass_of(pass, seed, group), group.first);
                }
        }
        ++micro;
    }
    spoilt.reset();
    if (number == 0 && ready_.holding) ready_.holding->before_update(*player.bank);
    player.regularisation.before_update(*player.bank, at.step, noise_seed(at, number, 0));
    look_at_gradients(*player.bank, turn, out.fault);
}

}  // namespace gw
