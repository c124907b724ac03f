#include <gmock/gmock.h>

#include <cmath>
#include <map>

#include "engine/check_gradients.h"
#include "engine/pictures_in_views.h"
#include "objective/contrastive.h"

// The queue of MoCo and the copy that fills it.
namespace gw {
namespace {

const Pass training_pass{torch::kFloat32, /*training=*/true};

/// An objective with what it trains.
struct Contrasting {
    explicit Contrasting(const Json& settings, std::uint64_t seed = 3, const std::string& norm = "none")
        : net(test::picture_backbone(torch::kFloat32, norm)),
          objective(test::objective_of("moco", settings, *net, seed, norm)) {}

    torch::Tensor buffer(const std::string& name) const {
        for (const Buffer& one : objective->buffers())
            if (one.name == name) return one.tensor;
        ADD_FAILURE() << "no buffer " << name;
        return {};
    }
    Parameters trained() const {
        Parameters all;
        for (const Parameter& p : net->parameters()) all.push_back({"key.backbone." + p.name, p.tensor});
        for (const Parameter& p : objective->parameters()) all.push_back({"key.head." + p.name, p.tensor});
        return all;
    }
    std::map<std::string, torch::Tensor> kept() const {
        std::map<std::string, torch::Tensor> out;
        for (const Buffer& one : objective->buffers()) out[one.name] = one.tensor.detach().clone();
        return out;
    }
    /// Moves every weight by a little, drawn from `seed`.
    void move(std::uint64_t seed) const {
        torch::manual_seed(seed);
        const torch::NoGradGuard no_grad;
        for (const Parameter& p : trained()) torch::Tensor(p.tensor).add_(torch::randn_like(p.tensor), 0.1);
    }
    Batch batch(std::int64_t count, std::uint64_t seed) const {
        return objective->feed(test::Views(count, seed).rows(), 1);
    }
    double step(const Batch& rows) const {
        const double loss = objective->loss(*net, rows, training_pass).front().sum.item<double>();
        objective->after_update(*net);
        return loss;
    }
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> objective;
};

TEST(Moco, WithoutMomentumAndWithTheBatchAsItsQueueIsOneWayContrast) {
    const Contrasting one(Json{{"queue", 0}, {"momentum", 0.0}, {"temperature", 0.4}});
    const Batch first = one.batch(4, 1), second = one.batch(4, 2);
    one.step(first);
    one.move(5);
    one.objective->after_update(*one.net);
    const torch::NoGradGuard no_grad;
    const torch::Tensor query = test::plain_embedding(*one.net, *one.objective, second[array::image]),
                        key = test::plain_embedding(*one.net, *one.objective, second[array::second]);
    EXPECT_NEAR(one.objective->loss(*one.net, second, training_pass).front().sum.item<double>(),
                one_way(query, key, 0.4).losses.sum().item<double>(), 1e-4);
    EXPECT_FALSE(one.objective->adds_up());
}

TEST(Moco, HoldsAPictureAgainstItsQueue) {
    const Contrasting one(Json{{"queue", 6}, {"temperature", 0.4}});
    const Batch batch = one.batch(4, 1);
    const torch::NoGradGuard no_grad;
    const torch::Tensor query = test::plain_embedding(*one.net, *one.objective, batch[array::image]),
                        key = test::plain_embedding(*one.net, *one.objective, batch[array::second]);
    const Contrast expected = against_queue(query, key, one.buffer("queue"), 0.4);
    EXPECT_NEAR(one.objective->loss(*one.net, batch, Pass{}).front().sum.item<double>(),
                expected.losses.sum().item<double>(), 1e-4);
    const Measures found = one.objective->measures(*one.net, batch, Pass{});
    const Contrast evaluated = one_way(query, key, 0.4);
    EXPECT_TRUE(torch::allclose(found.losses_N, evaluated.losses, 1e-4, 1e-5)) << "the queue is of training alone";
    EXPECT_TRUE(torch::equal(found.hits_N, evaluated.hits));
    EXPECT_FALSE(one.objective->adds_up());
}

/// m^t q_0 + (1 - m) sum_i m^(t - i) q_i after t updates.
TEST(Moco, TheCopyFollowsAsItsClosedFormSays) {
    constexpr double momentum = 0.8;
    constexpr int updates = 5;
    const Contrasting one(Json{{"queue", 8}, {"momentum", momentum}});
    std::map<std::string, torch::Tensor> expected;
    for (const Parameter& p : one.trained())
        expected[p.name] = p.tensor.detach().to(torch::kFloat64) * std::pow(momentum, updates);
    for (int i = 1; i <= updates; ++i) {
        (void)one.objective->loss(*one.net, one.batch(2, 1), training_pass);
        one.move(static_cast<std::uint64_t>(i));
        one.objective->after_update(*one.net);
        for (const Parameter& p : one.trained())
            expected[p.name] +=
                p.tensor.detach().to(torch::kFloat64) * (1 - momentum) * std::pow(momentum, updates - i);
    }
    ASSERT_GT(expected.size(), 6U);
    for (const auto& [name, value] : expected)
        EXPECT_TRUE(torch::allclose(one.buffer(name).detach().to(torch::kFloat64), value, 1e-5, 1e-6)) << name;
}

TEST(Moco, TheCopyBeginsAsWhatIsTrainedWhenTrainingDoes) {
    const Contrasting one(Json{{"queue", 8}, {"momentum", 1.0}}, 3, "batch_norm");
    one.move(5);  // as weights of a checkpoint
    {
        const torch::NoGradGuard no_grad;
        for (const Buffer& b : one.net->buffers())
            if (b.state) torch::Tensor(b.tensor).add_(0.25);
    }
    const Parameters begun = one.trained();
    const Batch batch = one.batch(3, 1);
    {
        const torch::NoGradGuard no_grad;
        const torch::Tensor key = test::plain_embedding(*one.net, *one.objective, batch[array::second]),
                            query = test::plain_embedding(*one.net, *one.objective, batch[array::image]);
        EXPECT_TRUE(torch::allclose(one.objective->measures(*one.net, batch, Pass{}).losses_N,
                                    one_way(query, key, 0.2).losses, 1e-4, 1e-5))
            << "before the first step the copy is what is trained";
    }
    std::map<std::string, torch::Tensor> first;
    for (const Parameter& p : begun) first[p.name] = p.tensor.detach().clone();
    one.step(batch);
    one.move(6);
    one.step(batch);
    for (const auto& [name, value] : first) EXPECT_TRUE(torch::equal(one.buffer(name).detach(), value)) << name;
}

TEST(Moco, TheQueueBeginsAsRandomDirectionsOfTheSeed) {
    const Json settings{{"queue", 50}, {"projection", 16}};
    const torch::Tensor queue = Contrasting(settings).buffer("queue"), again = Contrasting(settings).buffer("queue"),
                        other = Contrasting(settings, 4).buffer("queue");
    EXPECT_EQ(queue.sizes().vec(), (std::vector<std::int64_t>{50, 16}));
    EXPECT_TRUE(torch::allclose(queue.norm(2, 1), torch::ones({50})));
    EXPECT_LT(queue.mean(0).norm().item<double>(), 0.4);
    EXPECT_TRUE(torch::equal(queue, again));
    EXPECT_FALSE(torch::equal(queue, other));
}

TEST(Moco, TheKeysOfAStepTakeThePlaceOfTheOldest) {
    const Contrasting one(Json{{"queue", 5}, {"momentum", 1.0}});
    const torch::Tensor before = one.buffer("queue").clone();
    auto keys_of = [&](const Batch& batch) {
        const torch::NoGradGuard no_grad;
        return test::plain_embedding(*one.net, *one.objective, batch[array::second]);
    };
    const Batch a = one.batch(2, 1), b = one.batch(1, 2), c = one.batch(3, 3);
    (void)one.objective->loss(*one.net, a, training_pass);  // a step of two micro-batches
    (void)one.objective->loss(*one.net, b, training_pass);
    EXPECT_TRUE(torch::equal(one.buffer("queue"), before)) << "within a step every micro-batch meets the same queue";
    one.objective->after_update(*one.net);
    const torch::Tensor three = torch::cat({keys_of(a), keys_of(b)});
    EXPECT_TRUE(torch::allclose(one.buffer("queue").narrow(0, 0, 3), three, 1e-4, 1e-6));
    EXPECT_TRUE(torch::equal(one.buffer("queue").narrow(0, 3, 2), before.narrow(0, 3, 2)));
    one.step(c);
    EXPECT_TRUE(torch::allclose(one.buffer("queue").narrow(0, 3, 2), keys_of(c).narrow(0, 0, 2), 1e-4, 1e-6));
    EXPECT_TRUE(torch::allclose(one.buffer("queue").narrow(0, 0, 1), keys_of(c).narrow(0, 2, 1), 1e-4, 1e-6));
    EXPECT_TRUE(torch::allclose(one.buffer("queue").narrow(0, 1, 2), three.narrow(0, 1, 2), 1e-4, 1e-6));
    EXPECT_EQ(one.buffer("queue.oldest").item<std::int64_t>(), 1);
}

TEST(Moco, OfMoreKeysThanTheQueueHoldsTheLastStay) {
    const Contrasting one(Json{{"queue", 2}, {"momentum", 1.0}});
    const Batch batch = one.batch(5, 1);
    one.step(batch);
    const torch::NoGradGuard no_grad;
    const torch::Tensor keys = test::plain_embedding(*one.net, *one.objective, batch[array::second]);
    EXPECT_TRUE(torch::allclose(one.buffer("queue"), keys.narrow(0, 3, 2), 1e-4, 1e-6));
}

TEST(Moco, KeysThatAreNotFiniteStayOut) {
    const Contrasting one(Json{{"queue", 4}, {"momentum", 1.0}});
    const torch::Tensor before = one.buffer("queue").clone();
    torch::manual_seed(1);
    Batch batch = Batch::of_images(torch::randn({2, 1, test::picture_side, test::picture_side}));
    torch::Tensor second = torch::randn({2, 1, test::picture_side, test::picture_side});
    second[0].fill_(std::nan(""));
    batch.set(array::second, second);
    (void)one.objective->loss(*one.net, batch, training_pass);
    one.objective->after_update(*one.net);
    EXPECT_TRUE(torch::equal(one.buffer("queue")[0], before[0]));
    EXPECT_FALSE(torch::equal(one.buffer("queue")[1], before[1]));
    EXPECT_TRUE(torch::isfinite(one.buffer("queue")).all().item<bool>());
}

TEST(Moco, EvaluationChangesNothing) {
    const Contrasting one(Json{{"queue", 6}}, 3, "batch_norm");
    one.step(one.batch(4, 1));
    const auto before = one.kept();
    {
        const torch::InferenceMode inference;
        (void)one.objective->measures(*one.net, one.batch(4, 2), Pass{});
        (void)one.objective->loss(*one.net, one.batch(4, 3), Pass{});
    }
    const auto after = one.kept();
    for (const auto& [name, value] : before) EXPECT_TRUE(torch::equal(after.at(name), value)) << name;
}

TEST(Moco, TheCopysBatchNormsSeeTheKeysAlone) {
    const Contrasting one(Json{{"queue", 6}}, 3, "batch_norm");
    const auto expected = test::picture_backbone(torch::kFloat32, "batch_norm");
    const Batch batch = one.batch(4, 1);
    (void)one.objective->loss(*one.net, batch, training_pass);
    const torch::NoGradGuard no_grad;
    (void)expected->features(Batch::of_images(batch[array::second]), training_pass);
    int running = 0;
    for (const Buffer& b : expected->buffers()) {
        if (!b.state) continue;
        EXPECT_TRUE(torch::equal(one.buffer("key.backbone." + b.name), b.tensor)) << b.name;
        ++running;
    }
    EXPECT_GT(running, 0);
}

/// What checkpoints hold is enough: weights, and the buffers that are state.
TEST(Moco, GoesOnToTheBitFromItsBuffers) {
    const Json settings{{"queue", 7}, {"momentum", 0.9}};
    auto losses = [](const Contrasting& one, int from, int to) {
        std::vector<double> out;
        for (int i = from; i < to; ++i) {
            out.push_back(one.step(one.batch(3, static_cast<std::uint64_t>(i))));
            one.move(static_cast<std::uint64_t>(i));
        }
        return out;
    };
    const Contrasting whole(settings, 3, "batch_norm"), half(settings, 3, "batch_norm"),
        rest(settings, 9, "batch_norm");
    const std::vector<double> expected = losses(whole, 0, 6);
    (void)losses(half, 0, 3);
    {
        const torch::NoGradGuard no_grad;
        const Parameters from = half.trained(), to = rest.trained();
        for (std::size_t i = 0; i < from.size(); ++i) torch::Tensor(to[i].tensor).copy_(from[i].tensor);
        const Buffers left = half.objective->buffers(), right = rest.objective->buffers();
        for (std::size_t i = 0; i < left.size(); ++i)
            if (left[i].state) torch::Tensor(right[i].tensor).copy_(left[i].tensor);
        const Buffers running = half.net->buffers(), into = rest.net->buffers();
        for (std::size_t i = 0; i < running.size(); ++i) torch::Tensor(into[i].tensor).copy_(running[i].tensor);
    }
    EXPECT_EQ(losses(rest, 3, 6), std::vector<double>(expected.begin() + 3, expected.end()));
    for (const auto& [name, value] : whole.kept()) EXPECT_TRUE(torch::equal(rest.buffer(name).detach(), value)) << name;
}

TEST(Moco, GradientsReachTheQuerySideAlone) {
    const auto net = test::picture_backbone(torch::kFloat64);
    const auto objective =
        test::objective_of("moco", Json{{"queue", 5}, {"projection", 3}, {"temperature", 0.5}}, *net);
    Parameters all = net->parameters();
    for (const Parameter& p : objective->parameters()) all.push_back(p);
    for (const Parameter& p : objective->parameters())
        torch::Tensor(p.tensor).set_data(p.tensor.detach().to(torch::kFloat64));
    for (const Buffer& b : objective->buffers())
        if (b.tensor.is_floating_point()) torch::Tensor(b.tensor).set_data(b.tensor.detach().to(torch::kFloat64));
    const Batch batch = objective->feed(test::Views(4).rows(), 1);
    const Pass exact{torch::kFloat64, true};
    (void)objective->loss(*net, batch, exact);  // the copy begins, so that no difference moves a key
    test::check_gradients(
        all, [&] { return objective->loss(*net, batch, exact).front().sum; }, 6);
    for (const Buffer& b : objective->buffers()) EXPECT_FALSE(b.tensor.grad().defined()) << b.name;
}

TEST(Moco, NeedsTwoRowsOnlyWithoutAQueue) {
    const ObjectiveKind& kind = *find_kind(objectives(), "moco");
    EXPECT_EQ(kind.least_rows(kind.complete(Json::object())), 1);
    EXPECT_EQ(kind.least_rows(kind.complete(Json{{"queue", 0}})), 2);
    EXPECT_EQ(find_kind(objectives(), "simclr")->least_rows(Json::object()), 2);
}

TEST(Moco, ACopyThatCannotFollowIsRefused) {
    const Contrasting one(Json{{"queue", 4}});
    const auto other = find_kind(backbones(), "cnn")
                           ->build(Json{{"stages", 2}, {"channels", 2}, {"norm", "none"}},
                                   BackboneInputs{image_input(1, test::picture_side, test::picture_side), false, 7});
    EXPECT_THROW((void)one.objective->loss(*other, one.batch(2, 1), training_pass), Failure);
}

TEST(Moco, WhatItHoldsBesideTheModelIsInTheEstimate) {
    const Contrasting one(Json{{"queue", 40}, {"projection", 16}});
    std::int64_t trained = 0, held = 0;
    for (const Parameter& p : one.trained()) trained += p.tensor.numel();
    for (const Buffer& b : one.objective->buffers())
        if (b.state && b.tensor.is_floating_point()) held += b.tensor.numel();
    const ObjectiveCost cost =
        find_kind(objectives(), "moco")->cost(Json{{"queue", 40}, {"projection", 16}}, one.net->facts());
    EXPECT_EQ(held, cost.copies * trained + cost.state_values);

    Json spec = default_spec();
    spec["dataset"] = {{"kind", "shapes"}};
    spec["backbone"] = {{"kind", "cnn"}};
    spec["objective"] = {{"kind", "moco"}, {"queue", 0}};
    const Estimate without = estimate_run(spec);
    spec["objective"]["queue"] = 1000;
    const Estimate with = estimate_run(spec);
    EXPECT_EQ(with.memory_weights - without.memory_weights, 1000U * 128 * 4);
    EXPECT_EQ(with.checkpoint_bytes - without.checkpoint_bytes, 1000U * 128 * 4);
    EXPECT_EQ(without.memory_weights, 12U * static_cast<std::uint64_t>(without.parameters)) << "and the copy";
}

}  // namespace
}  // namespace gw
