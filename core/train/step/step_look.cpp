#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "model/layer_place.h"
#include "train/message/event_texts.h"
#include "train/step/look_parts.h"

namespace gw {

namespace {

using Fault = StepLook::Fault;

bool all_are_finite(const torch::Tensor& values) {
    return torch::isfinite(values).all().item<bool>();
}

/// The first row, along the first axis, that is not finite throughout.
std::int64_t first_bad_row(const torch::Tensor& values) {
    if (values.dim() == 0) return -1;
    const torch::Tensor bad = torch::isfinite(values).reshape({values.size(0), -1}).all(1).logical_not();
    return bad.any().item<bool>() ? bad.to(torch::kInt64).argmax().item<std::int64_t>() : -1;
}

/// The layer of that name, entered where it is new.
StepLook::Layer& entry_of_layer(std::vector<StepLook::Layer>& layers, const std::string& name) {
    const auto known = std::find_if(layers.begin(), layers.end(), [&](const auto& one) { return one.name == name; });
    return known != layers.end() ? *known : layers.emplace_back(StepLook::Layer{name, 0, true});
}

/// What meets the gradient first comes first: the head, then the layers from the last to the first.
std::vector<const ParameterBank::Entry*> backwards(const ParameterBank& bank) {
    const std::string trunk = "backbone.";
    auto depth = [&](const ParameterBank::Entry& entry) {
        return entry.name.starts_with(trunk) ? place_by_block(entry.name.substr(trunk.size())).layer : LayerPlace::last;
    };
    auto of_trunk = [&](const ParameterBank::Entry& entry) { return entry.name.starts_with(trunk); };
    std::vector<const ParameterBank::Entry*> out;
    for (const ParameterBank::Entry& entry : bank.entries())
        if (entry.trained >= 0) out.push_back(&entry);
    std::stable_sort(out.begin(), out.end(), [&](const auto* a, const auto* b) {
        if (of_trunk(*a) != of_trunk(*b)) return of_trunk(*b);
        return depth(*a) > depth(*b);
    });
    return out;
}

}  // namespace

Phrase fault_phrase(const StepLook::Fault& fault) {
    switch (fault.in) {
        case Fault::In::weight:
            return {say::bad_weight, {fault.name}};
        case Fault::In::output:
            return {say::bad_output, {fault.name}};
        case Fault::In::loss:
            return {say::bad_loss, {fault.name}};
        case Fault::In::gradient:
            break;
    }
    return {say::bad_gradient, {fault.name}};
}

void look_at_weights(const ParameterBank& bank, StepLook::Turn&, std::optional<Fault>& fault) {
    for (const ParameterBank::Entry& entry : bank.entries())
        if (!fault && !all_are_finite(entry.parameter)) fault = Fault{Fault::In::weight, entry.name, -1, -1, 0};
}

void look_at_output(const std::string& name, const torch::Tensor& values, std::int64_t micro, StepLook::Turn& turn,
                    std::optional<Fault>& fault) {
    const torch::NoGradGuard no_grad;
    StepLook::Layer& layer = entry_of_layer(turn.outputs, name);
    const torch::Tensor seen = values.detach().to(torch::kFloat32);
    const torch::Tensor finite = seen.masked_select(torch::isfinite(seen)).to(torch::kFloat64);
    if (finite.numel() > 0) layer.size = std::max(layer.size, std::sqrt(finite.square().mean().item<double>()));
    if (finite.numel() == seen.numel()) return;
    layer.finite = false;
    if (!fault) fault = Fault{Fault::In::output, name, micro, first_bad_row(seen), 0};
}

void look_at_loss(const std::string& name, const torch::Tensor& sum, std::int64_t micro, StepLook::Turn& turn,
                  std::optional<Fault>& fault) {
    StepLook::Layer& part = entry_of_layer(turn.losses, name);
    const double value = sum.item<double>();
    if (std::isfinite(value)) {
        part.size += value;
        return;
    }
    part.finite = false;
    if (!fault) fault = Fault{Fault::In::loss, name, micro, -1, 0};
}

void look_at_gradients(const ParameterBank& bank, StepLook::Turn& turn, std::optional<Fault>& fault) {
    const torch::NoGradGuard no_grad;
    turn.norm = bank.gradient_norm().item<double>();
    for (const ParameterBank::Entry* entry : backwards(bank)) {
        const torch::Tensor gradient =
            const_cast<ParameterBank&>(bank).gradients().narrow(0, entry->trained, entry->size);
        const bool finite = all_are_finite(gradient);
        turn.gradients.push_back({entry->name, finite ? gradient.norm().item<double>() : 0, finite});
        if (!finite && !fault) fault = Fault{Fault::In::gradient, entry->name, -1, -1, 0};
    }
}

void first_of_all(StepLook& look, World& world) {
    if (world.alone()) return;
    // Names travel as bytes, for processes can only add up: each leaves the places of the others at zero.
    constexpr std::int64_t longest = 256, fields = 4;
    torch::Tensor table = torch::zeros({world.size(), fields + longest}, torch::kInt64);
    auto cells = table.accessor<std::int64_t, 2>();
    if (const auto& mine = look.fault) {
        const std::int64_t r = world.rank();
        const std::int64_t length = std::min<std::int64_t>(longest, static_cast<std::int64_t>(mine->name.size()));
        cells[r][0] = 1 + static_cast<std::int64_t>(mine->in);
        cells[r][1] = mine->micro;
        cells[r][2] = mine->row;
        cells[r][3] = length;
        for (std::int64_t i = 0; i < length; ++i)
            cells[r][fields + i] = static_cast<unsigned char>(mine->name[static_cast<std::size_t>(i)]);
    }
    world.sum(table);
    const auto all = table.accessor<std::int64_t, 2>();
    for (std::int64_t r = 0; r < world.size(); ++r) {
        if (all[r][0] == 0) continue;
        std::string name;
        for (std::int64_t i = 0; i < all[r][3]; ++i) name += static_cast<char>(all[r][fields + i]);
        look.fault = Fault{static_cast<Fault::In>(all[r][0] - 1), name, all[r][1], all[r][2], r};
        return;
    }
}

}  // namespace gw
