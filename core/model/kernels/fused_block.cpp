#include "model/kernels/fused_block.h"

#include <torch/autograd.h>
#include <torch/types.h>

#include <algorithm>
#include <atomic>

#include "model/kernels/norm_rows.h"
#include "model/kernels/pieces.h"
#include "model/kernels/scratch_floats.h"
#include "model/kernels/weight_gradients.h"

namespace gw::kernels {

namespace {

std::atomic<int> plain_only{0};

/// What a block knows beside the tensors that autograd watches.
struct BlockCall final : torch::CustomClassHolder {
    BlockRun run;
    std::vector<std::size_t> which;  ///< by BlockWeight, of the weights that there are
    torch::Tensor cosines, sines;    ///< keep the run's alive
};
using CallPointer = c10::intrusive_ptr<BlockCall>;

BlockRun with_weights(const BlockCall& call, at::TensorList weights) {
    BlockRun run = call.run;
    for (std::size_t i = 0; i < weights.size(); ++i) run.weights[call.which[i]] = weights[i].data_ptr<float>();
    return run;
}

/// The gradient that came in, as the kernels read it.
torch::Tensor gradient_in(const torch::autograd::variable_list& gradients) {
    TORCH_CHECK(!torch::GradMode::is_enabled(), "a fused operation has no gradient of its gradient");
    return gradients[0].contiguous();
}

class BlockFunction : public torch::autograd::Function<BlockFunction> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x_BTD,
                                 at::TensorList weights, const CallPointer& call) {
        const BlockRun run = with_weights(*call, weights);
        const torch::Tensor y_BTD = torch::empty_like(x_BTD),
                            kept = torch::empty({run.count() * run.plan.kept()}, x_BTD.options());
        run_block(run, x_BTD.data_ptr<float>(), y_BTD.data_ptr<float>(), kept.data_ptr<float>());
        std::vector<torch::Tensor> saved{x_BTD, kept};
        saved.insert(saved.end(), weights.begin(), weights.end());
        context->save_for_backward(std::move(saved));
        context->saved_data["call"] = at::IValue::make_capsule(call);
        return y_BTD;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const torch::Tensor gradient_y = gradient_in(gradients);
        const auto saved = context->get_saved_variables();
        const auto capsule = context->saved_data["call"].toCapsule();
        const auto& call = static_cast<const BlockCall&>(*capsule);
        const torch::Tensor &x_BTD = saved[0], &kept = saved[1];
        const at::TensorList weights = at::TensorList(saved).slice(2);
        std::array<float*, block_weights> to{};
        WeightGradients sums;
        for (std::size_t i = 0; i < weights.size(); ++i)
            to[call.which[i]] = sums.of(weights[i], context->needs_input_grad(i + 1));
        const torch::Tensor gradient_x = context->needs_input_grad(0) ? torch::empty_like(x_BTD) : torch::Tensor();
        run_block_back(with_weights(call, weights), x_BTD.data_ptr<float>(), kept.data_ptr<float>(),
                       gradient_y.data_ptr<float>(), gradient_x.defined() ? gradient_x.data_ptr<float>() : nullptr, to);
        torch::autograd::variable_list out{gradient_x};
        out.insert(out.end(), sums.tensors().begin(), sums.tensors().end());
        out.emplace_back();  // of `call`
        return out;
    }
};

