#include "model/recomputed.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

namespace gw {

namespace {

/// What a part needs besides what autograd watches.
struct PartCall final : torch::CustomClassHolder {
    PartOfModel part;
    Pass pass;
    std::optional<at::Generator> before;  ///< the generator as it was
    torch::Tensor cuda_state;             ///< of LibTorch's, where a GPU draws from it
};
using PartPointer = c10::intrusive_ptr<PartCall>;

/// Puts the state of a generator that all share back when it goes.
class DrawnAsBefore {
  public:
    DrawnAsBefore(const torch::Device& device, const torch::Tensor& state) : device_(device) {
        if (!state.defined()) return;
        at::Generator generator = at::globalContext().defaultGenerator(device_);
        now_ = generator.get_state();
        generator.set_state(state);
    }
    DrawnAsBefore(const DrawnAsBefore&) = delete;
    DrawnAsBefore& operator=(const DrawnAsBefore&) = delete;
    ~DrawnAsBefore() {
        if (now_.defined()) {
            at::Generator generator = at::globalContext().defaultGenerator(device_);
            generator.set_state(now_);
        }
    }

  private:
    torch::Device device_;
    torch::Tensor now_;
};

class RecomputedPart : public torch::autograd::Function<RecomputedPart> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 at::TensorList weights, const PartPointer& call) {
        if (call->pass.generator)
            call->before = call->pass.generator->clone();
        else if (call->pass.training)
            call->cuda_state = at::globalContext().defaultGenerator(x.device()).get_state();
        const torch::Tensor y = call->part(x.detach(), call->pass);
        // Autograd has no use for the weights' values: they are read again.
        context->save_for_backward({x});
        context->saved_data["count"] = static_cast<std::int64_t>(weights.size());
        std::vector<torch::Tensor> held(weights.begin(), weights.end());
        context->saved_data["weights"] = held;
        context->saved_data["call"] = at::IValue::make_capsule(call);
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        TORCH_CHECK(!torch::GradMode::is_enabled(), "a part that is computed again has no gradient of its gradient");
        const auto capsule = context->saved_data["call"].toCapsule();
        const auto& call = static_cast<const PartCall&>(*capsule);
        const std::vector<torch::Tensor> weights = context->saved_data["weights"].toTensorVector();
        const torch::Tensor x = context->get_saved_variables()[0].detach().requires_grad_(context->needs_input_grad(0));
        torch::autograd::variable_list out(weights.size() + 2), asked;
        std::vector<std::size_t> places;
        const auto ask = [&](const torch::Tensor& of, std::size_t place) {
            if (!of.requires_grad()) return;
            asked.push_back(of);
            places.push_back(place);
        };
        ask(x, 0);
        for (std::size_t i = 0; i < weights.size(); ++i) ask(weights[i], i + 1);
        Pass pass = call.pass;
        pass.attended = {};  // it was shown already
        if (call.before) pass.generator = call.before->clone();
        torch::Tensor y;
        {
            const torch::AutoGradMode with_gradients(true);
            const DrawnAsBefore drawn(x.device(), call.cuda_state);
            y = call.part(x, pass);
        }
        const auto found = torch::autograd::grad({y}, asked, {gradients[0]}, /*retain_graph=*/{},
                                                 /*create_graph=*/false, /*allow_unused=*/true);
        for (std::size_t i = 0; i < found.size(); ++i) out[places[i]] = found[i];
        return out;
    }
};

}  // namespace

torch::Tensor recomputed(const torch::Tensor& x, const Parameters& weights, const PartOfModel& part, const Pass& pass) {
    std::vector<torch::Tensor> here;
    for (const Parameter& one : weights) here.push_back(one.tensor);
    const bool wanted = torch::GradMode::is_enabled() &&
                        (x.requires_grad() || std::any_of(here.begin(), here.end(), [](const torch::Tensor& weight) {
                             return weight.requires_grad();
                         }));
    if (!wanted) return part(x, pass);
    const auto call = c10::make_intrusive<PartCall>();
    call->part = part;
    call->pass = pass;
    call->pass.observe = {};
    return RecomputedPart::apply(x, at::TensorList(here), call);
}

}  // namespace gw
