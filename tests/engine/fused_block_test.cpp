#include "model/kernels/fused_block.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>

#include "model/blocks.h"
#include "model/gradient_sink.h"
#include "util/task_pool.h"

// Blocks by the kernels of model/kernels/ against the same blocks by LibTorch's operations.
namespace gw::test {

namespace {

double distance(const torch::Tensor& a, const torch::Tensor& b) {
    const torch::Tensor wide = b.to(torch::kFloat64);
    return ((a.to(torch::kFloat64) - wide).norm() / (wide.norm() + 1e-12)).item<double>();
}

/// Blocks with a batch for them.
struct Bench {
    BlocksShape shape;
    TransformerBlocks blocks;
    Parameters parameters;
    std::optional<Rotary> rotary;
    Pass pass;
    torch::Tensor x_BTD, pull_BTD;

    Bench(const BlocksShape& of, std::int64_t batch, std::int64_t time, bool rotates = false)
        : shape(of), blocks(Initialiser("xavier", 7), "", of) {
        blocks.list(parameters);
        torch::manual_seed(11);
        const torch::NoGradGuard no_grad;
        // Norms and biases that stand at one and zero would hide what they are multiplied with.
        for (const Parameter& p : parameters)
            if (p.tensor.dim() == 1) torch::Tensor(p.tensor).add_(torch::randn_like(p.tensor), 0.3);
        if (rotates) rotary = Rotary::make(time + 3, shape.width / shape.heads, 10000.0);
        x_BTD = torch::randn({batch, time, shape.width}).set_requires_grad(true);
        pull_BTD = torch::randn({batch, time, shape.width});
        pass.training = true;
        if (!shape.causal) {
            const torch::Tensor lengths = torch::randint(1, time + 1, {batch, 1});
            pass.valid_BT = torch::arange(time).unsqueeze(0) < lengths;
        }
    }

    torch::Tensor forward() const { return blocks(x_BTD, rotary, pass); }

    std::vector<torch::Tensor> inputs() const {
        std::vector<torch::Tensor> out{x_BTD};
        for (const Parameter& p : parameters) out.push_back(p.tensor);
        return out;
    }

    /// The output, and the gradients of the input and of each parameter.
    std::vector<torch::Tensor> all() const {
        const torch::Tensor y_BTD = forward();
        std::vector<torch::Tensor> out =
            torch::autograd::grad({y_BTD}, inputs(), {pull_BTD.to(y_BTD.scalar_type())}, {}, false, true);
        out.insert(out.begin(), y_BTD.detach());
        return out;
    }

