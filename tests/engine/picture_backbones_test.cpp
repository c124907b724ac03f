#include <gtest/gtest.h>
#include <torch/types.h>

#include <cmath>
#include <limits>
#include <map>

#include "engine/check_gradients.h"
#include "engine/plain_pictures.h"
#include "model/convolution.h"
#include "model/layers.h"
#include "model/normalisation.h"
#include "model/pictures.h"

// Backbones for pictures against slow plain ones.
namespace gw::plain {
namespace {

TEST(Pictures, BytesBecomeDeviationsFromTheMeanOfTheirChannel) {
    InputFacts input = image_input(2, 3, 4);
    input.image->mean = {0.25, 0.5};
    input.image->deviation = {0.5, 0.0};  // the second is of one value
    const Pictures pictures(input);
    const torch::Tensor bytes = some_pictures(2, 2, 3, 4);
    torch::Tensor expected = bytes.to(torch::kFloat64) / 255;
    expected.select(1, 0).sub_(0.25).div_(0.5);
    expected.select(1, 1).sub_(0.5);
    const torch::Tensor got = pictures(Batch::of_images(bytes), Pass{});
    EXPECT_EQ(got.scalar_type(), torch::kFloat32);
    expect_near(got, expected, 1e-6, "standardised");
    EXPECT_EQ(pictures(Batch::of_images(bytes), Pass{torch::kBFloat16}).scalar_type(), torch::kBFloat16);
    EXPECT_TRUE(torch::equal(pictures(Batch::of_images(expected), exact), expected));
    expect_near(Pictures(image_input(2, 3, 4))(Batch::of_images(bytes), exact), bytes.to(torch::kFloat64) / 255, 1e-7,
                "as they are");
    EXPECT_ANY_THROW(pictures(Batch::of_images(some_pictures(2, 2, 4, 3)), Pass{}));
    EXPECT_ANY_THROW(pictures(Batch::of_tokens(torch::zeros({2, 2}, torch::kInt64)), Pass{}));
}

TEST(Pictures, ConvolutionIsThatOfLoops) {
    for (const std::int64_t kernel : {1, 3, 5})
        for (const std::int64_t stride : {1, 2})
            for (const bool bias : {true, false}) {
                const Convolution layer(Initialiser("xavier", 1), "conv", {3, 4, kernel, stride, bias});
                const Parameters all = parameters_of(layer);
                shake(all, 2);
                const torch::Tensor x = numbers({2, 3, 7, 6}, 3);
                const torch::Tensor expected = plain_convolution(
                    x, named(all, "conv.weight"), bias ? named(all, "conv.bias") : torch::Tensor(), stride);
                expect_near(layer(x, exact), expected, 1e-12, "kernel " + std::to_string(kernel));
            }
}

TEST(Pictures, PoolingIsThatOfLoops) {
    const torch::Tensor x = numbers({2, 3, 7, 6}, 4);
    expect_near(max_pool(x), plain_pool(x, true), 1e-15, "largest");
    expect_near(average_pool(x), plain_pool(x, false), 1e-15, "mean");
}

TEST(Pictures, BatchNormIsThatOfLoops) {
    for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{5, 3}, {4, 3, 3, 2}}) {
        const BatchNorm layer("norm", 3);
        const Parameters all = parameters_of(layer);
        Buffers buffers;
        layer.list(buffers);
        ASSERT_EQ(buffers.size(), 2U);
        shake(all, 5);
        std::vector<double> mean(3, 0.0), variance(3, 1.0);
        for (std::uint64_t step = 0; step < 4; ++step) {
            const torch::Tensor x = numbers(shape, 6 + step) * 2 + 1;
            const Moments spread = spread_of(x);
            const torch::Tensor expected =
                plain_norm(x, spread.mean, spread.variance, named(all, "norm.weight"), named(all, "norm.bias"));
            expect_near(layer(x, training), expected, 1e-12, "by the batch");
            for (std::size_t c = 0; c < 3; ++c) {
                mean[c] = 0.9 * mean[c] + 0.1 * spread.mean[c];
                variance[c] = 0.9 * variance[c] + 0.1 * spread.unbiased[c];
                EXPECT_NEAR(values_of(buffers[0].tensor)[c], mean[c], 1e-6) << step;
                EXPECT_NEAR(values_of(buffers[1].tensor)[c], variance[c], 1e-6) << step;
            }
        }
        const torch::Tensor x = numbers(shape, 20);
        expect_near(layer(x, exact),
                    plain_norm(x, values_of(buffers[0].tensor), values_of(buffers[1].tensor), named(all, "norm.weight"),
                               named(all, "norm.bias")),
                    1e-12, "by running statistics");
    }
}

