#include <gtest/gtest.h>
#include <torch/types.h>

#include <map>

#include "engine/check_gradients.h"
#include "engine/plain_pictures.h"
#include "model/convolution.h"
#include "model/layers.h"
#include "model/normalisation.h"

// The norms that backbones for pictures choose from, activations, first weights by them, and adapters of convolutions.
namespace gw::plain {
namespace {

/// Each row's channels in groups of neighbours over all places, by their own mean and variance.
torch::Tensor plain_group(const torch::Tensor& x, std::int64_t groups, const Parameters& norm) {
    torch::Tensor y = torch::zeros_like(x);
    const std::int64_t channels = x.size(1), size = channels / groups;
    const torch::Tensor weight = named(norm, "norm.weight"), bias = named(norm, "norm.bias");
    for (std::int64_t b = 0; b < x.size(0); ++b)
        for (std::int64_t g = 0; g < groups; ++g) {
            const std::vector<double> values = values_of(x[b].narrow(0, g * size, size));
            double mean = 0, square = 0;
            for (const double value : values) mean += value / static_cast<double>(values.size());
            for (const double value : values) square += (value - mean) * (value - mean);
            const double scale = 1 / std::sqrt(square / static_cast<double>(values.size()) + 1e-5);
            for (std::int64_t c = g * size; c < (g + 1) * size; ++c)
                y[b][c] = (x[b][c] - mean) * scale * weight[c].item<double>() + bias[c].item<double>();
        }
    return y;
}

TEST(ChannelNorm, GroupNormIsThatOfLoops) {
    for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{5, 6}, {2, 6, 3, 2}})
        for (const std::int64_t groups : {1, 2, 3}) {
            const ChannelNorm layer({"group_norm", groups}, "norm", 6, /*places=*/1);
            const Parameters all = parameters_of(layer);
            shake(all, 5);
            const torch::Tensor x = numbers(shape, 6) * 2 + 1, expected = plain_group(x, groups, all);
            expect_near(layer(x, exact), expected, 1e-12, "evaluated");
            expect_near(layer(x, training), expected, 1e-12, "training");
            if (x.dim() == 4) {
                expect_near(layer(x.contiguous(at::MemoryFormat::ChannelsLast), exact), expected, 1e-12, "by places");
            }
        }
}

TEST(ChannelNorm, LayerNormIsOfTheChannelsOfEachPlace) {
    const ChannelNorm layer({"layer_norm", 1}, "norm", 5, /*places=*/6);
    const Parameters all = parameters_of(layer);
    shake(all, 5);
    const torch::Tensor x = numbers({2, 5, 3, 2}, 6);
    for (const bool beside : {false, true}) {
        const torch::Tensor y = layer(beside ? x.contiguous(at::MemoryFormat::ChannelsLast) : x, exact);
        ASSERT_EQ(y.sizes(), x.sizes());
        for (std::int64_t i = 0; i < 3; ++i)
            for (std::int64_t j = 0; j < 2; ++j) {
                const torch::Tensor place = x.select(3, j).select(2, i);
                expect_near(y.select(3, j).select(2, i), plain_group(place, 1, all), 1e-12, "a place");
                expect_near(layer(place, exact), plain_group(place, 1, all), 1e-12, "a row of values");
            }
    }
}

TEST(ChannelNorm, GradientsOfEach) {
    for (const char* norm : {"batch_norm", "layer_norm", "group_norm"}) {
        const ChannelNorm layer({norm, 2}, "norm", 4, /*places=*/6);
        Parameters all = parameters_of(layer);
        shake(all, 7);
        all.push_back({"x", numbers({3, 4, 3, 2}, 8).set_requires_grad(true)});
        test::check_gradients(
            all, [&] { return weigh(layer(all.back().tensor, training)); }, 6);
    }
    const ChannelNorm none({"none", 1}, "norm", 4, 6);
    EXPECT_TRUE(parameters_of(none).empty());
    const torch::Tensor x = numbers({3, 4}, 8);
    EXPECT_TRUE(none(x, training).is_same(x));
}

TEST(ChannelNorm, BatchNormEvaluatedFoldsIntoTheConvolution) {
    const Convolution convolution(Initialiser("he", 1), "conv", {3, 4, 3, 2, /*bias=*/false});
    const ChannelNorm layer({"batch_norm", 1}, "norm", 4, 12);
    const Parameters of_convolution = parameters_of(convolution), all = parameters_of(layer);
    shake(all, 2);
    const torch::Tensor x = numbers({4, 3, 7, 6}, 3);
    (void)layer(convolution(x, exact), training);
    Buffers running;
    layer.list(running);
    const torch::Tensor scale = named(all, "norm.weight") / (running[1].tensor.to(torch::kFloat64) + 1e-5).sqrt(),
                        weight = named(of_convolution, "conv.weight") * scale.view({4, 1, 1, 1}),
                        bias = named(all, "norm.bias") - running[0].tensor.to(torch::kFloat64) * scale;
    expect_near(layer(convolution(x, exact), exact), plain_convolution(x, weight, bias, 2), 1e-10, "folded");
}

