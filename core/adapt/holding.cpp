#include "adapt/holding.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

namespace gw {

namespace {

/// The part of tensors as long as the weights that is the backbone's, or with its head everything.
void list_state(Parameters& out, const ParameterBank& bank, const std::string& name, const torch::Tensor& flat,
                bool with_head) {
    for (const auto& entry : bank.entries())
        if (with_head || entry.name.starts_with("backbone."))
            out.push_back({name + "." + entry.name, bank.view(flat, entry)});
}

torch::Tensor like_weights(const ParameterBank& bank) {
    return torch::zeros_like(const_cast<ParameterBank&>(bank).weights().detach());
}

class Elastic final : public Holding {
  public:
    Elastic(const ParameterBank& bank, double strength, bool with_head)
        : strength_(strength),
          with_head_(with_head),
          information_(like_weights(bank)),
          pull_(like_weights(bank)),
          own_(like_weights(bank)),
          ended_(torch::zeros({1}, torch::kInt64)) {}

    void begin_task(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        // The sums over tasks of F and of F w*, of which before_update() makes the sum of F (w - w*).
        information_.add_(own_);
        pull_.add_(own_ * bank.weights());
        own_.zero_();
        ended_.zero_();
    }

    void before_update(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        bank.gradients().add_(bank.trained_of(information_ * bank.weights() - pull_), strength_);
    }

    void end_task(ParameterBank& bank, const EachGradient& each_gradient) override {
        torch::Tensor sum = torch::zeros_like(information_);
        std::int64_t examples = 0;
        each_gradient([&] {
            const torch::NoGradGuard no_grad;
            bank.add_to(sum, bank.gradients().square());
            ++examples;
        });
        const torch::NoGradGuard no_grad;
        own_.copy_(sum / static_cast<double>(std::max<std::int64_t>(1, examples)));
        ended_.fill_(1);
    }

    Parameters state(const ParameterBank& bank) override {
        Parameters out{{"ewc.ended", ended_}};
        list_state(out, bank, "ewc.information", information_, with_head_);
        list_state(out, bank, "ewc.pull", pull_, with_head_);
        list_state(out, bank, "ewc.own", own_, with_head_);
        return out;
    }

    bool ended() const override { return ended_.item<std::int64_t>() != 0; }

  private:
    double strength_;
    bool with_head_;
    torch::Tensor information_, pull_, own_, ended_;  ///< own: of the task that was brought to its end here
};

class Synaptic final : public Holding {
  public:
    Synaptic(const ParameterBank& bank, double strength, bool with_head)
        : strength_(strength),
          with_head_(with_head),
          importance_(like_weights(bank)),
          gain_(like_weights(bank)),
          begin_(like_weights(bank)),
          own_(like_weights(bank)),
          ended_(torch::zeros({1}, torch::kInt64)) {
        begin_.copy_(const_cast<ParameterBank&>(bank).weights().detach());
    }

    void begin_task(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        importance_.add_(own_);
        own_.zero_();
        ended_.zero_();
        gain_.zero_();
        begin_.copy_(bank.weights().detach());
    }

    void before_update(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        gradient_ = bank.gradients().clone();
        before_ = bank.weights().detach().clone();
        bank.gradients().add_(bank.trained_of(importance_ * (bank.weights() - begin_)), 2 * strength_);
    }

    void after_update(ParameterBank& bank) override {
        const torch::NoGradGuard no_grad;
        // Of an update that was left out, since its gradient was not finite, nothing stays.
        bank.add_to(gain_, gradient_.nan_to_num(0, 0, 0) * bank.trained_of(before_ - bank.weights()));
    }

    void end_task(ParameterBank& bank, const EachGradient&) override {
        const torch::NoGradGuard no_grad;
        constexpr double damping = 1e-3;
        own_.copy_((gain_ / ((bank.weights() - begin_).square() + damping)).clamp_min(0));
        ended_.fill_(1);
    }

    Parameters state(const ParameterBank& bank) override {
        Parameters out{{"si.ended", ended_}};
        list_state(out, bank, "si.importance", importance_, with_head_);
        list_state(out, bank, "si.gain", gain_, with_head_);
        list_state(out, bank, "si.begin", begin_, with_head_);
        list_state(out, bank, "si.own", own_, with_head_);
        return out;
    }

    bool ended() const override { return ended_.item<std::int64_t>() != 0; }

  private:
    double strength_;
    bool with_head_;
    torch::Tensor importance_, gain_, begin_, own_, ended_, gradient_, before_;
};

class Together final : public Holding {
  public:
    Together(std::unique_ptr<Holding> first, std::unique_ptr<Holding> second)
        : first_(std::move(first)), second_(std::move(second)) {}
    void begin_task(ParameterBank& bank) override {
        first_->begin_task(bank);
        second_->begin_task(bank);
    }
    void before_update(ParameterBank& bank) override {
        first_->before_update(bank);
        second_->before_update(bank);
    }
    void after_update(ParameterBank& bank) override {
        first_->after_update(bank);
        second_->after_update(bank);
    }
    void end_task(ParameterBank& bank, const EachGradient& each_gradient) override {
        first_->end_task(bank, each_gradient);
        second_->end_task(bank, each_gradient);
    }
    Parameters state(const ParameterBank& bank) override {
        Parameters all = first_->state(bank);
        for (Parameter& one : second_->state(bank)) all.push_back(std::move(one));
        return all;
    }
    bool ended() const override { return first_->ended() && second_->ended(); }

  private:
    std::unique_ptr<Holding> first_, second_;
};

}  // namespace

std::unique_ptr<Holding> elastic_holding(const ParameterBank& bank, double strength, bool with_head) {
    return std::make_unique<Elastic>(bank, strength, with_head);
}
std::unique_ptr<Holding> synaptic_holding(const ParameterBank& bank, double strength, bool with_head) {
    return std::make_unique<Synaptic>(bank, strength, with_head);
}

std::unique_ptr<Holding> holding_named(const std::string& name, const ParameterBank& bank, double strength,
                                       bool with_head) {
    if (name == "ewc") return elastic_holding(bank, strength, with_head);
    return name == "si" ? synaptic_holding(bank, strength, with_head) : nullptr;
}

std::unique_ptr<Holding> together(std::unique_ptr<Holding> first, std::unique_ptr<Holding> second) {
    if (!first) return second;
    if (!second) return first;
    return std::make_unique<Together>(std::move(first), std::move(second));
}

}  // namespace gw
