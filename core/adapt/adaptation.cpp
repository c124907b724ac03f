#include "adapt/adaptation.h"

#include <algorithm>
#include <cmath>

namespace gw {

namespace {

constexpr std::string_view backbone_prefix = "backbone.", block_prefix = "backbone.blocks.";

/// Number of the block that a name lies in, or -1.
std::int64_t block_of(const std::string& name) {
    return name.starts_with(block_prefix) ? std::strtoll(name.c_str() + block_prefix.size(), nullptr, 10) : -1;
}

bool is_adapter(const std::string& name) {
    return name.ends_with("lora_a") || name.ends_with("lora_b");
}

bool is_norm_or_bias(const std::string& name) {
    return name.ends_with(".bias") || name.find(".norm") != std::string::npos;
}

}  // namespace

std::int64_t head_steps(const CheckpointStart& start, double steps) {
    return start.train == "head" ? 0 : std::llround(start.head_first * steps);
}

Adaptation::Adaptation(const CheckpointStart& start, const ParameterBank& bank, double steps)
    : start_(start), head_steps_(head_steps(start, steps)) {
    std::int64_t blocks = 0;
    for (const auto& entry : bank.entries()) {
        blocks = std::max(blocks, block_of(entry.name) + 1);
        has_head_ = has_head_ || !entry.name.starts_with(backbone_prefix);
    }
    layers_ = blocks + 1;
}

std::int64_t Adaptation::layer_of(const std::string& name) const {
    if (!name.starts_with(backbone_prefix)) return layers_;
    if (const std::int64_t block = block_of(name); block >= 0) return block + 1;
    return name.starts_with("backbone.norm") ? layers_ - 1 : 0;
}

bool Adaptation::frozen(const std::string& name) const {
    const std::string inner = name.starts_with(backbone_prefix) ? name.substr(backbone_prefix.size()) : name;
    for (const std::string& beginning : start_->frozen)
        if (inner == beginning || inner.starts_with(beginning + ".") || name == beginning ||
            name.starts_with(beginning + "."))
            return true;
    return false;
}

std::int64_t Adaptation::first_step(std::int64_t layer) const {
    if (layer == layers_) return 0;
    return head_steps_ + (layers_ - 1 - layer) * start_->unfreeze_every +
           (start_->unfreeze_every > 0 && head_steps_ == 0 && has_head_ ? start_->unfreeze_every : 0);
}

ParameterBank::Pace Adaptation::pace(const std::string& name, std::int64_t step) const {
    if (!start_) return {1, fresh_from_};
    const std::int64_t layer = layer_of(name);
    const bool head = layer == layers_;
    if (frozen(name)) return {0, 0};
    if (!head) {
        if (start_->train == "head") return {0, 0};
        if (start_->train == "lora" && !is_adapter(name) && !(start_->train_norms && is_norm_or_bias(name)))
            return {0, 0};
        if (start_->train == "last" && layer < layers_ - start_->last) return {0, 0};
    }
    const std::int64_t first = first_step(layer);
    if (step < first) return {0, 0};
    const double depth = static_cast<double>(std::max<std::int64_t>(layers_ - 1 - layer, 0));
    const double rate = head ? start_->head_rate : std::pow(start_->layer_decay, depth);
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
