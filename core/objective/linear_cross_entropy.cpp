#include "objective/linear_cross_entropy.h"

#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "model/kernels/gemm.h"
#include "model/kernels/norm_rows.h"
#include "model/kernels/scratch_floats.h"
#include "model/kernels/weight_gradients.h"
#include "objective/softmax_rows.h"
#include "util/pieces.h"

// Shape letters: N rows, R rows of a block, V vocabulary, D width.
namespace gw {

namespace {

using kernels::gemm;
using kernels::ScratchFloats;

/// As many rows as make a block of scores `values` large, at least `least`, in blocks of nearly the same size.
std::int64_t rows_together(std::int64_t rows, std::int64_t vocabulary, std::int64_t values, std::int64_t least) {
    const std::int64_t most = std::max(least, values / vocabulary),
                       blocks = std::max<std::int64_t>(1, (rows + most - 1) / most);
    return std::max<std::int64_t>(1, (rows + blocks - 1) / blocks);
}

/// Cuts [0, total) into pieces that whoever is free works off: one for each 64 million products of `work`, at multiples
/// of 64 so that the tiles of a product stay whole.
void in_pieces(std::int64_t total, std::int64_t work, const std::function<void(std::int64_t, std::int64_t)>& body) {
    constexpr std::int64_t grain = 64, worth = std::int64_t{1} << 26, most = 16;
    const std::int64_t wanted = std::clamp<std::int64_t>(work / worth, 1, most);
    const std::int64_t each = ((total + wanted - 1) / wanted + grain - 1) / grain * grain;
    by_pieces(0, total, each, body);
}

/// The layer in plain memory, float32.
struct Plain {
    std::int64_t rows, width, vocabulary;
    const float *features, *weight, *bias;
    const std::int64_t* targets;
    std::int64_t work(std::int64_t of_rows) const { return of_rows * width * vocabulary; }