    bool is_fused() const { return forward().grad_fn()->name().find("NormFunction") != std::string::npos; }
};

BlocksShape small_shape() {
    return {.layers = 2, .width = 12, .heads = 3, .kv_heads = 1, .hidden = 20, .causal = true};
}

/// ReLU's slope jumps at zero: one of thousands of values that rounds to its other side changes gradients by so much.
double nearness(const std::string& activation, double most) {
    return activation == "relu" ? 0.02 : most;
}

void expect_close(const std::vector<torch::Tensor>& got, const std::vector<torch::Tensor>& expected, double most) {
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_LT(distance(got[i], expected[i]), most) << "tensor " << i;
}

/// Every combination of what a block can be made of, at one size.
void compare_all(std::int64_t batch, std::int64_t time, BlocksShape shape) {
    for (const bool causal : {false, true})
        for (const bool rms : {false, true})
            for (const char* activation : {"gelu", "relu", "swiglu"})
                for (const bool bias : {false, true})
                    for (const bool rotates : {false, true}) {
                        if (rotates && shape.width / shape.heads % 2 != 0) continue;
                        shape.causal = causal;
                        shape.rms = rms;
                        shape.activation = activation;
                        shape.bias = bias;
                        SCOPED_TRACE(std::string(activation) + (causal ? " causal" : " both ways") +
                                     (rms ? " rms" : "") + (bias ? " bias" : "") + (rotates ? " rotary" : ""));
                        const Bench bench(shape, batch, time, rotates);
                        ASSERT_TRUE(bench.is_fused());
                        const auto got = bench.all();
                        const kernels::PlainOnly plain;
                        ASSERT_FALSE(bench.is_fused());
                        expect_close(got, bench.all(), nearness(activation, 1e-4));
                    }
}

}  // namespace

TEST(FusedBlock, IsThePlainOneForOnePosition) {
    compare_all(2, 1, {.layers = 1, .width = 4, .heads = 1, .kv_heads = 1, .hidden = 8});
}

TEST(FusedBlock, IsThePlainOneWhereHeadsShareKeys) {
    compare_all(3, 5, {.layers = 2, .width = 12, .heads = 3, .kv_heads = 1, .hidden = 20});
    compare_all(2, 17, {.layers = 2, .width = 136, .heads = 4, .kv_heads = 2, .hidden = 100});
}

TEST(FusedBlock, IsThePlainOneForWholeRegistersAndTiles) {
    compare_all(3, 64, {.layers = 1, .width = 64, .heads = 2, .kv_heads = 2, .hidden = 128});
}

TEST(FusedBlock, IsThePlainOneForRowsOfOddLength) {
    compare_all(2, 130, {.layers = 1, .width = 24, .heads = 4, .kv_heads = 2, .hidden = 40});
    compare_all(1, 257, {.layers = 1, .width = 40, .heads = 5, .kv_heads = 5, .hidden = 64});
}

TEST(FusedBlock, AttentionGoesOnOverBlocksOfALongContext) {
    for (const bool causal : {false, true}) {
        const Bench bench({.layers = 1, .width = 16, .heads = 2, .kv_heads = 1, .hidden = 16, .causal = causal}, 2,
                          1100);
        const auto got = bench.all();
        const kernels::PlainOnly plain;
        expect_close(got, bench.all(), 1e-4);
    }
}

TEST(FusedBlock, IsNearTheSameInDoublePrecision) {
    for (const char* activation : {"gelu", "relu", "swiglu"}) {
        BlocksShape shape = small_shape();
        shape.activation = activation;
        Bench bench(shape, 2, 33, true);
        const auto got = bench.all();
        for (const Parameter& p : bench.parameters) torch::Tensor(p.tensor).set_data(p.tensor.to(torch::kFloat64));
        bench.x_BTD = bench.x_BTD.detach().to(torch::kFloat64).set_requires_grad(true);
        bench.pass.compute = torch::kFloat64;
        ASSERT_FALSE(bench.is_fused());
        expect_close(got, bench.all(), nearness(activation, 1e-5));
    }
}

TEST(FusedBlock, LeavesToOthersWhatItCannotDo) {
    ASSERT_TRUE(Bench(small_shape(), 2, 5).is_fused());
    Bench bfloat(small_shape(), 2, 5);
    bfloat.pass.compute = torch::kBFloat16;
    EXPECT_FALSE(bfloat.is_fused());
    BlocksShape shape = small_shape();
    shape.dropout = 0.5;
    Bench dropping(shape, 2, 5);
    EXPECT_FALSE(dropping.is_fused());
    dropping.pass.training = false;
    EXPECT_TRUE(dropping.is_fused());
    Bench adapted(small_shape(), 2, 5);
    std::vector<Adapted> made;
    adapted.blocks.adapt({.rank = 2, .projections = {"up"}}, 1, made);
    EXPECT_FALSE(adapted.is_fused());
    adapted.blocks.merge_adapters();
    EXPECT_TRUE(adapted.is_fused());
    Bench watched(small_shape(), 2, 5);
    int seen = 0;
    watched.pass.attended = [&](const std::string&, const torch::Tensor&) { ++seen; };
    EXPECT_FALSE(watched.is_fused());
    EXPECT_EQ(seen, 2);
    shape = small_shape();
    shape.pre = false;
    EXPECT_FALSE(Bench(shape, 2, 5).is_fused());
    shape = small_shape();
    shape.layers = 1;
    shape.width = 516;
    EXPECT_TRUE(Bench(shape, 1, 2).is_fused()) << "of any width";
}

TEST(FusedBlock, ShowsTheOutputOfEveryBlock) {
    Bench bench(small_shape(), 2, 5);
    std::vector<torch::Tensor> seen;
    bench.pass.observe = [&](const std::string&, const torch::Tensor& values) { seen.push_back(values.detach()); };
    bench.forward();
    const auto got = std::exchange(seen, {});
    const kernels::PlainOnly plain;
    bench.forward();
    ASSERT_EQ(got.size(), 2U);
    expect_close(got, seen, 1e-5);
}

TEST(FusedBlock, UsedTwiceAddsItsGradients) {
    const Bench bench(small_shape(), 2, 5);
    const auto twice = [&] {
        const torch::Tensor y_BTD = bench.blocks(bench.forward(), bench.rotary, bench.pass);
        return torch::autograd::grad({y_BTD}, bench.inputs(), {bench.pull_BTD});
    };
    const auto got = twice();
    const kernels::PlainOnly plain;
    expect_close(got, twice(), 1e-4);
}

TEST(FusedBlock, AddsItsGradientsToASink) {
    const Bench bench(small_shape(), 2, 5);
    const auto expected = bench.all();
    torch::Tensor flat = torch::ones({bench.shape.parameters()});
    GradientSink sink;
    float* at = flat.data_ptr<float>();
    for (const Parameter& p : bench.parameters) {
        sink.set(p.tensor, at);
        at += p.tensor.numel();
    }
    std::vector<torch::Tensor> got;
    {
        const GradientSink::Use use(sink);
        got = bench.all();
    }
    EXPECT_TRUE(torch::equal(got[1], expected[1]));
    std::int64_t first = 0;
    for (std::size_t i = 0; i < bench.parameters.size(); ++i) {
        EXPECT_FALSE(got[i + 2].defined());
        const std::int64_t count = bench.parameters[i].tensor.numel();
        EXPECT_LT(distance(flat.narrow(0, first, count) - 1, expected[i + 2].reshape({-1})), 1e-5)
            << bench.parameters[i].name;
        first += count;
    }
}

TEST(FusedBlock, LeavesFrozenWeightsAlone) {
    const Bench bench(small_shape(), 2, 5);
    const auto expected = bench.all();
    for (const Parameter& p : bench.parameters) torch::Tensor(p.tensor).set_requires_grad(p.tensor.dim() == 1);
    bench.forward().backward(bench.pull_BTD);
    for (std::size_t i = 0; i < bench.parameters.size(); ++i) {
        const torch::Tensor& tensor = bench.parameters[i].tensor;
        EXPECT_EQ(tensor.grad().defined(), tensor.dim() == 1) << bench.parameters[i].name;
        if (tensor.grad().defined()) {
            EXPECT_TRUE(torch::equal(tensor.grad(), expected[i + 2]));
        }
    }
    EXPECT_TRUE(torch::equal(bench.x_BTD.grad(), expected[1]));
}

TEST(FusedBlock, IsTheSameWithoutGradients) {
    const Bench bench(small_shape(), 3, 17);
    const torch::Tensor expected = bench.forward().detach();
    const torch::NoGradGuard no_grad;
    const torch::Tensor got = bench.forward();
    EXPECT_FALSE(got.requires_grad());
    EXPECT_TRUE(torch::equal(got, expected));
}

TEST(FusedBlock, IsTheSameForAnyNumberOfThreads) {
    BlocksShape shape = small_shape();
    shape.hidden = 4096;  // enough that the gradients of weights are cut too
    const Bench bench(shape, 5, 400);
    TaskPool& pool = TaskPool::shared();
    const int before = pool.threads();
    pool.set_threads(1);
    const auto expected = bench.all();
    pool.set_threads(3);
    const auto got = bench.all();
    pool.set_threads(before);
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_TRUE(torch::equal(got[i], expected[i])) << i;
}

TEST(FusedBlock, NumbersThatAreNoneStayVisible) {
    for (const char* activation : {"gelu", "relu", "swiglu"}) {
        BlocksShape shape = small_shape();
        shape.activation = activation;
        const Bench bench(shape, 2, 5);
        const torch::NoGradGuard no_grad;
        torch::Tensor x_BTD = bench.x_BTD.detach().clone();
        x_BTD[1][2][3] = std::numeric_limits<float>::quiet_NaN();
        const torch::Tensor bad_BT = bench.blocks(x_BTD, bench.rotary, bench.pass).isnan().any(-1);
        EXPECT_FALSE(bad_BT[0].any().item<bool>());
        // What stands behind it looks at it.
        EXPECT_TRUE(bad_BT[1].narrow(0, 2, 3).all().item<bool>());
    }
}

}  // namespace gw::test