TEST(ChannelNorm, GroupsMustDivideAndHoldSomething) {
    auto told = [](const char* id, const Json& settings) {
        std::string text;
        for (const schema::Problem& p : kind_named(id).check(settings, "backbone")) text += p.path + " " + p.message;
        return text;
    };
    for (const auto& [id, key] : {std::pair{"cnn", "channels"}, {"mlp", "width"}, {"resnet", "channels"}}) {
        const Json twelve = {{key, 12}, {"norm", "group_norm"}, {"groups", 8}};
        EXPECT_NE(told(id, twelve).find("backbone.groups 8 groups do not divide 12 channels; use 6"), std::string::npos)
            << told(id, twelve);
        Json other = twelve;
        other["norm"] = "batch_norm";
        EXPECT_EQ(told(id, other), "") << "groups mean nothing then";
        other = twelve;
        other["groups"] = 6;
        EXPECT_EQ(told(id, other), "");
    }
    EXPECT_NE(told("cnn", {{"channels", 8}, {"most_channels", 12}, {"norm", "group_norm"}, {"groups", 8}})
                  .find("do not divide 12 channels"),
              std::string::npos)
        << "of the last stage";
    EXPECT_NE(told("cnn", {{"channels", 8}, {"most_channels", 4}}).find("use 8 or more"), std::string::npos);
    // One value is its own mean: what is told beforehand is what the builder refuses.
    const InputFacts input = image_input(1, 2, 2);
    for (const auto& [id, text] : {std::pair{"mlp", R"({"width": 4, "norm": "group_norm", "groups": 4})"},
                                   {"cnn", R"({"stages": 1, "channels": 4, "pooling": "stride", "norm": "group_norm",
                                               "groups": 4})"},
                                   {"resnet", R"({"stages": 1, "blocks": 1, "channels": 4, "stem": "large",
                                                  "norm": "group_norm", "groups": 4})"}}) {
        Json settings = Json::parse(text);
        const schema::Problems problems = kind_named(id).check_input(settings, input, "backbone");
        ASSERT_EQ(problems.size(), 1U) << id;
        EXPECT_EQ(problems.front().path, "backbone.groups");
        try {
            (void)kind_named(id).build(settings, BackboneInputs{input, true, 1});
            FAIL() << id;
        } catch (const Failure& failure) {
            EXPECT_EQ(failure.error().where, std::vector<std::string>{"field backbone.groups"});
            EXPECT_EQ(problems.front().message, failure.error().message + "; s" + failure.error().hint.substr(1));
        }
        settings["groups"] = 2;
        EXPECT_TRUE(kind_named(id).check_input(settings, input, "backbone").empty()) << id;
        EXPECT_NO_THROW((void)kind_named(id).build(settings, BackboneInputs{input, true, 1})) << id;
    }
    EXPECT_EQ(kind_named("cnn").check_input({{"stages", 3}}, image_input(1, 5, 5), "backbone").front().path,
              "backbone.stages");
}

TEST(Activations, AreTheirFormulas) {
    const torch::Tensor x = numbers({40}, 1) * 3;
    const auto of = [](const std::string& name, double v) {
        const double sigmoid = 1 / (1 + std::exp(-v));
        if (name == "relu") return std::max(v, 0.0);
        if (name == "leaky_relu") return v > 0 ? v : 0.01 * v;
        if (name == "gelu") return v * std::erfc(-v / std::sqrt(2.0)) / 2;
        if (name == "silu") return v * sigmoid;
        if (name == "tanh") return std::tanh(v);
        return name == "sigmoid" ? sigmoid : std::numeric_limits<double>::quiet_NaN();
    };
    const std::vector<std::string> choices =
        schema::choices_of({.key = "activation", .label = "", .help = "", .choices = elementwise_choices});
    EXPECT_EQ(choices.size(), 6U);
    for (const std::string& name : choices) {
        const std::vector<double> got = values_of(activated(x, name)), values = values_of(x);
        for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(got[i], of(name, values[i]), 1e-12) << name;
    }
}