    void scores(std::int64_t first, std::int64_t count, float* out_RV) const {
        in_pieces(vocabulary, work(count), [&](std::int64_t from, std::int64_t to) {
            gemm(count, to - from, width, {features + first * width, width}, {weight + from * width, width, true},
                 out_RV + from, vocabulary, /*add=*/false, bias ? bias + from : nullptr);
        });
    }
    /// row(i, its scores) of each row of a block.
    void each_row(std::int64_t count, float* scores_RV, const std::function<void(std::int64_t, float*)>& row) const {
        // A value of a softmax costs about as much as 64 products.
        in_pieces(count, count * vocabulary * 64, [&](std::int64_t from, std::int64_t to) {
            for (std::int64_t i = from; i < to; ++i) row(i, scores_RV + i * vocabulary);
        });
    }
    void feature_gradients(const float* gradients_RV, std::int64_t count, float* out_RD) const {
        in_pieces(width, work(count), [&](std::int64_t from, std::int64_t to) {
            gemm(count, to - from, vocabulary, {gradients_RV, vocabulary}, {weight + from, width}, out_RD + from,
                 width);
        });
    }
    /// out += gradients^T inputs.
    void add_weight_gradients(const float* gradients_RV, const float* inputs_RD, std::int64_t count,
                              float* out_VD) const {
        in_pieces(vocabulary, work(count), [&](std::int64_t from, std::int64_t to) {
            gemm(to - from, width, count, {gradients_RV + from, vocabulary, true}, {inputs_RD, width},
                 out_VD + from * width, width, /*add=*/true);
        });
    }
};

torch::Tensor floats(const torch::Tensor& x) {
    return x.defined() ? x.detach().contiguous() : x;
}

/// Holds what the plain memory belongs to.
struct Held {
    torch::Tensor features, weight, bias, targets;
    explicit Held(const LinearScores& of)
        : features(floats(of.features_ND)),
          weight(floats(of.weight_VD)),
          bias(floats(of.bias_V)),
          targets(of.targets_N.contiguous()) {}
    Plain plain() const {
        return {features.size(0),
                features.size(1),
                weight.size(0),
                features.data_ptr<float>(),
                weight.data_ptr<float>(),
                bias.defined() ? bias.data_ptr<float>() : nullptr,
                targets.data_ptr<std::int64_t>()};
    }
};

bool by_kernels(const LinearScores& of) {
    const auto fits = [](const torch::Tensor& x) {
        return !x.defined() || (x.is_cpu() && x.scalar_type() == torch::kFloat32);
    };
    return of.compute == torch::kFloat32 && fits(of.features_ND) && fits(of.weight_VD) && fits(of.bias_V) &&
           of.targets_N.is_cpu() && of.features_ND.numel() > 0;
}

/// A block of scores of the kernels: 2 MiB, but so many rows that a product is worth the packing of the weight.
std::int64_t kernel_rows(std::int64_t rows, std::int64_t vocabulary) {
    return rows_together(rows, vocabulary, std::int64_t{1} << 19, 256);
}

/// Whether the gradients of all scores are kept for the backward pass: no more than the gradient of the weight.
bool keeps_scores(std::int64_t rows, std::int64_t vocabulary, std::int64_t width) {
    constexpr std::int64_t small = std::int64_t{1} << 20;
    return rows * vocabulary <= std::max(small, vocabulary * width);
}

void check_targets(const Plain& layer) {
    for (std::int64_t i = 0; i < layer.rows; ++i)
        TORCH_CHECK_INDEX(layer.targets[i] >= 0 && layer.targets[i] < layer.vocabulary, "target ", layer.targets[i],
                          " is outside of ", layer.vocabulary, " scores");
}

/// What a forward pass leaves to the backward pass: the gradients of the scores, or, where those would be larger than
/// the gradient of the weight, the gradients of features, weight and bias already, of a loss of weight 1.
struct Wanted {
    bool features = false, weight = false, bias = false;
    bool any() const { return features || weight || bias; }
};
struct Made {
    torch::Tensor loss;
    torch::Tensor scores_NV;                       ///< gradients
    torch::Tensor features_ND, weight_VD, bias_V;  ///< likewise
};

Made forward_by_kernels(const Held& held, const Wanted& wanted) {
    const Plain layer = held.plain();
    check_targets(layer);
    const bool keeps = wanted.any() && keeps_scores(layer.rows, layer.vocabulary, wanted.weight ? layer.width : 0);
    const auto options = held.features.options();
    Made made;
    if (keeps) made.scores_NV = torch::empty({layer.rows, layer.vocabulary}, options);
    if (!keeps && wanted.features) made.features_ND = torch::empty({layer.rows, layer.width}, options);
    if (!keeps && wanted.weight) made.weight_VD = torch::zeros({layer.vocabulary, layer.width}, options);
    if (!keeps && wanted.bias) made.bias_V = torch::zeros({layer.vocabulary}, options);
    const std::int64_t together = kernel_rows(layer.rows, layer.vocabulary);
    const ScratchFloats scratch(keeps ? 1 : together * layer.vocabulary);
    std::vector<float> losses(static_cast<std::size_t>(layer.rows));
    for (std::int64_t first = 0; first < layer.rows; first += together) {
        const std::int64_t count = std::min(together, layer.rows - first);
        float* const block = keeps ? made.scores_NV.data_ptr<float>() + first * layer.vocabulary : scratch.data();
        layer.scores(first, count, block);
        layer.each_row(count, block, [&](std::int64_t i, float* row) {
            const std::int64_t target = layer.targets[first + i];
            losses[static_cast<std::size_t>(first + i)] = wanted.any()
                                                              ? scores_to_gradient(row, layer.vocabulary, target).loss
                                                              : look_at_scores(row, layer.vocabulary, target).loss;
        });
        if (made.features_ND.defined())
            layer.feature_gradients(block, count, made.features_ND.data_ptr<float>() + first * layer.width);
        if (made.weight_VD.defined())
            layer.add_weight_gradients(block, layer.features + first * layer.width, count,
                                       made.weight_VD.data_ptr<float>());
        if (made.bias_V.defined())
            kernels::add_column_sums(count, 0, layer.vocabulary, block, layer.vocabulary,
                                     made.bias_V.data_ptr<float>());
    }
    double sum = 0;
    for (const float loss : losses) sum += loss;
    made.loss = torch::full({}, sum, options);
    return made;
}

/// `factor`: the gradient of the loss. `weight` and `bias` are the parameters themselves.
std::vector<torch::Tensor> backward_by_kernels(const LinearScores& of, Made made, const Wanted& wanted, float factor) {
    kernels::WeightGradients sums;
    float *const weight = sums.of(of.weight_VD, wanted.weight), *const bias = sums.of(of.bias_V, wanted.bias);
    torch::Tensor features = made.features_ND;
    if (made.scores_NV.defined()) {
        const Held held(of);
        const Plain layer = held.plain();
        const float* const gradients = made.scores_NV.data_ptr<float>();
        if (wanted.features) {
            features = torch::empty({layer.rows, layer.width}, held.features.options());
            layer.feature_gradients(gradients, layer.rows, features.data_ptr<float>());
            features.mul_(factor);
        }
        const ScratchFloats scaled(layer.rows * layer.width);
        if (weight) {
            std::fill(scaled.data(), scaled.data() + layer.rows * layer.width, 0.0f);
            add_to(layer.features, layer.rows * layer.width, scaled.data(), factor);
            layer.add_weight_gradients(gradients, scaled.data(), layer.rows, weight);
        }
        if (bias) {
            const ScratchFloats columns(layer.vocabulary);
            std::fill(columns.data(), columns.data() + layer.vocabulary, 0.0f);
            kernels::add_column_sums(layer.rows, 0, layer.vocabulary, gradients, layer.vocabulary, columns.data());
            add_to(columns.data(), layer.vocabulary, bias, factor);
        }
    } else {
        if (weight) add_to(made.weight_VD.data_ptr<float>(), made.weight_VD.numel(), weight, factor);
        if (bias) add_to(made.bias_V.data_ptr<float>(), made.bias_V.numel(), bias, factor);
        if (wanted.features) features = features.mul(factor);
    }
    return {features, sums.tensors()[0], sums.tensors()[1]};
}

/// Scores at once on other roads: 4 million (16 MiB in float32) on a CPU, 64 million (256 MiB in float32) on a GPU,
/// whose products want many rows.
std::int64_t tensor_rows(const LinearScores& of) {
    const std::int64_t values = std::int64_t{1} << (of.features_ND.is_cpu() ? 22 : 26);
    return rows_together(of.features_ND.size(0), of.weight_VD.size(0), values, 1);
}

torch::Dtype wide_of(torch::Dtype compute) {
    return compute == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
}

Made forward_by_tensors(const LinearScores& of, const Wanted& wanted) {
    const torch::Dtype wide = wide_of(of.compute);
    const torch::Tensor weight = of.weight_VD.detach().to(of.compute);
    const torch::Tensor bias = of.bias_V.defined() ? of.bias_V.detach().to(of.compute) : of.bias_V;
    const std::int64_t rows = of.features_ND.size(0), together = tensor_rows(of);
    Made made;
    made.loss = torch::zeros({}, of.features_ND.options().dtype(wide));
    if (wanted.features) made.features_ND = torch::empty_like(of.features_ND, at::MemoryFormat::Contiguous);
    for (std::int64_t first = 0; first < rows; first += together) {
        const std::int64_t count = std::min(together, rows - first);
        const torch::Tensor x = of.features_ND.detach().narrow(0, first, count).to(of.compute),
                            targets = of.targets_N.narrow(0, first, count);
        torch::Tensor log_p = torch::log_softmax(at::linear(x, weight, bias), -1, wide);
        made.loss.add_(at::nll_loss(log_p, targets, {}, at::Reduction::Sum));
        if (!wanted.any()) continue;
        torch::Tensor gradient = log_p.exp_();
        const torch::Tensor at = targets.unsqueeze(1);
        gradient.scatter_add_(1, at, torch::full({1, 1}, -1.0, gradient.options()).expand_as(at));
        gradient = gradient.to(of.compute);
        if (wanted.features) made.features_ND.narrow(0, first, count).copy_(at::mm(gradient, weight));
        const auto add = [](torch::Tensor& sum, const torch::Tensor& part, torch::Dtype type) {
            sum = sum.defined() ? sum.add_(part) : part.to(type);
        };
        if (wanted.weight) add(made.weight_VD, at::mm(gradient.t(), x), of.weight_VD.scalar_type());
        if (wanted.bias) add(made.bias_V, gradient.sum(0, /*keepdim=*/false, wide), of.bias_V.scalar_type());
    }
    return made;
}

class LinearCrossEntropy : public torch::autograd::Function<LinearCrossEntropy> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& features_ND,
                                 const torch::Tensor& weight_VD, const torch::Tensor& bias,
                                 const torch::Tensor& targets_N, torch::Dtype compute, bool with_gradients) {
        const torch::Tensor bias_V = bias.numel() > 0 ? bias : torch::Tensor();
        const LinearScores of{features_ND, weight_VD, bias_V, targets_N, compute};
        const auto wants = [&](const torch::Tensor& x) { return with_gradients && x.defined() && x.requires_grad(); };
        const Wanted wanted{wants(features_ND), wants(weight_VD), wants(bias_V)};
        const bool kernels = by_kernels(of);
        const Made made = kernels ? forward_by_kernels(Held(of), wanted) : forward_by_tensors(of, wanted);
        context->save_for_backward(
            {features_ND, weight_VD, bias_V, targets_N, made.scores_NV, made.features_ND, made.weight_VD, made.bias_V});
        context->saved_data["kernels"] = kernels;
        context->saved_data["features"] = wanted.features;
        context->saved_data["weight"] = wanted.weight;
        context->saved_data["bias"] = wanted.bias;
        return made.loss;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Made made{{}, saved[4], saved[5], saved[6], saved[7]};
        std::vector<torch::Tensor> out;
        if (context->saved_data["kernels"].toBool()) {
            const auto wanted = [&](const char* what) { return context->saved_data[what].toBool(); };
            out =
                backward_by_kernels({saved[0], saved[1], saved[2], saved[3], torch::kFloat32}, made,
                                    {wanted("features"), wanted("weight"), wanted("bias")}, gradients[0].item<float>());
        } else {
            for (const torch::Tensor& one : {made.features_ND, made.weight_VD, made.bias_V})
                out.push_back(one.defined() ? one * gradients[0] : one);
        }
        out.resize(6);  // targets and settings have none
        return out;
    }
};

}  // namespace

