#include <gtest/gtest.h>
#include <torch/types.h>

#include <map>

#include "engine/plain_pictures.h"

// The residual network against loops, known counts of its weights, and what a block is when it begins as nothing.
namespace gw::plain {
namespace {

std::int64_t counted(const char* id, const Json& settings, const InputFacts& input) {
    return kind_named(id).size(settings, input).parameters;
}

TEST(Resnet, KnownNetworksHaveTheirCountsOfWeights) {
    // Counts of the paper's networks as they are usually given, less the last fully connected layer.
    const InputFacts cifar = image_input(3, 32, 32), large = image_input(3, 224, 224);
    Json twenty = {{"stages", 3}, {"blocks", 3}, {"channels", 16}, {"shortcut", "padding"}};
    EXPECT_EQ(counted("resnet", twenty, cifar), 269722 - 650) << "ResNet-20, 0.27 M";
    twenty["shortcut"] = "projection";
    EXPECT_EQ(counted("resnet", twenty, cifar), 272474 - 650) << "ResNet-20 with option B";
    Json imagenet = {{"stages", 4}, {"blocks", 2}, {"channels", 64}, {"stem", "large"}};
    EXPECT_EQ(counted("resnet", imagenet, large), 11689512 - 513000) << "ResNet-18";
    imagenet["stage_blocks"] = "3, 4,6,3";
    EXPECT_EQ(counted("resnet", imagenet, large), 21797672 - 513000) << "ResNet-34";
    imagenet["block"] = "bottleneck";
    EXPECT_EQ(counted("resnet", imagenet, large), 25557032 - 2049000) << "ResNet-50";
    EXPECT_EQ(kind_named("resnet").size(imagenet, large).layers, 17);
    EXPECT_EQ(kind_named("resnet").size(imagenet, large).width, 2048);
    EXPECT_NEAR(kind_named("resnet").size(imagenet, large).flops_per_unit, 6 * 4.09e9, 6 * 0.03e9)
        << "4.1 milliard products, as is usually said";
    const Json vgg = {{"stages", 5},    {"channels", 64},       {"convolutions", 2}, {"most_channels", 512},
                      {"hidden", 4096}, {"fully_connected", 2}, {"norm", "none"}};
    EXPECT_EQ(counted("cnn", vgg, large), 133047848 - 4097000) << "VGG-13";
}

TEST(Resnet, IsThatOfLoops) {
    for (const char* shortcut : {"projection", "padding"}) {
        const Json settings = {{"stages", 2},          {"blocks", 1},        {"channels", 3},
                               {"shortcut", shortcut}, {"zero_init", false}, {"norm", "none"}};
        const auto backbone = build("resnet", settings, image_input(2, 5, 6));
        const Parameters all = in_float64(backbone->parameters());
        shake(all, 3);
        const torch::Tensor input = numbers({2, 2, 5, 6}, 8);
        const auto convolved = [&](const torch::Tensor& x, const std::string& name, std::int64_t stride) {
            return plain_convolution(x, named(all, name + ".weight"), named(all, name + ".bias"), stride);
        };
        torch::Tensor x = convolved(input, "blocks.0.stem", 1).clamp_min(0);
        x = (convolved(convolved(x, "blocks.1.conv0", 1).clamp_min(0), "blocks.1.conv1", 1) + x).clamp_min(0);
        torch::Tensor past = torch::zeros({2, 6, 3, 3}, torch::kFloat64);
        if (std::string(shortcut) == "projection") {
            past = convolved(x, "blocks.2.shortcut", 2);
        } else {
            for (std::int64_t i = 0; i < 3; ++i)
                for (std::int64_t j = 0; j < 3; ++j)
                    past.select(3, j).select(2, i).narrow(1, 0, 3).copy_(x.select(3, 2 * j).select(2, 2 * i));
        }
        x = (convolved(convolved(x, "blocks.2.conv0", 2).clamp_min(0), "blocks.2.conv1", 1) + past).clamp_min(0);
        const Features features = backbone->features(Batch::of_images(input), exact);
        expect_near(features.map_BCHW, x, 1e-10, shortcut);
        expect_near(features.pooled_BD, x.mean({2, 3}), 1e-10, shortcut);
    }
}

TEST(Resnet, ABlockThatBeginsAsNothingIsItsShortcut) {
    for (const char* block : {"basic", "bottleneck"})
        for (const char* norm : {"batch_norm", "layer_norm", "group_norm", "none"}) {
            Json settings = {{"stages", 1}, {"blocks", 3},    {"channels", 4},
                             {"groups", 2}, {"block", block}, {"norm", norm}};
            const torch::Tensor pictures = some_pictures(4, 2, 6, 5);
            for (const bool zero : {true, false}) {
                settings["zero_init"] = zero;
                const auto backbone = build("resnet", settings, image_input(2, 6, 5));
                std::map<std::string, torch::Tensor> seen;
                Pass pass{torch::kFloat32, /*training=*/true};
                pass.observe = [&](const std::string& name, const torch::Tensor& values) {
                    seen[name] = values.detach();
                };
                (void)backbone->features(Batch::of_images(pictures), pass);
                ASSERT_EQ(seen.size(), 4U);
                // The first bottleneck widens its input; behind it all keep it.
                for (const char* later : {"blocks.2", "blocks.3"})
                    EXPECT_EQ(torch::equal(seen["blocks.1"], seen[later]), zero) << block << norm << later;
            }
        }
}

TEST(Resnet, ALargeStemLeavesAQuarter) {
    const auto backbone =
        build("resnet", {{"stages", 2}, {"blocks", 1}, {"channels", 3}, {"stem", "large"}}, image_input(1, 33, 18));
    const torch::Tensor map = backbone->features(Batch::of_images(some_pictures(2, 1, 33, 18)), Pass{}).map_BCHW;
    EXPECT_EQ(map.sizes(), (std::vector<std::int64_t>{2, 6, 5, 3})) << "33 -> 17 -> 9 -> 5, 18 -> 9 -> 5 -> 3";
}

TEST(Resnet, BlocksByStageMustFit) {
    const auto told = [](const char* blocks) {
        const schema::Problems problems =
            kind_named("resnet").check({{"stages", 3}, {"stage_blocks", blocks}}, "backbone");
        return problems.empty() ? "" : problems.front().path + ": " + problems.front().message;
    };
    EXPECT_EQ(told(""), "");
    EXPECT_EQ(told("1,2,3"), "");
    EXPECT_NE(told("1,2").find("has 2 numbers for 3 stages"), std::string::npos) << told("1,2");
    for (const char* wrong : {"1,x,3", "1,,3", "1,2,0", "1,2,65", ",", "1,2,3,"}) {
        EXPECT_NE(told(wrong).find("backbone.stage_blocks: must be numbers from 1 to 64"), std::string::npos) << wrong;
        EXPECT_NO_THROW((void)kind_named("resnet").size({{"stages", 3}, {"stage_blocks", wrong}}, {})) << wrong;
    }
}

TEST(Resnet, ANormByTheBatchAsksForTwoRows) {
    for (const char* id : {"cnn", "resnet"}) {
        EXPECT_EQ(kind_named(id).least_rows({{"norm", "batch_norm"}}), 2) << id;
        EXPECT_EQ(kind_named(id).least_rows({{"norm", "group_norm"}}), 1) << id;
        // One row trains all the same where a map has several places, and moves nothing to what is not finite.
        const auto backbone = build(id, {{"stages", 2}, {"channels", 3}}, image_input(1, 4, 4));
        const Pass pass{torch::kFloat32, /*training=*/true};
        EXPECT_TRUE(torch::isfinite(backbone->features(Batch::of_images(some_pictures(1, 1, 4, 4)), pass).pooled_BD)
                        .all()
                        .item<bool>());
        for (const Buffer& buffer : backbone->buffers())
            EXPECT_TRUE(torch::isfinite(buffer.tensor).all().item<bool>()) << id << buffer.name;
    }
}

TEST(Resnet, LayersRiseFromTheStemToTheLastBlock) {
    const BackboneKind& kind = kind_named("resnet");
    const auto backbone = build("resnet", {{"stages", 2}, {"blocks", 2}, {"channels", 3}}, image_input(1, 6, 6));
    std::int64_t last = 1;
    for (const Parameter& p : backbone->parameters()) {
        const LayerPlace place = kind.place(p.name);
        EXPECT_TRUE(place.layer == last || place.layer == last + 1) << p.name;
        last = place.layer;
    }
    EXPECT_EQ(last, 5);
    EXPECT_EQ(kind.place("blocks.0.stem.weight").part_title, "stem");
    EXPECT_TRUE(kind.absent_projections({{"stages", 2}}).empty());
    for (const Json& bare : {Json{{"stages", 1}}, Json{{"stages", 2}, {"shortcut", "padding"}}})
        EXPECT_EQ(kind.absent_projections(bare), std::vector<std::string>{"shortcut"}) << bare.dump();
}

}  // namespace
}  // namespace gw::plain
