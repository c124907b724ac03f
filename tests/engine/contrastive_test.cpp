#include "objective/contrastive.h"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/check_gradients.h"
#include "engine/pictures_in_views.h"

// What pulls views together and pushes pictures apart, against closed forms and slow plain loops.
namespace gw {
namespace {

using test::numbers;

torch::Tensor directions(std::int64_t count, std::int64_t width, std::uint64_t seed) {
    return unit_rows(numbers({count, width}, seed).detach());
}

torch::Tensor full_of(std::int64_t count, double value) {
    return torch::full({count}, value, torch::kFloat64);
}

double product_of(const torch::Tensor& a, const torch::Tensor& b) {
    double sum = 0;
    for (std::int64_t d = 0; d < a.numel(); ++d) sum += a[d].item<double>() * b[d].item<double>();
    return sum;
}

/// -log of the share of `right` among all, exp by exp.
double plain_loss(double right, const std::vector<double>& all, double temperature) {
    double sum = 0;
    for (const double one : all) sum += std::exp(one / temperature);
    return -std::log(std::exp(right / temperature) / sum);
}

TEST(NtXent, OfEqualEmbeddingsIsTheLogarithmOfTheOtherViews) {
    for (const std::int64_t pictures : {1, 2, 5, 32})
        for (const double temperature : {0.1, 0.5, 2.0}) {
            const torch::Tensor same = unit_rows(torch::ones({pictures, 3}, torch::kFloat64));
            const Contrast found = nt_xent(same, same, temperature);
            EXPECT_TRUE(torch::allclose(
                found.losses, full_of(2 * pictures, std::log(static_cast<double>(2 * pictures - 1))), 0, 1e-12))
                << pictures;
        }
}

TEST(NtXent, OfIdealPairsAmongOrthogonalOthersIsItsLeast) {
    const std::int64_t pictures = 4;
    const torch::Tensor apart = torch::eye(pictures, torch::kFloat64);
    for (const double temperature : {0.1, 0.5, 2.0}) {
        const Contrast found = nt_xent(apart, apart, temperature);
        const double expected = std::log(1 + (2.0 * pictures - 2) * std::exp(-1 / temperature));
        EXPECT_TRUE(torch::allclose(found.losses, full_of(2 * pictures, expected), 0, 1e-12)) << temperature;
        EXPECT_TRUE(found.hits.all().item<bool>());
    }
}

TEST(NtXent, IsWhatPlainLoopsSay) {
    const std::int64_t pictures = 5;
    const torch::Tensor first = directions(pictures, 4, 1), second = directions(pictures, 4, 2),
                        all = torch::cat({first, second});
    const Contrast found = nt_xent(first, second, 0.3);
    for (std::int64_t i = 0; i < 2 * pictures; ++i) {
        std::vector<double> others;
        double farthest = -2;
        const std::int64_t partner = (i + pictures) % (2 * pictures);
        for (std::int64_t j = 0; j < 2 * pictures; ++j) {
            if (j != i) others.push_back(product_of(all[i], all[j]));
            if (j != i && j != partner) farthest = std::max(farthest, others.back());
        }
        const double own = product_of(all[i], all[partner]);
        EXPECT_NEAR(found.losses[i].item<double>(), plain_loss(own, others, 0.3), 1e-12);
        EXPECT_EQ(found.hits[i].item<bool>(), own > farthest);
    }
}

TEST(InfoNce, IsWhatPlainLoopsSay) {
    const torch::Tensor query = directions(4, 3, 1), key = directions(4, 3, 2), queue = directions(7, 3, 3);
    const Contrast in_batch = one_way(query, key, 0.2), queued = against_queue(query, key, queue, 0.2);
    for (std::int64_t i = 0; i < 4; ++i) {
        const double own = product_of(query[i], key[i]);
        std::vector<double> keys, with_queue{own};
        for (std::int64_t j = 0; j < 4; ++j) keys.push_back(product_of(query[i], key[j]));
        for (std::int64_t k = 0; k < 7; ++k) with_queue.push_back(product_of(query[i], queue[k]));
        EXPECT_NEAR(in_batch.losses[i].item<double>(), plain_loss(own, keys, 0.2), 1e-12);
        EXPECT_NEAR(queued.losses[i].item<double>(), plain_loss(own, with_queue, 0.2), 1e-12);
        EXPECT_EQ(queued.hits[i].item<bool>(), own == *std::max_element(with_queue.begin(), with_queue.end()));
    }
}

TEST(InfoNce, AQueueOfTheOtherKeysIsTheBatchItself) {
    const torch::Tensor query = directions(5, 3, 1), key = directions(5, 3, 2);
    const torch::Tensor whole = one_way(query, key, 0.2).losses;
    for (std::int64_t i = 0; i < 5; ++i) {
        const torch::Tensor others = torch::cat({key.narrow(0, 0, i), key.narrow(0, i + 1, 4 - i)});
        const Contrast one = against_queue(query.narrow(0, i, 1), key.narrow(0, i, 1), others, 0.2);
        EXPECT_NEAR(one.losses.item<double>(), whole[i].item<double>(), 1e-12);
    }
}

TEST(InfoNce, ADrawIsNoHit) {
    const torch::Tensor same = unit_rows(torch::ones({3, 2}));
    EXPECT_FALSE(nt_xent(same, same, 0.5).hits.any().item<bool>());
    EXPECT_FALSE(one_way(same, same, 0.5).hits.any().item<bool>());
    EXPECT_FALSE(against_queue(same, same, same, 0.5).hits.any().item<bool>());
}

TEST(MetricLearning, IsWhatPlainLoopsSay) {
    const std::int64_t pictures = 6;
    const torch::Tensor first = directions(pictures, 4, 1), second = directions(pictures, 4, 2),
                        all = torch::cat({first, second});
    const std::vector<std::int64_t> classes{0, 1, 0, 2, 1, 0};
    const torch::Tensor labels = torch::tensor(classes, torch::kInt64);
    const Contrast triplets = triplet_contrast(first, second, labels, 0.4),
                   pairs = pair_contrast(first, second, labels, 1.2);
    for (std::int64_t i = 0; i < 2 * pictures; ++i) {
        double farthest = 0, nearest = 1e9, nearest_like = 1e9, sum = 0;
        for (std::int64_t j = 0; j < 2 * pictures; ++j) {
            if (i == j) continue;
            const double square = (all[i] - all[j]).square().sum().item<double>();
            const bool like =
                classes[static_cast<std::size_t>(i % pictures)] == classes[static_cast<std::size_t>(j % pictures)];
            if (like) {
                farthest = std::max(farthest, square);
                nearest_like = std::min(nearest_like, square);
                sum += square;
            } else {
                nearest = std::min(nearest, square);
                const double short_by = std::max(0.0, 1.2 - std::sqrt(square));
                sum += short_by * short_by;
            }
        }
        EXPECT_NEAR(triplets.losses[i].item<double>(), std::max(0.0, farthest - nearest + 0.4), 1e-9) << i;
        EXPECT_NEAR(pairs.losses[i].item<double>(), sum / (2.0 * pictures - 1), 1e-9) << i;
        EXPECT_EQ(triplets.hits[i].item<bool>(), nearest_like < nearest) << i;
    }
    const torch::Tensor one_class = torch::zeros({pictures}, torch::kInt64);
    EXPECT_EQ(triplet_contrast(first, second, one_class, 0.4).losses.abs().sum().item<double>(), 0);
}

TEST(SupervisedContrast, IsWhatPlainLoopsSay) {
    const torch::Tensor first = directions(4, 3, 1), second = directions(4, 3, 2), all = torch::cat({first, second});
    const std::vector<std::int64_t> classes{0, 1, 0, 2};
    const Contrast found = supervised_contrast(first, second, torch::tensor(classes, torch::kInt64), 0.3);
    for (std::int64_t i = 0; i < 8; ++i) {
        std::vector<double> others;
        for (std::int64_t j = 0; j < 8; ++j)
            if (j != i) others.push_back(product_of(all[i], all[j]));
        double sum = 0, like = -2, unlike = -2;
        int same = 0;
        for (std::int64_t j = 0; j < 8; ++j) {
            if (j == i) continue;
            const bool of_class = classes[static_cast<std::size_t>(i % 4)] == classes[static_cast<std::size_t>(j % 4)];
            double& nearest = of_class ? like : unlike;
            nearest = std::max(nearest, product_of(all[i], all[j]));
            if (!of_class) continue;
            sum += plain_loss(product_of(all[i], all[j]), others, 0.3);
            ++same;
        }
        EXPECT_EQ(same, i % 2 ? 1 : 3);
        EXPECT_NEAR(found.losses[i].item<double>(), sum / same, 1e-12);
        EXPECT_EQ(found.hits[i].item<bool>(), like > unlike);
    }
}

TEST(SupervisedContrast, IsNtXentWhereNoClassIsShared) {
    const torch::Tensor first = directions(5, 4, 1), second = directions(5, 4, 2);
    const Contrast found = supervised_contrast(first, second, torch::arange(5), 0.3),
                   plain = nt_xent(first, second, 0.3);
    EXPECT_TRUE(torch::allclose(found.losses, plain.losses, 0, 1e-12));
    EXPECT_TRUE(torch::equal(found.hits, plain.hits));
}

TEST(Contrast, GradientsAreThoseOfFiniteDifferences) {
    const Parameters all{{"first", numbers({4, 3}, 1)}, {"second", numbers({4, 3}, 2)}};
    const torch::Tensor classes = torch::tensor({0, 1, 0, 2}, torch::kInt64), queue = directions(6, 3, 3);
    auto check = [&](const std::function<Contrast(const torch::Tensor&, const torch::Tensor&)>& contrast) {
        test::check_gradients(all, [&] {
            const torch::Tensor losses = contrast(unit_rows(all[0].tensor), unit_rows(all[1].tensor)).losses;
            return (losses * torch::sin(torch::arange(losses.numel(), torch::kFloat64) + 1)).sum();
        });
    };
    check([](const auto& first, const auto& second) { return nt_xent(first, second, 0.3); });
    check([](const auto& query, const auto& key) { return one_way(query, key, 0.3); });
    check([&](const auto& query, const auto& key) { return against_queue(query, key, queue, 0.3); });
    check([&](const auto& first, const auto& second) { return triplet_contrast(first, second, classes, 0.7); });
    check([&](const auto& first, const auto& second) { return pair_contrast(first, second, classes, 0.9); });
    check([&](const auto& first, const auto& second) { return supervised_contrast(first, second, classes, 0.3); });
}

TEST(UnitRows, HaveLengthOneAndLeaveZerosAlone) {
    const torch::Tensor x = torch::tensor({{3.0, 4.0}, {0.0, 0.0}}, torch::kFloat64).set_requires_grad(true);
    const torch::Tensor y = unit_rows(x);
    EXPECT_TRUE(torch::allclose(y.detach(), torch::tensor({{0.6, 0.8}, {0.0, 0.0}}, torch::kFloat64)));
    y.sum().backward();
    EXPECT_LE(x.grad().abs().max().item<double>(), 1.0) << "a direction that is not there pulls no harder than others";
}

class ViewObjectives : public testing::TestWithParam<std::string> {};

TEST_P(ViewObjectives, GradientsReachBackboneAndHead) {
    const auto net = test::picture_backbone(torch::kFloat64);
    Json settings = {{"projection", 3}};
    // So far apart none of them is, and the hinge is open for all.
    settings[GetParam() == std::string("metric_learning") ? "margin" : "temperature"] =
        GetParam() == std::string("metric_learning") ? 3.9 : 0.5;
    const auto objective = test::objective_of(GetParam(), settings, *net);
    Parameters all = net->parameters();
    for (const Parameter& p : objective->parameters()) all.push_back(p);
    for (const Parameter& p : objective->parameters())
        torch::Tensor(p.tensor).set_data(p.tensor.detach().to(torch::kFloat64));
    const test::Views views(4);
    const Batch batch = objective->feed(views.rows(), 1);
    test::check_gradients(
        all,
        [&] {
            return objective->loss(*net, batch, Pass{torch::kFloat64, true}).front().sum;
        },
        6);
}

TEST_P(ViewObjectives, SumWhatTheyMeasureAndDoNotCareWhichViewIsFirst) {
    const auto net = test::picture_backbone();
    const auto objective = test::objective_of(GetParam(), {}, *net);
    const test::Views views(4);
    Batch batch = objective->feed(views.rows(), 1);
    const torch::NoGradGuard no_grad;
    const double loss = objective->loss(*net, batch, Pass{}).front().sum.item<double>();
    const Measures found = objective->measures(*net, batch, Pass{});
    EXPECT_EQ(batch.counted, 4);
    EXPECT_EQ(found.losses_N.numel(), 4);
    EXPECT_NEAR(found.losses_N.sum().item<double>(), loss, 1e-5);
    const torch::Tensor image = batch[array::image];
    batch.set(array::image, batch[array::second]);
    batch.set(array::second, image);
    EXPECT_NEAR(objective->loss(*net, batch, Pass{}).front().sum.item<double>(), loss, 1e-5);
}

TEST_P(ViewObjectives, ShowBothViewsToABatchNormAtOnce) {
    const auto net = test::picture_backbone(torch::kFloat32, "batch_norm"),
               other = test::picture_backbone(torch::kFloat32, "batch_norm");
    const auto objective = test::objective_of(GetParam(), {}, *net);
    const test::Views views(4);
    const Batch batch = objective->feed(views.rows(), 1);
    const torch::NoGradGuard no_grad;
    const Pass training{torch::kFloat32, true};
    (void)objective->loss(*net, batch, training);
    (void)other->features(Batch::of_images(torch::cat({batch[array::image], batch[array::second]})), training);
    const Buffers seen = net->buffers(), expected = other->buffers();
    ASSERT_FALSE(seen.empty());
    for (std::size_t i = 0; i < seen.size(); ++i)
        EXPECT_TRUE(torch::equal(seen[i].tensor, expected[i].tensor)) << seen[i].name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, ViewObjectives, testing::Values("simclr", "supervised_contrastive", "metric_learning"),
                         [](const auto& info) { return info.param; });

TEST(Objectives, SimclrIsNtXentOfItsHead) {
    const auto net = test::picture_backbone();
    const auto objective = test::objective_of("simclr", Json{{"temperature", 0.4}}, *net);
    const Batch batch = objective->feed(test::Views(3).rows(), 1);
    const torch::NoGradGuard no_grad;
    const torch::Tensor first = test::plain_embedding(*net, *objective, batch[array::image]),
                        second = test::plain_embedding(*net, *objective, batch[array::second]);
    EXPECT_NEAR(objective->loss(*net, batch, Pass{}).front().sum.item<double>(),
                nt_xent(first, second, 0.4).losses.sum().item<double>() / 2, 1e-4);
}

TEST(Objectives, SupervisedContrastNeedsAClassOfEachPicture) {
    const auto net = test::picture_backbone();
    const auto objective = test::objective_of("supervised_contrastive", {}, *net);
    test::Views views(2);
    views.examples[1].classes.clear();
    EXPECT_THROW((void)objective->feed(views.rows(), 1), Failure);
}

}  // namespace
}  // namespace gw