TEST(Activations, HaveFirstWeightsThatSuitThem) {
    const auto spread = [](const std::string& choice, const std::string& activation) {
        return Initialiser(fitted_scheme(choice, activation), 3).matrix("w", 200, 100).std().item<double>();
    };
    const std::map<std::string, double> variance{{"relu", 2.0 / 100}, {"gelu", 2.0 / 100},
                                                 {"silu", 2.0 / 100}, {"leaky_relu", 2.0 / 100 / 1.0001},
                                                 {"tanh", 2.0 / 300}, {"sigmoid", 2.0 / 300}};
    for (const auto& [activation, expected] : variance) {
        EXPECT_NEAR(spread("by_activation", activation), std::sqrt(expected), 0.02 * std::sqrt(expected)) << activation;
        EXPECT_EQ(spread("lecun", activation), spread("lecun", "relu")) << "what is named stays";
    }
    EXPECT_LT(spread("by_activation", "leaky_relu"), spread("by_activation", "relu"));
}

/// Every value that a filter meets at a place, in a column of its own, so that a convolution is one product of
/// matrices.
torch::Tensor columns_of(const torch::Tensor& x, std::int64_t kernel, std::int64_t stride) {
    const std::int64_t pad = kernel / 2, high = (x.size(2) - 1) / stride + 1, wide = (x.size(3) - 1) / stride + 1;
    const torch::Tensor padded = torch::constant_pad_nd(x, {pad, pad, pad, pad});
    std::vector<torch::Tensor> columns;
    for (std::int64_t i = 0; i < high; ++i)
        for (std::int64_t j = 0; j < wide; ++j)
            columns.push_back(
                padded.narrow(2, i * stride, kernel).narrow(3, j * stride, kernel).reshape({x.size(0), -1}));
    return torch::stack(columns, 2);
}

TEST(ConvolutionLora, IsOneConvolutionWhenMerged) {
    for (const std::int64_t kernel : {1, 3})
        for (const std::int64_t stride : {1, 2}) {
            Convolution layer(Initialiser("he", 1), "conv", {3, 4, kernel, stride, /*bias=*/true});
            Parameters all = parameters_of(layer);
            shake(all, 2);
            const torch::Tensor x = numbers({2, 3, 5, 4}, 3), before = layer(x, exact).detach();
            const torch::Tensor by_columns =
                torch::matmul(named(all, "conv.weight").flatten(1), columns_of(x, kernel, stride))
                    .view(before.sizes()) +
                named(all, "conv.bias").view({4, 1, 1});
            expect_near(before, by_columns, 1e-12, "columns");
            std::vector<Adapted> adapted;
            layer.adapt({2, 3.0, 0, {"hidden"}}, "convolution", 5, adapted);
            EXPECT_TRUE(adapted.empty()) << "not asked for";
            layer.adapt({2, 3.0, 0, {"convolution"}}, "convolution", 5, adapted);
            ASSERT_EQ(adapted.size(), 1U);
            EXPECT_EQ(adapted.front().weight, "conv.weight");
            all = parameters_of(layer);
            EXPECT_EQ(named(all, "conv.lora_a").sizes(), (std::vector<std::int64_t>{2, 3, kernel, kernel}));
            EXPECT_EQ(named(all, "conv.lora_b").sizes(), (std::vector<std::int64_t>{4, 2}));
            EXPECT_TRUE(torch::equal(layer(x, exact), before)) << "it begins as it was";
            shake(all, 6);
            const torch::Tensor change =
                torch::matmul(named(all, "conv.lora_b"), named(all, "conv.lora_a").flatten(1)) * (3.0 / 2);
            const torch::Tensor weight = named(all, "conv.weight").clone();
            const torch::Tensor expected =
                plain_convolution(x, weight + change.view(weight.sizes()), named(all, "conv.bias"), stride);
            expect_near(layer(x, exact), expected, 1e-12, "beside it");
            test::check_gradients(
                all, [&] { return weigh(layer(x, exact)); }, 4);
            layer.merge_adapter();
            expect_near(layer(x, exact), expected, 1e-12, "merged");
            EXPECT_EQ(parameters_of(layer).size(), 2U);
        }
    // Four filters reach every change with four.
    Convolution few(Initialiser("he", 1), "conv", {3, 4, 3, 1, /*bias=*/true});
    std::vector<Adapted> adapted;
    few.adapt({16, 16.0, 0, {"convolution"}}, "convolution", 5, adapted);
    EXPECT_EQ(named(parameters_of(few), "conv.lora_b").sizes(), (std::vector<std::int64_t>{4, 4}));
}

TEST(ConvolutionLora, ARankAboveThatOfALinearLayerIsRefused) {
    Linear layer(Initialiser("he", 1), "hidden", 6, 4, true);
    std::vector<Adapted> adapted;
    try {
        layer.adapt({5, 8.0, 0, {"hidden"}}, "hidden", 5, adapted);
        FAIL();
    } catch (const Failure& failure) {
        EXPECT_NE(failure.error().hint.find("start.rank to 4"), std::string::npos) << failure.error().hint;
    }
}

}  // namespace
}  // namespace gw::plain
