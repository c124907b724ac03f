#include "optim/regularisation.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace gw {

const Sheet& regularisation_sheet() {
    static const Sheet sheet =
        sheet_of<RegularisationSettings>({.id = "regularisation",
                                          .title = "Regularisation",
                                          .summary = "What is done to gradients and weights besides weight decay.",
                                          .source = "Neelakantan et al. 2015, arXiv:1511.06807; Arjovsky et al. 2017, "
                                                    "arXiv:1701.07875"});
    return sheet;
}

void Regularisation::before_update(ParameterBank& bank, std::int64_t step, std::uint64_t seed) const {
    const torch::NoGradGuard no_grad;
    if (settings_.l1 > 0)
        for (const ParameterBank::Stretch& stretch : bank.stretches()) {
            const std::int64_t count = std::min(stretch.last, bank.decayed()) - stretch.first;
            if (count > 0)
                bank.gradients()
                    .narrow(0, stretch.trained, count)
                    .add_(bank.weights().narrow(0, stretch.first, count).sign(), settings_.l1);
        }
    if (settings_.gradient_noise > 0) {
        // From the processor's generator on every device, so that a step is the same wherever it is made.
        const auto generator = at::detail::createCPUGenerator(seed);
        const double deviation = std::sqrt(settings_.gradient_noise / std::pow(1.0 + static_cast<double>(step), 0.55));
        const torch::Tensor noise = at::randn({bank.trained()}, generator, torch::dtype(torch::kFloat32));
        bank.gradients().add_(noise.to(bank.gradients().device()), deviation);
    }
}

void Regularisation::after_update(ParameterBank& bank) const {
    if (settings_.weight_limit <= 0) return;
    const torch::NoGradGuard no_grad;
    for (const ParameterBank::Stretch& stretch : bank.stretches())
        bank.weights()
            .narrow(0, stretch.first, stretch.last - stretch.first)
            .clamp_(-settings_.weight_limit, settings_.weight_limit);
}

}  // namespace gw