TEST(Pictures, RunningStatisticsStayAtAPassThatIsNotFinite) {
    const BatchNorm layer("norm", 3);
    Buffers buffers;
    layer.list(buffers);
    const Pass pass{torch::kFloat32, /*training=*/true};
    const torch::Tensor good = numbers({4, 3, 2, 2}, 1).to(torch::kFloat32);
    (void)layer(good, pass);
    const torch::Tensor mean = buffers[0].tensor.clone(), variance = buffers[1].tensor.clone();
    for (const float wrong : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN(), 1e30F}) {
        torch::Tensor bad = good.clone();
        bad[1][2][0][0] = wrong;  // of 1e30 the mean is finite, and the variance is not
        (void)layer(bad, pass);
        EXPECT_TRUE(torch::equal(buffers[0].tensor, mean)) << wrong;
        EXPECT_TRUE(torch::equal(buffers[1].tensor, variance)) << wrong;
    }
    const BatchNorm flat("norm", 3);
    Buffers of_flat;
    flat.list(of_flat);
    EXPECT_TRUE(torch::isfinite(flat(numbers({1, 3}, 1).to(torch::kFloat32), pass)).all().item<bool>());
    EXPECT_TRUE(torch::equal(of_flat[0].tensor, torch::zeros({3}))) << "one value a channel has no variance";
    EXPECT_TRUE(torch::equal(of_flat[1].tensor, torch::ones({3})));
    (void)layer(good, pass);
    EXPECT_FALSE(torch::equal(buffers[0].tensor, mean));
}

TEST(Pictures, AFrozenNormKeepsAndTakesItsRunningStatistics) {
    const BatchNorm layer("norm", 3);
    Parameters all;
    layer.list(all);
    Buffers buffers;
    layer.list(buffers);
    const Pass pass{torch::kFloat32, /*training=*/true};
    const torch::Tensor x = numbers({4, 3}, 1).to(torch::kFloat32);
    (void)layer(x, pass);
    const torch::Tensor mean = buffers[0].tensor.clone(), variance = buffers[1].tensor.clone();
    const torch::Tensor evaluated = layer(x, Pass{});
    EXPECT_FALSE(torch::allclose(layer(x, pass), evaluated, 1e-3, 1e-3));
    buffers[0].tensor.copy_(mean);
    buffers[1].tensor.copy_(variance);
    for (Parameter& p : all) p.tensor.set_requires_grad(false);
    EXPECT_TRUE(torch::equal(layer(x, pass), evaluated));
    EXPECT_TRUE(torch::equal(buffers[0].tensor, mean));
    EXPECT_TRUE(torch::equal(buffers[1].tensor, variance));
}

TEST(Pictures, CnnIsThatOfLoops) {
    for (const char* pooling : {"max", "average", "stride"}) {
        const Json settings = {
            {"stages", 2}, {"channels", 3}, {"convolutions", 2}, {"pooling", pooling}, {"hidden", 5}};
        const auto backbone = build("cnn", settings, image_input(2, 7, 6));
        const Parameters all = in_float64(backbone->parameters());
        shake(all, 3);
        const torch::Tensor input = numbers({3, 2, 7, 6}, 8);
        (void)backbone->features(Batch::of_images(input), training);
        std::map<std::string, std::vector<double>> running;
        for (const Buffer& buffer : backbone->buffers()) running[buffer.name] = values_of(buffer.tensor);
        torch::Tensor x = input;
        for (int stage = 0; stage < 2; ++stage) {
            for (int i = 0; i < 2; ++i) {
                const std::string name = "blocks." + std::to_string(stage), number = std::to_string(i),
                                  norm = name + ".norm" + number;
                const std::int64_t stride = std::string(pooling) == "stride" && i == 1 ? 2 : 1;
                x = plain_convolution(x, named(all, name + ".conv" + number + ".weight"), {}, stride);
                x = plain_norm(x, running[norm + ".mean"], running[norm + ".variance"], named(all, norm + ".weight"),
                               named(all, norm + ".bias"));
                x = x.clamp_min(0);
            }
            if (std::string(pooling) != "stride") x = plain_pool(x, std::string(pooling) == "max");
        }
        const Features features = backbone->features(Batch::of_images(input), exact);
        expect_near(features.map_BCHW, x, 1e-10, pooling);
        const torch::Tensor weight = named(all, "blocks.2.hidden.weight"), bias = named(all, "blocks.2.hidden.bias");
        torch::Tensor pooled = torch::zeros({3, 5}, torch::kFloat64);
        const torch::Tensor flat = x.reshape({3, -1});
        for (std::int64_t b = 0; b < 3; ++b)
            for (std::int64_t o = 0; o < 5; ++o) {
                double sum = bias[o].item<double>();
                for (std::int64_t i = 0; i < flat.size(1); ++i)
                    sum += flat[b][i].item<double>() * weight[o][i].item<double>();
                pooled[b][o] = std::max(sum, 0.0);
            }
        expect_near(features.pooled_BD, pooled, 1e-10, pooling);
    }
    const auto global = build("cnn", {{"stages", 1}, {"channels", 3}, {"hidden", 0}}, image_input(1, 4, 4));
    const Features features = global->features(Batch::of_images(some_pictures(2, 1, 4, 4)), Pass{});
    const torch::Tensor map = features.map_BCHW.detach();
    for (std::int64_t b = 0; b < 2; ++b)
        for (std::int64_t c = 0; c < 3; ++c) {
            const double mean =
                (map[b][c][0][0] + map[b][c][0][1] + map[b][c][1][0] + map[b][c][1][1]).item<double>() / 4;
            EXPECT_NEAR(features.pooled_BD[b][c].item<double>(), mean, 1e-6);
        }
}

