#include "train/step/row_slots.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ThreadLocalState.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "util/rng.h"
#include "util/task_pool.h"

namespace gw {

bool RowSlots::fit(Backbone& net, const Objective& objective, const Batch& batch) {
    if (!objective.adds_up() || batch.row_count() < 2 || batch.counted == 0) return false;
    for (const Buffers& buffers : {net.buffers(), objective.buffers()})
        for (const Buffer& buffer : buffers)
            if (buffer.state) return false;
    return true;
}

std::vector<std::vector<RowRange>> RowSlots::groups(const Batch& batch, double flops_a_token, const ParameterBank& bank,
                                                    bool shares_work) {
    const torch::Tensor tokens = batch[array::tokens];
    const std::int64_t length = tokens.defined() && tokens.dim() > 1 ? tokens.size(1) : 1;
    return cut_rows(
        {batch.row_count(), length, flops_a_token * static_cast<double>(length), bank.trainable(), shares_work});
}

Pass RowSlots::pass_of(const Pass& pass, std::uint64_t seed, const RowRange& group) {
    Pass own = pass;
    if (own.generator)
        own.generator = at::make_generator<at::CPUGeneratorImpl>(mix64(seed, static_cast<std::uint64_t>(group.first)));
    return own;
}

/// Of a slot's rows, summed up in their order.
struct RowSlots::Found {
    double loss = 0;
    std::vector<std::pair<std::string, double>> parts;
};

void RowSlots::begin(ParameterBank& bank) {
    if (bank_ != &bank || layout_ != bank.layout()) {
        bank_ = &bank;
        layout_ = bank.layout();
        slots_.clear();
        weights_.clear();
        for (const ParameterBank::Entry& entry : bank.entries())
            if (entry.trained >= 0) weights_.push_back(entry.parameter);
    }
    for (Slot& slot : slots_) slot.used = false;
}

void RowSlots::make_room(std::size_t slots) {
    while (slots_.size() < slots) {
        Slot& slot = slots_.emplace_back();
        slot.gradients = slots_.size() == 1 ? bank_->gradients() : torch::empty_like(bank_->gradients());
        for (const ParameterBank::Entry& entry : bank_->entries()) {
            if (entry.trained < 0) continue;
            slot.views.push_back(bank_->trained_view(slot.gradients, entry));
            slot.sink.set(entry.parameter, slot.views.back().data_ptr<float>());
        }
    }
}

void RowSlots::run_group(Slot& slot, Backbone& net, const Objective& objective, const Batch& rows, const Pass& pass,
                         const Asked& asked, Found& found) const {
    const LossParts parts = objective.loss_of(asked.player, net, rows, pass);
    const torch::Tensor share = minimised(parts, asked.counts);
    const std::vector<torch::Tensor> gradients =
        torch::autograd::grad({share}, weights_, {}, /*retain_graph=*/{}, /*create_graph=*/false,
                              /*allow_unused=*/true);
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < gradients.size(); ++i)
        if (gradients[i].defined()) slot.views[i].add_(gradients[i]);
    found.loss += share.item<double>();
    if (parts.size() < 2) return;
    found.parts.resize(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        found.parts[i].first = parts[i].name;
        found.parts[i].second += share_of(parts[i], asked.counts).item<double>();
    }
}

RowSlots::Shares RowSlots::add(Backbone& net, const Objective& objective, const Batch& batch, const Pass& pass,
                               const Asked& asked) {
    const auto cut = groups(batch, asked.flops_a_token, *bank_, net.shares_work(pass));
    make_room(cut.size());
    std::vector<Found> found(cut.size());
    const bool by_targets = batch[array::targets].defined();
    const at::ThreadLocalState callers;
    // A slot that is alone has a piece beside it that does nothing: else it would be called with all threads for the
    // operations of LibTorch, whose sums may depend on how many there are.
    const auto pieces = std::max<std::int64_t>(2, static_cast<std::int64_t>(cut.size()));
    TaskPool::shared().run(pieces, [&](std::int64_t number) {
        const at::ThreadLocalStateGuard as_the_caller(callers);
        const torch::AutoGradMode with_gradients(true);
        const auto at = static_cast<std::size_t>(number);
        if (at >= cut.size()) return;
        Slot& slot = slots_[at];
        const GradientSink::Use use(slot.sink);
        if (!slot.used) slot.gradients.zero_();
        slot.used = true;
        for (const RowRange& range : cut[at]) {
            const Batch rows = batch.rows(range.first, range.count);
            if (by_targets && rows.counted == 0) continue;  // nothing is asked of them
            run_group(slot, net, objective, rows, pass_of(pass, asked.seed, range), asked, found[at]);
        }
    });
    Found all;
    for (const Found& slot : found) {
        all.loss += slot.loss;
        if (all.parts.empty())
            all.parts = slot.parts;
        else
            for (std::size_t i = 0; i < slot.parts.size(); ++i) all.parts[i].second += slot.parts[i].second;
    }
    Shares out{torch::scalar_tensor(all.loss, torch::kFloat32), {}};
    for (const auto& [name, value] : all.parts)
        out.parts.emplace_back(name, torch::scalar_tensor(value, torch::kFloat32));
    return out;
}

torch::Tensor RowSlots::finish() {
    std::vector<const float*> others;
    for (std::size_t i = 1; i < slots_.size(); ++i)
        if (slots_[i].used) others.push_back(slots_[i].gradients.data_ptr<float>());
    return others.empty() ? bank_->gradient_norm() : bank_->add_up_gradients(others);
}

}  // namespace gw
