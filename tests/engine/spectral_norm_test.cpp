#include "model/spectral_norm.h"

#include <torch/optim/adam.h>

#include <set>

#include "adapt/checkpoint_model.h"
#include "draw.h"
#include "engine/check_gradients.h"
#include "engine/stretch.h"
#include "model/layers.h"

// Spectral normalisation, by itself and of the side of a GAN that tells.
namespace gw {
namespace {

double largest_singular_value(const torch::Tensor& weight) {
    return at::linalg_svdvals(weight.detach().flatten(1).to(torch::kFloat64)).max().item<double>();
}

Parameters some_weights(torch::Dtype dtype) {
    torch::manual_seed(4);
    const auto leaf = [&](const std::vector<std::int64_t>& shape) {
        return (3 * torch::randn(shape, dtype)).detach().set_requires_grad(true);
    };
    return {{"wide", leaf({5, 11})}, {"tall", leaf({9, 4})}, {"filters", leaf({6, 2, 3, 3})}};
}

TEST(SpectralNorm, FindsTheLargestSingularValue) {
    const Parameters weights = some_weights(torch::kFloat32);
    SpectralNorm norm(weights, 7);
    constexpr int turns = 300;
    for (int turn = 0; turn < turns; ++turn) norm.follow(weights);
    StandIns normalised = norm.of(weights);
    for (const Parameter& p : weights) {
        EXPECT_GT(largest_singular_value(p.tensor), 2) << p.name;
        EXPECT_NEAR(largest_singular_value(normalised.of(p.tensor)), 1, 1e-3) << p.name;
    }
}

TEST(SpectralNorm, FollowsWeightsThatMoveAStepAtATime) {
    const Parameters weights = some_weights(torch::kFloat32);
    SpectralNorm norm(weights, 7);
    torch::manual_seed(5);
    for (int step = 0; step < 500; ++step) {
        {
            const torch::NoGradGuard no_grad;
            for (const Parameter& p : weights) torch::Tensor(p.tensor).add_(1e-3 * torch::randn_like(p.tensor));
        }
        norm.follow(weights);
        if (step < 100) continue;
        StandIns normalised = norm.of(weights);
        for (const Parameter& p : weights)
            ASSERT_NEAR(largest_singular_value(normalised.of(p.tensor)), 1, 0.01) << p.name << " at " << step;
    }
}

TEST(SpectralNorm, ItsGradientIsThatOfFiniteDifferences) {
    // At the singular vectors themselves the largest value does not change with them: constants or not, the gradient is
    // the same, and finite differences through new vectors find it.
    const Parameters weights = some_weights(torch::kFloat64);
    SpectralNorm norm(weights, 7);
    Buffers kept;
    norm.list(kept);
    ASSERT_EQ(kept.size(), 3U);
    for (Buffer& buffer : kept) {
        EXPECT_TRUE(buffer.state) << buffer.name << ": a resume goes on where it was";
        buffer.tensor.set_data(buffer.tensor.to(torch::kFloat64));
    }
    for (int turn = 0; turn < 5000; ++turn) norm.follow(weights);
    std::vector<torch::Tensor> ways;
    for (const Parameter& p : weights) ways.push_back(torch::randn(p.tensor.sizes(), torch::kFloat64));
    test::check_gradients(weights, [&] {
        StandIns normalised = norm.of(weights);
        torch::Tensor sum = torch::zeros({}, torch::kFloat64);
        for (std::size_t i = 0; i < weights.size(); ++i)
            sum = sum + (normalised.of(weights[i].tensor).pow(3) * ways[i]).sum();
        return sum;
    });
}

TEST(SpectralNorm, TakesItsVectorsForConstants) {
    // Away from the singular vectors the two differ: against a plain reference with u and v held.
    const Parameters weights = some_weights(torch::kFloat64);
    const SpectralNorm norm(weights, 7);
    for (const Parameter& p : weights) {
        torch::Tensor u;
        Buffers kept;
        norm.list(kept);
        for (const Buffer& buffer : kept)
            if (buffer.name == "u." + p.name) u = buffer.tensor.to(torch::kFloat64);
        const torch::Tensor matrix = p.tensor.detach().flatten(1);
        torch::Tensor v = torch::mv(matrix.t(), u);
        v = v / v.norm();
        u = torch::mv(matrix, v);
        u = u / u.norm();
        const double value = torch::dot(u, torch::mv(matrix, v)).item<double>();
        const torch::Tensor way = torch::randn(matrix.sizes(), torch::kFloat64);
        // d <way, W / s> = way / s - <way, W> u v^T / s^2
        const torch::Tensor expected = way / value - (way * matrix).sum() * torch::outer(u, v) / (value * value);
        p.tensor.mutable_grad() = torch::Tensor();
        StandIns normalised = norm.of(weights);
        (normalised.of(p.tensor).flatten(1) * way).sum().backward();
        EXPECT_TRUE(torch::allclose(p.tensor.grad().flatten(1), expected, 1e-9, 1e-12)) << p.name;
    }
}

TEST(SpectralNorm, AWeightOfZerosStaysFinite) {
    const Parameters weights{{"none", torch::zeros({3, 4}).set_requires_grad(true)}};
    SpectralNorm norm(weights, 1);
    norm.follow(weights);
    StandIns normalised = norm.of(weights);
    normalised.of(weights[0].tensor).sum().backward();
    EXPECT_TRUE(torch::isfinite(weights[0].tensor.grad()).all().item<bool>());
    Buffers kept;
    norm.list(kept);
    EXPECT_NEAR(kept[0].tensor.norm().item<double>(), 1, 1e-6) << "it is there once the weight is";
}

/// A GAN whose side that tells is normalised.
struct NormalisedGan {
    explicit NormalisedGan(const BackboneKind& trunk, const Json& backbone = Json::object()) {
        BackboneInputs inputs{image_input(2, 9, 8), /*causal=*/false, 7};
        const auto built = [&trunk, backbone, inputs] { return trunk.build(trunk.complete(backbone), inputs); };
        net = built();
        const ObjectiveKind& kind = *find_kind(objectives(), "gan");
        objective = kind.build(kind.complete({{"spectral_norm", true}, {"code", 4}, {"decoder_width", 8}}),
                               ObjectiveInputs{net->facts(), nullptr, 3, {}, built});
    }
    Batch batch(std::int64_t count = 6) const {
        torch::manual_seed(2);
        const torch::Tensor images = torch::randint(256, {count, 2, 9, 8}, torch::kUInt8);
        HostBatch rows;
        rows.rows = count;
        HostArray pictures(HostArray::Type::u8, images.sizes().vec());
        std::copy_n(images.data_ptr<std::uint8_t>(), pictures.size(), pictures.values<std::uint8_t>());
        rows.arrays.emplace(array::image, std::move(pictures));
        for (std::int64_t row = 0; row < count; ++row) rows.places.push_back(row);
        return objective->feed(rows, RowSeeds(1));
    }
    std::vector<torch::Tensor> vectors() const {
        std::vector<torch::Tensor> out;
        for (const Buffer& buffer : objective->buffers())
            if (buffer.name.starts_with("u.")) out.push_back(buffer.tensor.clone());
        return out;
    }
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> objective;
};

TEST(SpectralGan, EveryWeightThatIsMultipliedByIsNormalised) {
    // Those of all backbones for pictures but what is added; and the score's.
    int tried = 0;
    for (const BackboneKind& trunk : backbones()) {
        const bool reads = test::has_word(trunk.needs, "image") || test::has_word(trunk.needs, value_rows);
        if (!reads || trunk.needs.size() > 1 || !test::has_word(trunk.offers(Json::object()), "pooled features"))
            continue;
        ++tried;
        // A patch that divides both sides.
        const NormalisedGan it(
            trunk, trunk.card.id == "vit" ? Json{{"patch", 1}, {"width", 16}, {"heads", 2}} : Json::object());
        std::set<std::string> kept;
        for (const Buffer& buffer : it.objective->buffers()) kept.insert(buffer.name);
        EXPECT_TRUE(kept.contains("u.score.weight")) << trunk.card.id;
        for (const Parameter& p : it.net->parameters()) {
            const bool added = p.name == "positions.weight" || p.name == "class_token.weight";
            EXPECT_EQ(kept.contains("u.backbone." + p.name), p.tensor.dim() > 1 && !added)
                << trunk.card.id << " " << p.name;
        }
        // Weights as many times as large tell the same where no bias stands beside them.
        const torch::NoGradGuard no_grad;
        const double before = it.objective->loss(*it.net, it.batch(), Pass{})[0].sum.item<double>();
        for (const Parameter& p : it.net->parameters())
            if (kept.contains("u.backbone." + p.name)) torch::Tensor(p.tensor).mul_(8);
        const double after = it.objective->loss(*it.net, it.batch(), Pass{})[0].sum.item<double>();
        // Layers that begin at zero are not there before nor after.
        EXPECT_NEAR(after, before, 1e-4 * (1 + std::abs(before))) << trunk.card.id;
    }
    EXPECT_GE(tried, 4);
}

TEST(SpectralGan, TellsByNormalisedWeightsAfterManySteps) {
    const NormalisedGan it(*find_kind(backbones(), "cnn"), {{"stages", 1}, {"channels", 4}, {"hidden", 8}});
    std::vector<torch::Tensor> weights;
    for (const Parameter& p : it.net->parameters()) weights.push_back(p.tensor);
    for (const Parameter& p : it.objective->parameters()) weights.push_back(p.tensor);
    torch::optim::Adam adam(weights, torch::optim::AdamOptions(1e-3));
    for (int step = 0; step < 200; ++step) {
        adam.zero_grad();
        minimised(it.objective->loss(*it.net, it.batch(), Pass{}), {6, 6}).backward();
        adam.step();
        it.objective->after_update(*it.net);
    }
    for (int turn = 0; turn < 200; ++turn) it.objective->after_update(*it.net);
    for (const Buffer& buffer : it.objective->buffers())
        for (const Parameters& some : {it.net->parameters(), it.objective->parameters()})
            for (const Parameter& p : some) {
                if (buffer.name != "u." + p.name && buffer.name != "u.backbone." + p.name) continue;
                const torch::Tensor estimate = torch::mv(p.tensor.detach().flatten(1).t(), buffer.tensor).norm();
                EXPECT_NEAR(largest_singular_value(p.tensor) / estimate.item<double>(), 1, 1e-3) << p.name;
            }
}

TEST(SpectralGan, OnlyAStepMovesItsVectors) {
    const NormalisedGan it(*find_kind(backbones(), "mlp"), {{"layers", 2}, {"width", 16}});
    const torch::NoGradGuard no_grad;
    const auto before = it.vectors();
    ASSERT_EQ(before.size(), 3U);
    const Batch fed = it.batch();
    const torch::Tensor once = it.objective->measures(*it.net, fed, Pass{}).losses_N;
    (void)it.objective->loss(*it.net, fed, Pass{torch::kFloat32, /*training=*/true});
    (void)it.objective->loss_of(1, *it.net, fed, Pass{torch::kFloat32, /*training=*/true});
    (void)it.objective->drawn(*it.net, 3, 1, Pass{});
    EXPECT_TRUE(torch::equal(it.objective->measures(*it.net, fed, Pass{}).losses_N, once));
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_TRUE(torch::equal(it.vectors()[i], before[i]));
    for (const Parameter& p : it.net->parameters()) torch::Tensor(p.tensor).add_(0.1 * torch::randn_like(p.tensor));
    it.objective->after_update(*it.net);
    EXPECT_FALSE(torch::equal(it.vectors()[0], before[0]));
}

TEST(SpectralGan, RunsResumeToTheBit) {
    for (const bool table : {false, true}) {
        const Json data = table ? Json::parse(R"({"dataset": {"kind": "gaussians", "rows": 400},
                                                   "backbone": {"kind": "mlp", "layers": 2, "width": 16}})")
                                : Json::parse(R"({"dataset": {"kind": "shapes", "pictures": 120, "size": 16},
                                                   "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 16}})");
        const Json spec = test::tiny_spec(
            overlay_spec(overlay_spec(default_spec(), data),
                         {{"split", {{"kind", "by_document"}, {"validation", 0.2}, {"test", 0.1}}},
                          {"tokenizer", {{"kind", "none"}}},
                          {"objective", {{"kind", "gan"}, {"spectral_norm", true}, {"code", 4}, {"decoder_width", 8}}},
                          {"training", {{"budget", 12}, {"budget_unit", "steps"}, {"micro_batch", 8}, {"threads", 1}}},
                          {"evaluation", {{"every", 4}, {"tokens", 0}, {"whole_at_end", true}}},
                          {"saving", {{"every", 5}, {"keep_last", 9}}}}));
        test::Stretches whole, parts;
        ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
        ASSERT_EQ(parts.go(spec, {}, 5).end, Outcome::End::stopped) << parts.why();
        ASSERT_EQ(parts.go(spec, parts.checkpoint(5)).end, Outcome::End::finished) << parts.why();
        EXPECT_EQ(parts.figures(), whole.figures());
        const auto one = CheckpointModel::load(whole.current()).or_throw(),
                   other = CheckpointModel::load(parts.current()).or_throw();
        const Buffers left = one.model.objective->buffers(), right = other.model.objective->buffers();
        ASSERT_GE(left.size(), 3U);
        for (std::size_t i = 0; i < left.size(); ++i)
            EXPECT_TRUE(torch::equal(left[i].tensor, right[i].tensor)) << left[i].name;
        EXPECT_TRUE(torch::equal(one.model.bank->weights(), other.model.bank->weights()));
    }
}

}  // namespace
}  // namespace gw
