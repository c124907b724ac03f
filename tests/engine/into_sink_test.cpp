#include "model/into_sink.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "model/gradient_sink.h"
#include "model/layers.h"

namespace gw {
namespace {

struct Layer {
    torch::Tensor x = torch::randn({2, 5, 6}).requires_grad_(), weight = torch::randn({4, 6}).requires_grad_(),
                  bias = torch::randn({4}).requires_grad_(), pull = torch::randn({2, 5, 4});

    std::vector<torch::Tensor> gradients(torch::Dtype compute) const {
        Pass pass;
        pass.compute = compute;
        const torch::Tensor y = project(x, weight, bias, pass);
        auto out = torch::autograd::grad({y}, {x, weight, bias}, {pull.to(compute)}, {}, false, true);
        out.push_back(y.detach());
        return out;
    }
};

TEST(IntoSink, ALinearLayerAddsTheGradientsOfItsWeights) {
    torch::manual_seed(2);
    const Layer layer;
    for (const torch::Dtype compute : {torch::kFloat32, torch::kBFloat16}) {
        const auto plain = layer.gradients(compute);
        torch::Tensor weight = torch::ones({4, 6}), bias = torch::ones({4});
        GradientSink sink;
        sink.set(layer.weight, weight.data_ptr<float>());
        sink.set(layer.bias, bias.data_ptr<float>());
        const GradientSink::Use use(sink);
        ASSERT_TRUE(goes_to_sink(layer.weight));
        const auto got = layer.gradients(compute);
        EXPECT_TRUE(torch::equal(got[3], plain[3]));
        EXPECT_TRUE(torch::allclose(got[0], plain[0], 1e-5, 1e-6));
        EXPECT_FALSE(got[1].defined());
        EXPECT_FALSE(got[2].defined());
        EXPECT_TRUE(torch::allclose(weight - 1, plain[1], 1e-5, 1e-5)) << (weight - 1 - plain[1]).abs().max();
        EXPECT_TRUE(torch::allclose(bias - 1, plain[2], 1e-5, 1e-5));
    }
}

TEST(IntoSink, ABiasThatTheSinkDoesNotKnowGetsATensor) {
    torch::manual_seed(2);
    const Layer layer;
    const auto plain = layer.gradients(torch::kFloat32);
    torch::Tensor weight = torch::zeros({4, 6});
    GradientSink sink;
    sink.set(layer.weight, weight.data_ptr<float>());
    const GradientSink::Use use(sink);
    const auto got = layer.gradients(torch::kFloat32);
    ASSERT_TRUE(got[2].defined());
    EXPECT_TRUE(torch::allclose(got[2], plain[2], 1e-5, 1e-6));
    const torch::NoGradGuard no_grad;
    EXPECT_FALSE(goes_to_sink(layer.weight)) << "nothing is recorded";
}

TEST(IntoSink, RowsOfATableAddTheirGradients) {
    torch::manual_seed(2);
    const torch::Tensor table = torch::randn({7, 3}).requires_grad_(), ids = torch::tensor({{1, 4, 1}, {6, 1, 0}}),
                        pull = torch::randn({2, 3, 3});
    const torch::Tensor plain = torch::autograd::grad({at::embedding(table, ids)}, {table}, {pull})[0];
    torch::Tensor sums = torch::ones({7, 3});
    GradientSink sink;
    sink.set(table, sums.data_ptr<float>());
    const GradientSink::Use use(sink);
    const torch::Tensor rows = rows_to_sink(table, ids);
    EXPECT_TRUE(torch::equal(rows, at::embedding(table, ids)));
    const auto got = torch::autograd::grad({rows}, {table}, {pull}, {}, false, true);
    EXPECT_FALSE(got[0].defined());
    EXPECT_TRUE(torch::allclose(sums - 1, plain, 1e-5, 1e-6));
}

}  // namespace
}  // namespace gw
