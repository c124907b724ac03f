#include "model/recomputed.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "engine/stretch.h"
#include "model/blocks.h"
#include "model/gradient_sink.h"

// Blocks that keep their input alone against the same blocks that keep everything: equal to the bit.
namespace gw {
namespace {

struct Case {
    std::string name;
    BlocksShape shape;
    bool own_generator = true, rotates = false;
};

/// The output, and the gradients of the input and of each parameter; the same dropout each time.
std::vector<torch::Tensor> all_of(const Case& of, Recompute recompute, GradientSink* sink = nullptr) {
    const TransformerBlocks blocks(Initialiser("xavier", 7), "", of.shape);
    Parameters parameters;
    blocks.list(parameters);
    torch::manual_seed(5);
    const torch::Tensor x_BTD = torch::randn({3, 6, of.shape.width}).set_requires_grad(true),
                        pull_BTD = torch::randn({3, 6, of.shape.width});
    std::optional<Rotary> rotary;
    if (of.rotates) rotary = Rotary::make(9, of.shape.width / of.shape.heads, 10000.0);
    Pass pass;
    pass.training = true;
    pass.recompute = recompute;
    if (of.own_generator) pass.generator = at::make_generator<at::CPUGeneratorImpl>(9);
    std::vector<torch::Tensor> inputs{x_BTD};
    for (const Parameter& p : parameters) inputs.push_back(p.tensor);
    torch::Tensor flat = torch::zeros({of.shape.parameters()});
    if (sink) {
        float* at = flat.data_ptr<float>();
        for (const Parameter& p : parameters) {
            sink->set(p.tensor, at);
            at += p.tensor.numel();
        }
    }
    std::optional<GradientSink::Use> use;
    if (sink) use.emplace(*sink);
    const torch::Tensor y_BTD = blocks(x_BTD, rotary, pass);
    // What is drawn next must not depend on it either.
    const torch::Tensor next = of.own_generator ? torch::empty({2}).uniform_(0, 1, *pass.generator) : torch::rand({2});
    auto out = torch::autograd::grad({y_BTD}, inputs, {pull_BTD}, {}, false, /*allow_unused=*/true);
    out.push_back(y_BTD.detach());
    out.push_back(next);
    out.push_back(of.own_generator ? torch::empty({2}).uniform_(0, 1, *pass.generator) : torch::rand({2}));
    out.push_back(flat);
    return out;
}

void expect_equal(const std::vector<torch::Tensor>& got, const std::vector<torch::Tensor>& expected) {
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        ASSERT_EQ(got[i].defined(), expected[i].defined()) << i;
        if (!got[i].defined()) continue;
        EXPECT_TRUE(torch::equal(got[i], expected[i])) << "tensor " << i;
    }
}

std::vector<Case> cases() {
    const BlocksShape shape{.layers = 3, .width = 12, .heads = 3, .kv_heads = 1, .hidden = 20, .causal = true};
    BlocksShape dropped = shape, post = shape, swiglu = shape;
    dropped.dropout = 0.3;
    post.pre = false;
    post.dropout = 0.2;
    swiglu.activation = "swiglu";
    swiglu.rms = true;
    swiglu.bias = false;
    return {{"fused", shape},
            {"fused, rotary, SwiGLU", swiglu, true, true},
            {"dropout", dropped},
            {"dropout from the generator of all", dropped, false},
            {"norms behind the parts", post}};
}

TEST(Recomputed, OutputsAndGradientsAreTheSameToTheBit) {
    for (const Case& one : cases()) {
        SCOPED_TRACE(one.name);
        const auto kept = all_of(one, Recompute::off), again = all_of(one, Recompute::on);
        expect_equal(again, kept);
        EXPECT_GT(kept.front().abs().sum().item<double>(), 0);
    }
}

TEST(Recomputed, GradientsGoIntoTheSinkAllTheSame) {
    for (const Case& one : cases()) {
        SCOPED_TRACE(one.name);
        GradientSink first, second;
        const auto kept = all_of(one, Recompute::off, &first), again = all_of(one, Recompute::on, &second);
        expect_equal(again, kept);
        EXPECT_GT(kept.back().abs().sum().item<double>(), 0) << "the sink was met";
    }
}

TEST(Recomputed, KeepsTheInputAlone) {
    int passes = 0;
    bool recorded = false;
    torch::Tensor held;
    const torch::Tensor w = torch::ones({4}).requires_grad_(), x = torch::ones({4}).requires_grad_();
    const PartOfModel part = [&](const torch::Tensor& in, const Pass&) {
        ++passes;
        recorded = torch::GradMode::is_enabled();
        const torch::Tensor between = in * w;
        held = between;
        return between.sin();
    };
    const torch::Tensor y = recomputed(x, {{"w", w}}, part, {});
    EXPECT_EQ(passes, 1);
    EXPECT_FALSE(recorded);
    EXPECT_EQ(held.use_count(), 1U) << "nobody else holds what lies between";
    y.sum().backward();
    EXPECT_EQ(passes, 2);
    EXPECT_TRUE(recorded);
    EXPECT_TRUE(torch::allclose(w.grad(), torch::ones({4}).cos()));
    {
        const torch::NoGradGuard no_grad;
        (void)recomputed(x, {{"w", w}}, part, {});
    }
    EXPECT_EQ(passes, 3);
}

TEST(Recomputed, FrozenWeightsGetNoGradient) {
    const torch::Tensor w = torch::ones({2}), v = torch::ones({2}).requires_grad_(), x = torch::ones({2});
    const torch::Tensor y =
        recomputed(x, {{"w", w}, {"v", v}}, [&](const torch::Tensor& in, const Pass&) { return in * w * v; }, {});
    y.sum().backward();
    EXPECT_FALSE(w.grad().defined());
    EXPECT_TRUE(torch::equal(v.grad(), torch::ones({2})));
}

TEST(Recompute, PaysWhereActivationsWeighMuchBesideTheWeights) {
    const BlocksShape wide{.layers = 12, .width = 768, .heads = 12, .kv_heads = 12, .hidden = 3072, .causal = true};
    EXPECT_FALSE(recompute_pays(wide.kept(512), 512));
    EXPECT_TRUE(recompute_pays(wide.kept(4096), 4096));
    const BlocksShape small{.layers = 4, .width = 128, .heads = 4, .kv_heads = 4, .hidden = 512, .causal = true};
    EXPECT_FALSE(recompute_pays(small.kept(512), 512)) << "little in any case";
    EXPECT_TRUE(recompute_pays(small.kept(65536), 65536));
}

/// The weights that a run of four steps ends with.
std::string learnt(Json changes, const char* recompute, int threads) {
    changes["training"] = {{"budget", 4}, {"micro_batch", 6}, {"recompute", recompute}, {"threads", threads}};
    test::Stretches run;
    EXPECT_EQ(run.go(test::tiny_spec(changes)).end, Outcome::End::finished) << run.why();
    return read_file(run.checkpoint(4) / "backbone.safetensors").or_throw();
}

TEST(Recompute, ARunLearnsTheSameToTheBit) {
    const Json text = Json::object(), pictures = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 60, "size": 16}, "tokenizer": {"kind": "none"},
        "objective": {"kind": "classification"},
        "backbone": {"kind": "vit", "patch": 4, "layers": 2, "width": 16, "heads": 2, "dropout": 0.1}})");
    for (const Json& changes : {text, pictures}) {
        const std::string kept = learnt(changes, "off", 1);
        EXPECT_EQ(learnt(changes, "on", 1), kept);
        EXPECT_EQ(learnt(changes, "on", 3), kept);
        EXPECT_EQ(learnt(changes, "auto", 2), kept);
    }
}

}  // namespace
}  // namespace gw
