#include "train/guard/good_state.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "train/tasks/rehearsal.h"

namespace gw {

namespace {

/// All that a model keeps besides trained weights.
std::vector<torch::Tensor> remembered_by(const Model& model) {
    std::vector<torch::Tensor> out;
    for (const Buffers& buffers : {model.backbone->buffers(), model.objective->buffers()})
        for (const Buffer& buffer : buffers)
            if (buffer.state) out.push_back(buffer.tensor);
    for (const Parameter& held : model.held) out.push_back(held.tensor);
    for (const Parameter& resting : resting_heads(model.others)) out.push_back(resting.tensor);
    return out;
}

/// In memory of its own, whatever the device.
torch::Tensor on_host(const torch::Tensor& values) {
    return values.detach().to(torch::kCPU, /*non_blocking=*/false, /*copy=*/true);
}

}  // namespace

void GoodState::keep(PreparedRun& ready, const Standing& at) {
    const torch::NoGradGuard no_grad;
    for (const Player& player : ready.players)
        if (!torch::isfinite(player.bank->weights()).all().item<bool>()) return;
    ready.adaptation.apply(*ready.model.bank, at.step);  // as the next step does
    players_.clear();
    for (Player& player : ready.players) {
        Of& kept = players_.emplace_back();
        kept.weights = on_host(player.bank->weights());
        for (const auto& [name, values] : player.optimizer->state()) kept.optimizer.push_back(on_host(values));
        kept.updates = player.optimizer->updates();
        if (player.average) kept.average = on_host(player.average->aside()), kept.averaged = player.average->taken();
    }
    remembered_.clear();
    for (const torch::Tensor& values : remembered_by(ready.model)) remembered_.push_back(on_host(values));
    at_ = at;
}

void GoodState::give_back(PreparedRun& ready) const {
    const torch::NoGradGuard no_grad;
    ready.adaptation.apply(*ready.model.bank, at_->step);
    for (std::size_t i = 0; i < ready.players.size(); ++i) {
        Player& player = ready.players[i];
        player.bank->weights().copy_(players_[i].weights);
        std::size_t place = 0;
        for (auto& [name, values] : player.optimizer->state()) values.copy_(players_[i].optimizer[place++]);
        player.optimizer->set_updates(players_[i].updates);
        if (!player.average) continue;
        player.average->aside().copy_(players_[i].average);
        player.average->set_taken(players_[i].averaged);
    }
    // What other tasks are shown is named by how often they were: it goes on, or the same rows would come again.
    std::optional<torch::Tensor> shown;
    for (const Parameter& held : ready.model.held)
        if (held.name == shown_so_far) shown = held.tensor.clone();
    std::size_t place = 0;
    for (torch::Tensor values : remembered_by(ready.model)) values.copy_(remembered_[place++]);
    for (Parameter& held : ready.model.held)
        if (held.name == shown_so_far && shown) held.tensor.copy_(*shown);
}

}  // namespace gw
