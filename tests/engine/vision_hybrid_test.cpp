#include "engine/check_gradients.h"
#include "engine/plain_pictures.h"
#include "engine/small.h"

// Convolutions before attention.
namespace gw {
namespace {

const BackboneKind& hybrid() {
    return *find_kind(backbones(), "hybrid");
}

std::unique_ptr<Backbone> small_hybrid(const Json& changes, const InputFacts& input) {
    Json settings = {{"stages", 2}, {"channels", 4}, {"width", 6}, {"layers", 1}, {"heads", 2}, {"ff_factor", 2}};
    settings.update(changes);
    for (const schema::Problem& problem : hybrid().check(settings, "backbone"))
        ADD_FAILURE() << problem.path << " " << problem.message;
    auto backbone = hybrid().build(settings, BackboneInputs{input, /*causal=*/false, 7});
    (void)plain::in_float64(backbone->parameters());
    return backbone;
}

TEST(Hybrid, Gradients) {
    const InputFacts input = image_input(2, 7, 6);
    const Batch batch = Batch::of_images(plain::numbers({3, 2, 7, 6}, 2));
    for (const char* norm : {"batch_norm", "layer_norm", "group_norm", "none"})
        for (const bool training : {true, false}) {
            const auto backbone = small_hybrid({{"norm", norm},
                                                {"groups", 2},
                                                {"convolutions", 2},
                                                {"activation", "silu"},
                                                {"positions", training ? "learned" : "sinusoidal"}},
                                               input);
            const Parameters all = backbone->parameters();
            plain::shake(all, 3);
            test::check_gradients(
                all,
                [&] {
                    return plain::weigh(backbone->features(batch, Pass{torch::kFloat64, training}).pooled_BD);
                },
                6);
        }
}

/// By loops up to the blocks: of a network whose blocks add nothing and whose last norm is known, the map is that norm
/// of the stem.
TEST(Hybrid, ItsStemIsThatOfLoops) {
    const InputFacts input = image_input(2, 7, 6);
    const auto backbone = small_hybrid({{"norm", "none"}, {"activation", "tanh"}, {"positions", "none"}}, input);
    const Parameters all = backbone->parameters();
    plain::shake(all, 4);
    {
        const torch::NoGradGuard no_grad;
        for (const Parameter& p : all) {
            torch::Tensor tensor = p.tensor;
            if (p.name.find(".attention.out.") != std::string::npos ||
                p.name.find(".feed_forward.down.") != std::string::npos)
                tensor.zero_();
        }
    }
    const torch::Tensor pictures = plain::numbers({2, 2, 7, 6}, 5);
    const Features found = backbone->features(Batch::of_images(pictures), plain::exact);
    torch::Tensor x = pictures;
    for (const char* name : {"patches.conv0", "patches.conv1"})
        x = torch::tanh(plain::plain_convolution(x, plain::named(all, name + std::string(".weight")),
                                                 plain::named(all, name + std::string(".bias")), /*stride=*/2));
    ASSERT_EQ(x.sizes(), (std::vector<std::int64_t>{2, 8, 2, 2}));
    const torch::Tensor weight = plain::named(all, "patches.weight"), bias = plain::named(all, "patches.bias");
    torch::Tensor stream = torch::zeros({2, 6, 2, 2}, torch::kFloat64);
    for (std::int64_t d = 0; d < 6; ++d) {
        stream.select(1, d) += bias[d];
        for (std::int64_t c = 0; c < 8; ++c) stream.select(1, d) += weight[d][c] * x.select(1, c);
    }
    const torch::Tensor mean = stream.mean(1, true), variance = (stream - mean).pow(2).mean(1, true),
                        normed = (stream - mean) / (variance + 1e-5).sqrt(),
                        expected = normed * plain::named(all, "norm.weight").view({1, 6, 1, 1}) +
                                   plain::named(all, "norm.bias").view({1, 6, 1, 1});
    plain::expect_near(found.map_BCHW, expected, 1e-9, "map");
    plain::expect_near(found.pooled_BD, expected.mean({2, 3}), 1e-9, "pooled");
}

/// ViT_C-1GF at 224 pixels has 4.6 million weights with its head of 1,000 classes (Xiao et al. 2021, arXiv:2106.14881,
/// table 2).
TEST(Hybrid, HasTheSizeKnownFromTheLiterature) {
    const Json settings = hybrid().complete(
        {{"stages", 4}, {"channels", 24}, {"width", 192}, {"heads", 3}, {"layers", 11}, {"ff_factor", 3}});
    const BackboneSize size = hybrid().size(settings, image_input(3, 224, 224));
    EXPECT_NEAR(static_cast<double>(size.parameters + 1000 * 193), 4.6e6, 5e4);
    // 1.1 GF by the paper's count of multiplications, forward alone.
    EXPECT_NEAR(size.flops_per_unit / 6, 1.1e9, 1e8);
}

TEST(Hybrid, WhatANormWouldLeaveNothingOfIsRefused) {
    const Json one = hybrid().complete({{"norm", "group_norm"}, {"groups", 4}, {"channels", 4}, {"stages", 1}});
    const InputFacts speck = image_input(1, 2, 2);
    const schema::Problems problems = hybrid().check_input(one, speck, "backbone");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().path, "backbone.groups");
    EXPECT_THROW((void)hybrid().build(one, BackboneInputs{speck, false, 7}), Failure);
    EXPECT_FALSE(hybrid().check({{"kernel", 4}}, "backbone").empty());
}

}  // namespace
}  // namespace gw