torch::Tensor linear_cross_entropy(const LinearScores& of) {
    // An autograd function takes no undefined tensor.
    const torch::Tensor bias = of.bias_V.defined() ? of.bias_V : torch::empty({0}, of.weight_VD.options());
    return LinearCrossEntropy::apply(of.features_ND, of.weight_VD, bias, of.targets_N, of.compute,
                                     torch::GradMode::is_enabled());
}

std::pair<torch::Tensor, torch::Tensor> linear_cross_entropy_rows(const LinearScores& of) {
    const torch::NoGradGuard no_grad;
    if (by_kernels(of)) {
        const Held held(of);
        const Plain layer = held.plain();
        check_targets(layer);
        const torch::Tensor losses = torch::empty({layer.rows}, torch::kFloat32),
                            hits = torch::empty({layer.rows}, torch::kBool);
        const std::int64_t together = kernel_rows(layer.rows, layer.vocabulary);
        const ScratchFloats scratch(together * layer.vocabulary);
        for (std::int64_t first = 0; first < layer.rows; first += together) {
            const std::int64_t count = std::min(together, layer.rows - first);
            layer.scores(first, count, scratch.data());
            layer.each_row(count, scratch.data(), [&](std::int64_t i, float* row) {
                const SoftmaxRow seen = look_at_scores(row, layer.vocabulary, layer.targets[first + i]);
                losses.data_ptr<float>()[first + i] = seen.loss;
                hits.data_ptr<bool>()[first + i] = seen.hit;
            });
        }
        return {losses, hits};
    }
    const torch::Tensor weight = of.weight_VD.to(of.compute);
    const torch::Tensor bias = of.bias_V.defined() ? of.bias_V.to(of.compute) : of.bias_V;
    const std::int64_t rows = of.features_ND.size(0), together = tensor_rows(of);
    std::vector<torch::Tensor> losses, hits;
    for (std::int64_t first = 0; first < rows; first += together) {
        const std::int64_t count = std::min(together, rows - first);
        const torch::Tensor targets = of.targets_N.narrow(0, first, count);
        const torch::Tensor scores = at::linear(of.features_ND.narrow(0, first, count).to(of.compute), weight, bias);
        const torch::Tensor log_p = torch::log_softmax(scores, -1, wide_of(of.compute));
        losses.push_back(-log_p.gather(1, targets.unsqueeze(1)).squeeze(1));
        hits.push_back(scores.argmax(-1).eq(targets));
    }
    if (losses.empty())
        return {torch::empty({0}, of.features_ND.options().dtype(wide_of(of.compute))),
                torch::empty({0}, of.features_ND.options().dtype(torch::kBool))};
    return {torch::cat(losses), torch::cat(hits)};
}

double linear_cross_entropy_kernel_bytes(std::int64_t rows, std::int64_t width, std::int64_t vocabulary) {
    if (rows < 1 || vocabulary < 1) return 0;
    const bool keeps = keeps_scores(rows, vocabulary, width);
    const std::int64_t scores = (keeps ? rows : kernel_rows(rows, vocabulary)) * vocabulary,
                       weight = keeps ? 0 : vocabulary * width, features = 2 * rows * width;
    return 4.0 * static_cast<double>(scores + weight + features);
}

double linear_cross_entropy_bytes(double rows, double width, double vocabulary) {
    // The larger of the two roads on a CPU: 4 bytes a score by the kernels, 10 by tensors.
    const double block = std::max(4194304.0, 256 * vocabulary);
    return 10 * std::min(rows * vocabulary, block) + (rows * vocabulary > block ? 4 * vocabulary * width : 0);
}

}  // namespace gw
