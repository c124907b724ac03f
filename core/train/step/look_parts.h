#pragma once
#include "eval/world.h"
#include "optim/parameter_bank.h"
#include "train/step/step_look.h"

namespace gw {

// What a look is made of. Each notes the first fault where there was none before.
void look_at_weights(const ParameterBank& bank, StepLook::Turn& turn, std::optional<StepLook::Fault>& fault);
void look_at_output(const std::string& name, const torch::Tensor& values, std::int64_t micro, StepLook::Turn& turn,
                    std::optional<StepLook::Fault>& fault);
void look_at_loss(const std::string& name, const torch::Tensor& sum, std::int64_t micro, StepLook::Turn& turn,
                  std::optional<StepLook::Fault>& fault);
void look_at_gradients(const ParameterBank& bank, StepLook::Turn& turn, std::optional<StepLook::Fault>& fault);
/// Leaves in `look` the fault of the first process that has one. Every process calls it.
void first_of_all(StepLook& look, World& world);

}  // namespace gw
