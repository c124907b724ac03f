#include "adapt/holding.h"

#include <torch/torch.h>

namespace gw {

namespace {

class Elastic final : public Holding {
  public:
    Elastic(const ParameterBank& bank, double strength)
        : strength_(strength),
          information_(torch::zeros_like(const_cast<ParameterBank&>(bank).weights())),
          pull_(torch::zeros_like(information_)) {}

    void before_update(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        // The sum over tasks of F (w - w*), with the sums of F and of F w* kept.
        bank.gradients().add_(bank.trained_of(information_ * bank.weights() - pull_), strength_);
    }

    void end_task(ParameterBank& bank,
                  const std::function<void(const std::function<void()>&)>& each_gradient) override {
        torch::Tensor sum = torch::zeros_like(information_);
        std::int64_t examples = 0;
        each_gradient([&] {
            const torch::NoGradGuard no_grad;
            bank.add_to(sum, bank.gradients().square());
            ++examples;
        });
        const torch::NoGradGuard no_grad;
        sum /= static_cast<double>(std::max<std::int64_t>(1, examples));
        information_ += sum;
        pull_ += sum * bank.weights();
    }

  private:
    double strength_;
    torch::Tensor information_, pull_;
};

class Synaptic final : public Holding {
  public:
    Synaptic(const ParameterBank& bank, double strength) : strength_(strength) {
        const torch::Tensor weights = const_cast<ParameterBank&>(bank).weights().detach();
        importance_ = torch::zeros_like(weights);
        gain_ = torch::zeros_like(weights);
        begin_ = weights.clone();
        anchor_ = weights.clone();
    }

    void before_update(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        gradient_ = bank.gradients().clone();
        before_ = bank.weights().detach().clone();
        bank.gradients().add_(bank.trained_of(importance_ * (bank.weights() - anchor_)), 2 * strength_);
    }

    void after_update(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        bank.add_to(gain_, gradient_ * bank.trained_of(before_ - bank.weights()));
    }

    void end_task(ParameterBank& bank, const std::function<void(const std::function<void()>&)>&) override {
        const torch::NoGradGuard no_grad;
        constexpr double damping = 1e-3;
        importance_ += (gain_ / ((bank.weights() - begin_).square() + damping)).clamp_min(0);
        gain_.zero_();
        begin_ = bank.weights().detach().clone();
        anchor_ = begin_.clone();
    }

  private:
    double strength_;
    torch::Tensor importance_, gain_, begin_, anchor_, gradient_, before_;
};

}  // namespace

std::unique_ptr<Holding> elastic_holding(const ParameterBank& bank, double strength) {
    return std::make_unique<Elastic>(bank, strength);
}
std::unique_ptr<Holding> synaptic_holding(const ParameterBank& bank, double strength) {
    return std::make_unique<Synaptic>(bank, strength);
}

}  // namespace gw