class PictureBackbone : public testing::TestWithParam<std::pair<const char*, const char*>> {
  protected:
    const char* id() const { return GetParam().first; }
    Json settings() const { return Json::parse(GetParam().second); }
    const InputFacts input = image_input(2, 6, 5);
};

TEST_P(PictureBackbone, Gradients) {
    const auto backbone = build(id(), settings(), input);
    Parameters all = in_float64(backbone->parameters());
    shake(all, 4);
    all.push_back({"x", numbers({3, 2, 6, 5}, 9).set_requires_grad(true)});
    const Batch batch = Batch::of_images(all.back().tensor);
    test::check_gradients(
        all,
        [&] {
            const Features features = backbone->features(batch, training);
            const torch::Tensor pooled = weigh(features.pooled_BD);
            return features.map_BCHW.defined() ? pooled + weigh(features.map_BCHW) : pooled;
        },
        6);
}

TEST_P(PictureBackbone, OutputDependsOnNoOtherRowAndHalfPrecisionIsClose) {
    const auto backbone = build(id(), settings(), input);
    const torch::Tensor bytes = some_pictures(4, 2, 6, 5);
    for (int step = 0; step < 3; ++step)
        (void)backbone->features(Batch::of_images(bytes), Pass{torch::kFloat32, /*training=*/true});
    const c10::InferenceMode inference;
    const torch::Tensor whole = backbone->features(Batch::of_images(bytes), Pass{}).pooled_BD;
    for (std::int64_t row = 0; row < 4; ++row) {
        const torch::Tensor alone = backbone->features(Batch::of_images(bytes.narrow(0, row, 1)), Pass{}).pooled_BD;
        EXPECT_TRUE(torch::allclose(alone[0], whole[row], 1e-5, 1e-6)) << row;
    }
    const torch::Tensor half = backbone->features(Batch::of_images(bytes), Pass{torch::kBFloat16}).pooled_BD;
    EXPECT_EQ(half.scalar_type(), torch::kBFloat16);
    EXPECT_LT((half.to(torch::kFloat32) - whole).abs().max().item<double>(), 0.03 * whole.abs().max().item<double>());
}

