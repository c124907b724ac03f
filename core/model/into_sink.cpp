#include "model/into_sink.h"

#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "model/gradient_sink.h"

// Shape letters: N rows, I inputs, O outputs, D width.
namespace gw {

namespace {

float* sink_of(const torch::Tensor& weight) {
    const GradientSink* const sink = GradientSink::current();
    return sink ? sink->of(weight) : nullptr;
}

/// The gradient of `weight` as a tensor over the sink's memory; undefined where the sink does not know it.
torch::Tensor gradient_at(const torch::Tensor& weight) {
    float* const at = weight.defined() ? sink_of(weight) : nullptr;
    return at ? torch::from_blob(at, weight.sizes(), torch::kFloat32) : torch::Tensor();
}

class LinearToSink : public torch::autograd::Function<LinearToSink> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 const torch::Tensor& weight_OI, const torch::Tensor& bias_O, std::int64_t compute) {
        const auto type = static_cast<torch::Dtype>(compute);
        const torch::Tensor cast = x.to(type), bias = bias_O.numel() > 0 ? bias_O : torch::Tensor();
        context->save_for_backward({cast, weight_OI, bias_O});
        context->saved_data["from"] = static_cast<std::int64_t>(x.scalar_type());
        return at::linear(cast, weight_OI.to(type), bias.defined() ? bias.to(type) : bias);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        TORCH_CHECK(!torch::GradMode::is_enabled(), "gradients in a sink have no gradients");
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0], &weight_OI = saved[1], &bias_O = saved[2], &gradient = gradients[0];
        const torch::Tensor gradient_NO = gradient.reshape({-1, weight_OI.size(0)});
        torch::autograd::variable_list out(4);  // of x, weight, bias, the dtype
        if (context->needs_input_grad(0))
            out[0] = gradient.matmul(weight_OI.to(x.scalar_type()))
                         .to(static_cast<torch::Dtype>(context->saved_data["from"].toInt()));
        if (context->needs_input_grad(1)) {
            const torch::Tensor x_NI = x.reshape({-1, weight_OI.size(1)});
            torch::Tensor to = gradient_at(weight_OI);
            TORCH_CHECK(to.defined(), "the sink of the forward pass is gone");
            if (x.scalar_type() == torch::kFloat32)
                to.addmm_(gradient_NO.t(), x_NI);
            else
                to.add_(at::mm(gradient_NO.t(), x_NI));
        }
        if (context->needs_input_grad(2) && bias_O.numel() > 0) {
            const torch::Tensor sums_O = gradient_NO.sum(0);
            if (torch::Tensor to = gradient_at(bias_O); to.defined())
                to.add_(sums_O);
            else
                out[2] = sums_O.to(bias_O.scalar_type());
        }
        return out;
    }
};

class RowsToSink : public torch::autograd::Function<RowsToSink> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& table,
                                 const torch::Tensor& ids) {
        context->save_for_backward({table, ids});
        return at::embedding(table, ids);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const torch::Tensor& table = saved[0];
        const torch::Tensor ids = saved[1].contiguous(), gradient = gradients[0].contiguous();
        float* const to = sink_of(table);
        TORCH_CHECK(to, "the sink of the forward pass is gone");
        const std::int64_t width = table.size(1);
        const auto* const row = ids.data_ptr<std::int64_t>();
        const auto* const from = gradient.data_ptr<float>();
        for (std::int64_t i = 0; i < ids.numel(); ++i) {
            float* const sums = to + row[i] * width;
            for (std::int64_t d = 0; d < width; ++d) sums[d] += from[i * width + d];
        }
        return {torch::Tensor(), torch::Tensor()};
    }
};

}  // namespace

bool goes_to_sink(const torch::Tensor& weight) {
    return torch::GradMode::is_enabled() && weight.requires_grad() && weight.is_cpu() &&
           weight.scalar_type() == torch::kFloat32 && sink_of(weight);
}

torch::Tensor linear_to_sink(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                             torch::Dtype compute) {
    // An autograd function takes no undefined tensor.
    const torch::Tensor there = bias.defined() ? bias : torch::empty({0}, weight.options());
    return LinearToSink::apply(x, weight, there, static_cast<std::int64_t>(compute));
}

torch::Tensor rows_to_sink(const torch::Tensor& table, const torch::Tensor& ids) {
    return RowsToSink::apply(table, ids);
}

}  // namespace gw