class NormFunction : public torch::autograd::Function<NormFunction> {
  public:
    static NormRows norm_of(bool rms, at::TensorList weights) {
        return {weights[0].numel(), rms, weights[0].data_ptr<float>(),
                weights.size() > 1 ? weights[1].data_ptr<float>() : nullptr};
    }

    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 at::TensorList weights, bool rms) {
        const NormRows norm = norm_of(rms, weights);
        const std::int64_t rows = x.numel() / norm.width;
        const torch::Tensor y = torch::empty_like(x), scales = torch::empty({2, rows}, x.options());
        float *const mean = scales.data_ptr<float>(), *const scale = mean + rows;
        over_pieces(rows, tokens_at_once, [&](std::int64_t first, std::int64_t count) {
            const float* const from = x.data_ptr<float>() + first * norm.width;
            find_scales(norm, count, from, {mean + first, scale + first});
            normalise(norm, count, from, {mean + first, scale + first}, y.data_ptr<float>() + first * norm.width);
        });
        std::vector<torch::Tensor> saved{x, scales};
        saved.insert(saved.end(), weights.begin(), weights.end());
        context->save_for_backward(std::move(saved));
        context->saved_data["rms"] = rms;
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const torch::Tensor gradient_y = gradient_in(gradients);
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0], &scales = saved[1];
        const at::TensorList weights = at::TensorList(saved).slice(2);
        const NormRows norm = norm_of(context->saved_data["rms"].toBool(), weights);
        const std::int64_t rows = x.numel() / norm.width;
        float *const mean = scales.data_ptr<float>(), *const scale = mean + rows;
        WeightGradients sums;
        float* const to_weight = sums.of(weights[0], context->needs_input_grad(1));
        float* const to_bias = weights.size() > 1 ? sums.of(weights[1], context->needs_input_grad(2)) : nullptr;
        torch::Tensor gradient_x;
        if (context->needs_input_grad(0)) {
            gradient_x = torch::empty_like(x);
            over_pieces(rows, tokens_at_once, [&](std::int64_t first, std::int64_t count) {
                const std::int64_t at = first * norm.width;
                normalise_back(norm, count, x.data_ptr<float>() + at, {mean + first, scale + first},
                               gradient_y.data_ptr<float>() + at, nullptr, gradient_x.data_ptr<float>() + at);
            });
        }
        norm_weight_gradients(norm, rows, 0, norm.width, x.data_ptr<float>(), {mean, scale},
                              gradient_y.data_ptr<float>(), to_weight, to_bias);
        torch::autograd::variable_list out{gradient_x};
        out.insert(out.end(), sums.tensors().begin(), sums.tensors().end());
        out.emplace_back();  // of `rms`
        return out;
    }
};

/// Tokens of each row; rows are padded behind their end only. A row without any looks at its first position.
std::vector<std::int64_t> lengths_of(const torch::Tensor& valid_BT) {
    const torch::Tensor lengths = valid_BT.sum(1).clamp_min(1).contiguous();
    const auto* const at = lengths.data_ptr<std::int64_t>();
    return {at, at + lengths.numel()};
}

bool wants_gradient(const torch::Tensor& x, const std::vector<torch::Tensor>& weights) {
    return torch::GradMode::is_enabled() &&
           (x.requires_grad() || std::any_of(weights.begin(), weights.end(),
                                             [](const torch::Tensor& weight) { return weight.requires_grad(); }));
}

}  // namespace

torch::Tensor fused_block(const torch::Tensor& x_BTD, const BlockPlan& plan, const BlockTensors& weights,
                          const std::optional<Rotary>& rotary, const torch::Tensor& valid_BT) {
    const auto call = c10::make_intrusive<BlockCall>();
    std::vector<torch::Tensor> here;
    for (std::size_t i = 0; i < block_weights; ++i)
        if (weights[i].defined()) {
            call->which.push_back(i);
            here.push_back(weights[i]);
        }
    BlockRun& run = call->run;
    run.plan = plan;
    run.batch = x_BTD.size(0);
    run.time = x_BTD.size(1);
    if (valid_BT.defined() && !plan.causal) run.lengths = lengths_of(valid_BT);
    if (rotary) {
        call->cosines = rotary->cosines.narrow(0, 0, run.time).contiguous();
        call->sines = rotary->sines.narrow(0, 0, run.time).contiguous();
        run.cosines = call->cosines.data_ptr<float>();
        run.sines = call->sines.data_ptr<float>();
    }
    const torch::Tensor x = x_BTD.contiguous();
    if (wants_gradient(x, here)) return BlockFunction::apply(x, at::TensorList(here), call);
    const torch::Tensor y_BTD = torch::empty_like(x);
    const ScratchFloats kept(run.count() * plan.kept());
    run_block(with_weights(*call, here), x.data_ptr<float>(), y_BTD.data_ptr<float>(), kept.data());
    return y_BTD;
}

torch::Tensor fused_norm(const torch::Tensor& x, bool rms, const torch::Tensor& weight, const torch::Tensor& bias) {
    std::vector<torch::Tensor> weights{weight};
    if (bias.defined()) weights.push_back(bias);
    return NormFunction::apply(x.contiguous(), at::TensorList(weights), rms);
}

bool fused_allowed() {
    return plain_only == 0;
}

PlainOnly::PlainOnly() {
    ++plain_only;
}

PlainOnly::~PlainOnly() {
    --plain_only;
}

}  // namespace gw::kernels
