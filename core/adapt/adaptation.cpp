#include "adapt/adaptation.h"

#include <algorithm>
#include <cmath>

#include "adapt/weight_names.h"

namespace gw {

namespace {

/// Whether a name is one of these or begins with one and a dot.
bool begins_with_any(const std::string& name, const std::vector<std::string>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](const std::string& beginning) {
        return name == beginning || name.starts_with(beginning + ".");
    });
}

}  // namespace

Adaptation::Adaptation(const CheckpointStart& start, const ParameterBank& bank, const Place& place, double steps)
    : start_(start), head_steps_(start.head_steps(steps)) {
    std::int64_t highest = 0;
    for (const auto& entry : bank.entries()) {
        const bool head = !entry.name.starts_with(backbone_prefix);
        const std::string inner = head ? entry.name : entry.name.substr(backbone_prefix.size());
        Stand& stand = stands_[entry.name];
        stand.layer = head ? LayerPlace::last : place(inner).layer;
        stand.adapter = is_adapter(inner);
        stand.norm_or_bias = entry.shape.size() < 2;
        stand.frozen = begins_with_any(inner, start.frozen) || begins_with_any(entry.name, start.frozen);
        has_head_ = has_head_ || head;
        if (stand.layer != LayerPlace::last) highest = std::max(highest, stand.layer);
    }
    layers_ = highest + 1;
    for (auto& [name, stand] : stands_)
        stand.layer = !name.starts_with(backbone_prefix) ? layers_ : std::min(stand.layer, highest);
}

std::int64_t Adaptation::first_step(std::int64_t layer) const {
    if (layer == layers_) return 0;
    return head_steps_ + (layers_ - 1 - layer) * start_->unfreeze_every +
           (start_->unfreeze_every > 0 && head_steps_ == 0 && has_head_ ? start_->unfreeze_every : 0);
}

ParameterBank::Pace Adaptation::pace(const std::string& name, std::int64_t step) const {
    if (!start_) return {1, fresh_from_};
    const Stand& stand = stands_.at(name);
    const std::int64_t layer = stand.layer;
    const bool head = layer == layers_;
    if (stand.frozen) return {0, 0};
    if (!head) {
        if (start_->train == "head") return {0, 0};
        if (start_->train == "lora" && !stand.adapter && !(start_->train_norms && stand.norm_or_bias)) return {0, 0};
        if (start_->train == "last" && layer < layers_ - start_->last) return {0, 0};
    }
    const std::int64_t first = first_step(layer);
    if (step < first) return {0, 0};
    const double depth = static_cast<double>(std::max<std::int64_t>(layers_ - 1 - layer, 0));
    // Alone it goes by the rate of that part.
    const bool alone = step < head_steps_ && start_->head_first_rate > 0;
    const double rate = !head ? std::pow(start_->layer_decay, depth) : alone ? 1 : start_->head_rate;
    return {rate, std::max(first, fresh_from_)};
}

bool Adaptation::apply(ParameterBank& bank, std::int64_t step) {
    std::int64_t open = 0;
    if (start_)
        for (std::int64_t layer = 0; layer <= layers_; ++layer) open += step >= first_step(layer) ? 1 : 0;
    if (open == open_) return false;
    open_ = open;
    bank.set_paces([&](const ParameterBank::Entry& entry) { return pace(entry.name, step); });
    return true;
}

}  // namespace gw