TEST_P(PictureBackbone, ATrainingPassInHalfPrecisionIsClose) {
    std::map<torch::Dtype, torch::Tensor> pooled, gradient;
    for (const torch::Dtype compute : {torch::kFloat32, torch::kBFloat16}) {
        const auto backbone = build(id(), settings(), input);
        const torch::Tensor y =
            backbone->features(Batch::of_images(some_pictures(16, 2, 6, 5)), Pass{compute, /*training=*/true})
                .pooled_BD;
        y.to(torch::kFloat32).square().sum().backward();
        pooled[compute] = y.detach().to(torch::kFloat32);
        gradient[compute] = backbone->parameters().front().tensor.grad();
    }
    // The gradient comes back through every rounding of the way there, and its mean is taken out at every norm.
    for (const auto& [values, most] : {std::pair{&pooled, 0.03}, {&gradient, 0.15}}) {
        const torch::Tensor wide = values->at(torch::kFloat32);
        EXPECT_LT((values->at(torch::kBFloat16) - wide).norm().item<double>(), most * wide.norm().item<double>());
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, PictureBackbone,
    testing::Values(
        std::pair{"mlp", R"({"layers": 2, "width": 6, "norm": "batch_norm", "activation": "gelu"})"},
        std::pair{
            "mlp",
            R"({"layers": 3, "width": 6, "norm": "layer_norm", "activation": "tanh", "initialisation": "xavier"})"},
        std::pair{"mlp", R"({"layers": 2, "width": 6})"},
        std::pair{"cnn", R"({"stages": 2, "channels": 3, "convolutions": 2, "hidden": 5, "activation": "gelu"})"},
        std::pair{"cnn", R"({"stages": 2, "channels": 3, "pooling": "stride", "hidden": 0, "activation": "tanh"})"},
        std::pair{"mlp", R"({"layers": 2, "width": 6, "norm": "group_norm", "groups": 2, "activation": "silu"})"},
        std::pair{"cnn", R"({"stages": 1, "channels": 4, "pooling": "average", "norm": "none", "kernel": 5})"},
        std::pair{"cnn",
                  R"({"stages": 2, "channels": 4, "norm": "group_norm", "groups": 2, "activation": "leaky_relu",
                      "hidden": 5, "fully_connected": 2, "initialisation": "by_activation"})"},
        std::pair{"cnn", R"({"stages": 2, "channels": 8, "norm": "layer_norm", "activation": "silu", "hidden": 0})"},
        std::pair{"resnet", R"({"stages": 2, "blocks": 1, "channels": 3, "zero_init": false})"},
        std::pair{"resnet", R"({"stages": 2, "blocks": 1, "channels": 4, "block": "bottleneck", "stem": "large",
                                "norm": "group_norm", "groups": 2, "activation": "silu", "zero_init": false})"},
        std::pair{"resnet", R"({"stages": 2, "stage_blocks": "2,1", "channels": 8, "shortcut": "padding",
                                "norm": "layer_norm", "activation": "tanh", "zero_init": false})"}));

TEST(Pictures, APictureThatIsPooledAwayIsRefused) {
    for (const auto& [stages, fitting] : {std::pair{4, "3"}, {8, "3"}}) {
        try {
            (void)kind_named("cnn").build({{"stages", stages}}, BackboneInputs{image_input(1, 8, 9), true, 1});
            FAIL() << stages;
        } catch (const Failure& failure) {
            EXPECT_NE(failure.error().message.find("8 x 9"), std::string::npos) << failure.error().message;
            EXPECT_NE(failure.error().hint.find("backbone.stages to " + std::string(fitting)), std::string::npos)
                << failure.error().hint;
            EXPECT_EQ(failure.error().where, std::vector<std::string>{"field backbone.stages"});
        }
    }
    EXPECT_NO_THROW((void)kind_named("cnn").build({{"stages", 3}}, BackboneInputs{image_input(1, 8, 9), true, 1}));
    EXPECT_NO_THROW((void)kind_named("cnn").build({{"stages", 6}, {"channels", 1}, {"pooling", "stride"}},
                                                  BackboneInputs{image_input(1, 8, 9), true, 1}));
    EXPECT_FALSE(kind_named("cnn").check({{"kernel", 4}}, "backbone").empty());
}

TEST(Pictures, WorkIsCountedByItsProducts) {
    const InputFacts input = image_input(3, 8, 8);
    EXPECT_DOUBLE_EQ(kind_named("mlp").size({{"layers", 2}, {"width", 10}}, input).flops_per_unit,
                     6.0 * (192 * 10 + 10 * 10));
    const Json cnn = {{"stages", 2}, {"channels", 4}, {"hidden", 5}};
    const double pooled = 64.0 * 4 * 3 * 9 + 16.0 * 8 * 4 * 9 + 4.0 * 8 * 5;
    EXPECT_DOUBLE_EQ(kind_named("cnn").size(cnn, input).flops_per_unit, 6 * pooled);
    Json strided = cnn;
    strided["pooling"] = "stride";
    const double moved = 16.0 * 4 * 3 * 9 + 4.0 * 8 * 4 * 9 + 4.0 * 8 * 5;
    EXPECT_DOUBLE_EQ(kind_named("cnn").size(strided, input).flops_per_unit, 6 * moved);
    EXPECT_GT(kind_named("cnn").size({{"stages", 8}}, {}).parameters, 0) << "nothing is known of the pictures yet";
}

}  // namespace
}  // namespace gw::plain
