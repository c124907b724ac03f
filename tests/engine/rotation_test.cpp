#include <gmock/gmock.h>

#include <cmath>

#include "engine/pictures_in_views.h"

namespace gw {
namespace {

const double ln4 = std::log(4.0);

/// Rings of random brightness, which no quarter turn changes.
torch::Tensor rings(std::int64_t count) {
    torch::manual_seed(4);
    const torch::Tensor quarter =
        torch::randint(0, 256, {count, 1, test::picture_side, test::picture_side}, torch::kInt64);
    torch::Tensor sum = torch::zeros_like(quarter);
    for (int k = 0; k < 4; ++k) sum = sum + torch::rot90(quarter, k, {2, 3});
    return sum.floor_divide(4).to(torch::kUInt8);
}

Batch batch_of(const torch::Tensor& pictures) {
    Batch batch = Batch::of_images(pictures);
    batch.counted = 4 * pictures.size(0);
    return batch;
}

TEST(Rotation, OfPicturesThatNoTurnChangesIsLnFourAtBest) {
    const auto net = test::picture_backbone();
    const auto objective = test::objective_of("rotation", {}, *net);
    const Batch batch = batch_of(rings(5));
    const Measures drawn = objective->measures(*net, batch, Pass{});
    EXPECT_GE(drawn.losses_N.mean().item<double>(), ln4 - 1e-6);
    EXPECT_EQ(drawn.hits_N.sum().item<std::int64_t>(), 5) << "one turn in four is right, whatever is said";
    {
        const torch::NoGradGuard no_grad;
        for (const Parameter& p : objective->parameters()) torch::Tensor(p.tensor).zero_();
    }
    const torch::Tensor loss = objective->loss(*net, batch, Pass{}).front().sum;
    EXPECT_NEAR(loss.item<double>() / 20, ln4, 1e-6);
    loss.backward();
    for (const Parameter& p : objective->parameters())
        EXPECT_LT(p.tensor.grad().abs().max().item<double>(), 1e-4) << p.name << " knows no better";
}

TEST(Rotation, AsksForTheTurnOfEachOfFourCopies) {
    const auto net = test::picture_backbone();
    const auto objective = test::objective_of("rotation", {}, *net);
    const Batch batch = objective->feed(test::Views(3).rows(), 1);
    EXPECT_EQ(batch.counted, 12);
    const torch::NoGradGuard no_grad;
    const Measures found = objective->measures(*net, batch, Pass{});
    ASSERT_EQ(found.losses_N.numel(), 12);
    const Parameters head = objective->parameters();
    constexpr std::int64_t side = test::picture_side;
    for (std::int64_t row = 0; row < 3; ++row) {
        torch::Tensor picture = batch[array::image][row][0].to(torch::kInt64);
        for (std::int64_t turn = 0; turn < 4; ++turn) {
            const torch::Tensor bytes = picture.to(torch::kUInt8).view({1, 1, side, side});
            const torch::Tensor logits =
                torch::matmul(net->features(Batch::of_images(bytes), Pass{}).pooled_BD, head[0].tensor.t())[0] +
                head[1].tensor;
            const torch::Tensor log_p = torch::log_softmax(logits, 0);
            EXPECT_NEAR(found.losses_N[row * 4 + turn].item<double>(), -log_p[turn].item<double>(), 1e-5);
            EXPECT_EQ(found.hits_N[row * 4 + turn].item<bool>(), logits.argmax().item<std::int64_t>() == turn);
            torch::Tensor turned = torch::zeros_like(picture);  // a quarter against the clock
            for (std::int64_t y = 0; y < side; ++y)
                for (std::int64_t x = 0; x < side; ++x) turned[side - 1 - x][y] = picture[y][x];
            picture = turned;
        }
    }
    EXPECT_NEAR(objective->loss(*net, batch, Pass{}).front().sum.item<double>(), found.losses_N.sum().item<double>(),
                1e-5);
}

TEST(Rotation, PicturesThatAreNotSquareAreRefused) {
    const auto net = test::picture_backbone();
    const auto objective = test::objective_of("rotation", {}, *net);
    HostBatch rows;
    rows.rows = 1;
    rows.arrays.emplace(array::image, HostArray(HostArray::Type::u8, {1, 1, 4, 6}));
    try {
        (void)objective->feed(rows, 1);
        FAIL() << "4 x 6 pixels";
    } catch (const Failure& failure) {
        EXPECT_THAT(failure.error().message, testing::HasSubstr("4 x 6"));
        EXPECT_FALSE(failure.error().hint.empty());
    }
}

TEST(Rotation, TheFormTellsOfPicturesThatAreNotSquare) {
    Json spec = default_spec();
    spec["tokenizer"] = {{"kind", "none"}};
    spec["split"] = {{"kind", "by_document"}};
    spec["backbone"] = {{"kind", "cnn"}};
    spec["objective"] = {{"kind", "rotation"}};
    const auto told = [&] {
        for (const schema::Problem& problem : check_spec(spec))
            if (problem.path == "objective.kind" && !problem.warning) return problem.message;
        return std::string();
    };
    spec["dataset"] = {{"kind", "image_folder"}, {"paths", {"/nowhere"}}, {"height", 8}, {"width", 12}};
    EXPECT_THAT(told(), testing::HasSubstr("8 x 12 pixels do not keep their shape"));
    spec["dataset"]["width"] = 8;
    EXPECT_EQ(told(), "");
}

}  // namespace
}  // namespace gw
