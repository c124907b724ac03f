#include <torch/optim/adam.h>

#include <cmath>
#include <numbers>

#include "data/images/picture_formats.h"
#include "data/images/png_encoding.h"
#include "engine/check_gradients.h"
#include "engine/small.h"
#include "eval/collapse.h"
#include "eval/frechet.h"
#include "objective/coder.h"
#include "objective/noise_schedule.h"
#include "train/step/picture_samples.h"

// Objectives that draw pictures: autoencoders, variational ones, diffusion, and two that work against each other.
namespace gw {
namespace {

/// An objective over a backbone of pictures of 2 x 7 x 6 values.
struct Drawing {
    explicit Drawing(const std::string& objective_kind, const Json& settings = Json::object(),
                     const Json& backbone = {{"kind", "mlp"}, {"layers", 1}, {"width", 12}, {"activation", "tanh"}},
                     const InputFacts& input = {std::nullopt, ImageInput{2, 7, 6, {0.4, 0.6}, {0.2, 0.3}}},
                     torch::Dtype dtype = torch::kFloat32) {
        const ObjectiveKind& kind = *find_kind(objectives(), objective_kind);
        for (const schema::Problem& problem : kind.check(settings, "objective")) ADD_FAILURE() << problem.message;
        const BackboneKind& trunk = *find_kind(backbones(), backbone.at("kind"));
        net = trunk.build(trunk.complete(backbone), BackboneInputs{input, /*causal=*/false, 7});
        objective = kind.build(settings, ObjectiveInputs{net->facts(), nullptr, 3, {}});
        for (const Parameter& p : all()) {
            torch::Tensor tensor = p.tensor;
            tensor.set_data(tensor.detach().to(dtype));
        }
    }
    Parameters all() const {
        Parameters out = net->parameters();
        for (const Parameter& p : objective->parameters()) out.push_back(p);
        return out;
    }
    Batch batch(const torch::Tensor& images_BCHW, std::uint64_t seed = 1) const {
        const torch::Tensor images = images_BCHW.contiguous();
        HostBatch rows;
        rows.rows = images.size(0);
        HostArray pictures(HostArray::Type::u8, images.sizes().vec());
        std::copy_n(images.data_ptr<std::uint8_t>(), pictures.size(), pictures.values<std::uint8_t>());
        rows.arrays.emplace(array::image, std::move(pictures));
        for (std::int64_t row = 0; row < rows.rows; ++row) rows.places.push_back(row);
        return objective->feed(rows, RowSeeds::by_place(seed));
    }
    /// The mean of the loss after so many steps over one batch.
    double trained(const torch::Tensor& images, std::uint64_t steps, double rate) const {
        std::vector<torch::Tensor> weights;
        for (const Parameter& p : all()) weights.push_back(p.tensor);
        torch::optim::Adam adam(weights, torch::optim::AdamOptions(rate));
        double last = 0;
        for (std::uint64_t step = 0; step < steps; ++step) {
            const Batch fed = batch(images, step);
            adam.zero_grad();
            const torch::Tensor loss = minimised(objective->loss(*net, fed, Pass{}), {images.size(0), images.size(0)});
            loss.backward();
            adam.step();
            last = loss.item<double>();
        }
        return last;
    }
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> objective;
};

torch::Tensor some_pictures(std::int64_t count, std::uint64_t seed = 1) {
    torch::manual_seed(seed);
    return torch::randint(256, {count, 2, 7, 6}, torch::kUInt8);
}

TEST(Drawings, AreScoredValueByValue) {
    torch::manual_seed(2);
    const torch::Tensor drawn = 3 * torch::randn({3, 1, 2, 2}, torch::kFloat64),
                        truth = torch::rand({3, 1, 2, 2}, torch::kFloat64);
    const torch::Tensor squared = drawing_rows("squared", drawn, truth),
                        bernoulli = drawing_rows("bernoulli", drawn, truth),
                        gaussian = drawing_rows("gaussian", drawn, truth, 0.3);
    for (std::int64_t row = 0; row < 3; ++row) {
        double squares = 0, entropy = 0, density = 0;
        for (std::int64_t i = 0; i < 4; ++i) {
            const double y = drawn[row].flatten()[i].item<double>(), x = truth[row].flatten()[i].item<double>(),
                         p = 1 / (1 + std::exp(-y));
            squares += (x - y) * (x - y);
            entropy -= x * std::log(p) + (1 - x) * std::log(1 - p);
            density -= std::log(std::exp(-(x - y) * (x - y) / (2 * 0.09)) / (0.3 * std::sqrt(2 * std::numbers::pi)));
        }
        EXPECT_NEAR(squared[row].item<double>(), squares, 1e-10);
        EXPECT_NEAR(bernoulli[row].item<double>(), entropy, 1e-9);
        EXPECT_NEAR(gaussian[row].item<double>(), density, 1e-9);
    }
    // Far from nothing the exponential does not overflow.
    EXPECT_NEAR(drawing_rows("bernoulli", torch::full({1, 1, 1, 1}, 1000.0), torch::ones({1, 1, 1, 1})).item<double>(),
                0, 1e-6);
    EXPECT_NEAR(drawing_rows("bernoulli", torch::full({1, 1, 1, 1}, 1000.0), torch::zeros({1, 1, 1, 1})).item<double>(),
                1000, 1e-3);
}

TEST(Drawings, GiveTheGradientsOfTheirLoss) {
    const InputFacts small{std::nullopt, ImageInput{1, 4, 3, {0.4}, {0.2}}};
    const Json mlp = {{"kind", "mlp"}, {"layers", 1}, {"width", 4}, {"activation", "tanh"}},
               unet = {{"kind", "unet"}, {"stages", 1}, {"channels", 4}, {"groups", 2}};
    torch::manual_seed(4);
    const torch::Tensor images = torch::randint(256, {2, 1, 4, 3}, torch::kUInt8);
    const std::pair<const char*, Json> cases[] = {
        {"autoencoder", {{"code", 3}, {"decoder_width", 5}}},
        {"autoencoder", {{"code", 3}, {"decoder", "convolutions"}, {"decoder_channels", 2}, {"loss", "bernoulli"}}},
        {"autoencoder", {{"code", 3}, {"decoder_layers", 0}, {"noise", 0.2}, {"hidden", 0.3}, {"sparsity", 0.1}}},
        {"vae", {{"code", 2}, {"decoder_width", 5}, {"beta", 2.0}}},
        {"vae", {{"code", 2}, {"decoder_width", 5}, {"likelihood", "gaussian"}, {"deviation", 0.5}}},
        {"diffusion", {{"prediction", "noise"}}},
        {"diffusion", {{"prediction", "velocity"}, {"noise_schedule", "linear"}}}};
    for (const auto& [kind, settings] : cases) {
        SCOPED_TRACE(std::string(kind) + settings.dump());
        const bool by_unet = std::string(kind) == "diffusion";
        const Drawing drawing(kind, settings, by_unet ? unet : mlp, small, torch::kFloat64);
        // What begins at nothing would hide what lies behind it; ReLU has no gradient in its bend.
        torch::manual_seed(6);
        for (const Parameter& p : drawing.all()) {
            const torch::NoGradGuard no_grad;
            torch::Tensor(p.tensor).add_(0.2 * torch::randn_like(p.tensor));
        }
        const Batch fed = drawing.batch(images);
        test::check_gradients(drawing.all(), [&] {
            return minimised(drawing.objective->loss(*drawing.net, fed, Pass{torch::kFloat64}), {2, 2});
        });
    }
}

TEST(Drawings, EachSideOfAGameHasTheGradientsOfItsLoss) {
    const InputFacts small{std::nullopt, ImageInput{1, 4, 3, {0.4}, {0.2}}};
    torch::manual_seed(4);
    const torch::Tensor images = torch::randint(256, {3, 1, 4, 3}, torch::kUInt8);
    for (const char* loss : {"non_saturating", "squares", "hinge"}) {
        const Drawing drawing("gan", {{"code", 3}, {"decoder_width", 5}, {"loss", loss}, {"norm", true}},
                              {{"kind", "mlp"}, {"layers", 1}, {"width", 4}, {"activation", "tanh"}}, small,
                              torch::kFloat64);
        const Batch fed = drawing.batch(images);
        Parameters discriminator = drawing.net->parameters(), generator;
        for (const Parameter& p : drawing.objective->parameters())
            (drawing.objective->players()[1].trains(p.name) ? generator : discriminator).push_back(p);
        ASSERT_FALSE(generator.empty());
        const Pass pass{torch::kFloat64};
        test::check_gradients(discriminator, [&] {
            return minimised(drawing.objective->loss_of(0, *drawing.net, fed, pass), {3, 3});
        });
        test::check_gradients(generator, [&] {
            return minimised(drawing.objective->loss_of(1, *drawing.net, fed, pass), {3, 3});
        });
        // The discriminator's turn leaves the generator out of its graph.
        for (const Parameter& p : drawing.all()) torch::Tensor(p.tensor).mutable_grad() = torch::Tensor();
        minimised(drawing.objective->loss(*drawing.net, fed, pass), {3, 3}).backward();
        for (const Parameter& p : generator) EXPECT_FALSE(p.tensor.grad().defined()) << p.name;
    }
}

TEST(Drawings, WhereBothSidesAreScoredAlikeTheGameIsWorthLnFour) {
    const Drawing drawing("gan");
    const torch::NoGradGuard no_grad;
    for (const Parameter& p : drawing.objective->parameters())
        if (p.name.starts_with("score.")) torch::Tensor(p.tensor).zero_();
    const Measures found = drawing.objective->measures(*drawing.net, drawing.batch(some_pictures(5)), Pass{});
    EXPECT_TRUE(torch::allclose(found.losses_N, torch::full({5}, std::log(4.0)), 0, 1e-5)) << found.losses_N;
    EXPECT_FALSE(found.hits_N.any().item<bool>()) << "no picture is told from another";
}

TEST(Drawings, ADecoderDrawsPicturesOfAnySize) {
    for (const auto& [height, width] : {std::pair{7L, 6L}, {1L, 9L}, {28L, 28L}, {3L, 2L}})
        for (const char* by : {"dense", "convolutions"})
            for (const bool norm : {true, false}) {
                DecoderSettings settings;
                settings.decoder = by;
                settings.decoder_stages = 3;
                settings.decoder_channels = 2;
                const ImageInput image{3, height, width, {}, {}};
                const PictureDecoder decoder(Initialiser("pytorch", 1), settings, 5, image, norm);
                const torch::Tensor drawn = decoder(torch::randn({2, 5}), Pass{});
                EXPECT_EQ(drawn.sizes(), (std::vector<std::int64_t>{2, 3, height, width})) << by;
                Parameters all;
                decoder.list(all);
                std::int64_t count = 0;
                for (const Parameter& p : all) count += p.tensor.numel();
                EXPECT_EQ(count, settings.parameters(5, image, norm)) << by << height << norm;
            }
}

TEST(Autoencoder, ALinearOneReachesThePrincipalComponentsAndNoLess) {
    // Six directions of falling size; two are kept.
    torch::manual_seed(8);
    const torch::Tensor directions = torch::randn({6, 84}, torch::kFloat64),
                        sizes = torch::tensor({14.0, 10.0, 4.0, 3.0, 2.0, 1.0}, torch::kFloat64);
    const torch::Tensor flat = torch::matmul(torch::randn({60, 6}, torch::kFloat64) * sizes, directions) + 128,
                        images = flat.round().clamp(0, 255).to(torch::kUInt8).view({60, 2, 7, 6});
    const torch::Tensor x = images.flatten(1).to(torch::kFloat64) / 255, off = x - x.mean(0);
    const torch::Tensor values = at::linalg_eigvalsh(torch::matmul(off.t(), off)).clamp_min(0);
    const double residual = (values.sum() - values.narrow(0, 82, 2).sum()).item<double>() / 60;
    const Drawing drawing("autoencoder", {{"code", 2}, {"decoder_layers", 0}},
                          {{"kind", "mlp"}, {"layers", 1}, {"width", 6}, {"activation", "none"}});
    (void)drawing.trained(images, 1500, 1e-2);
    const double reached = drawing.trained(images, 1000, 1e-3);
    EXPECT_GT(reached, residual * (1 - 1e-4));
    EXPECT_LT(reached, residual * 1.01);
}

TEST(Autoencoder, SeesWhatIsSpoiltAndIsAskedForWhatIsNot) {
    const Drawing drawing("autoencoder", {{"code", 3}, {"noise", 0.25}, {"hidden", 0.5}});
    const torch::Tensor images = torch::full({40, 2, 7, 6}, 200, torch::kUInt8);
    const Batch fed = drawing.batch(images);
    EXPECT_TRUE(torch::equal(fed[array::image], images));
    const torch::Tensor seen = fed["spoilt"], black = seen.eq(0);
    EXPECT_TRUE(torch::equal(black.select(1, 0), black.select(1, 1))) << "a pixel is hidden in all its channels";
    EXPECT_NEAR(black.to(torch::kFloat32).mean().item<double>(), 0.5, 0.05);
    const torch::Tensor off = seen.masked_select(black.logical_not()) - 200.0 / 255;
    EXPECT_NEAR(off.mean().item<double>(), 0, 0.02);
    EXPECT_NEAR(off.std().item<double>(), 0.25, 0.02);
    EXPECT_FALSE(torch::equal(drawing.batch(images, 2)["spoilt"], seen));
    const torch::Tensor drawn = drawing.objective->redrawn(*drawing.net, fed, Pass{});
    ASSERT_EQ(drawn.sizes(), (std::vector<std::int64_t>{40, 3, 2, 7, 6}));
    EXPECT_TRUE(torch::equal(drawn.select(1, 2), images));
    EXPECT_TRUE(drawn.select(1, 0).masked_select(black).eq(0).all().item<bool>());
}

TEST(Vae, ItsDivergenceIsThatOfItsCodes) {
    const Drawing drawing("vae", {{"code", 4}});
    const torch::NoGradGuard no_grad;
    const Batch fed = drawing.batch(some_pictures(3));
    // With no weight of their own all codes are standard normal ones, which diverge by nothing.
    for (const Parameter& p : drawing.objective->parameters())
        if (p.name.starts_with("mean.") || p.name.starts_with("log_variance.")) torch::Tensor(p.tensor).zero_();
    EXPECT_NEAR(drawing.objective->measures(*drawing.net, fed, Pass{}).parts[1].second.abs().max().item<double>(), 0,
                1e-6);
    for (const Parameter& p : drawing.objective->parameters()) {
        if (p.name == "mean.bias") torch::Tensor(p.tensor).fill_(1.5);
        if (p.name == "log_variance.bias") torch::Tensor(p.tensor).fill_(std::log(0.25));
    }
    // Of N(1.5, 0.25) from N(0, 1), by the integral over a fine grid.
    double integral = 0;
    constexpr double step = 1e-3;
    for (double z = -8; z < 8; z += step) {
        const double log_p = -0.5 * (z - 1.5) * (z - 1.5) / 0.25 - std::log(0.5), log_q = -0.5 * z * z;
        integral += step * std::exp(log_p) / std::sqrt(2 * std::numbers::pi) * (log_p - log_q);
    }
    const torch::Tensor divergence = drawing.objective->measures(*drawing.net, fed, Pass{}).parts[1].second;
    EXPECT_TRUE(torch::allclose(divergence, torch::full({3}, 4 * integral), 1e-4, 1e-4)) << divergence << integral;
}

TEST(Vae, BetaWeighsTheDivergenceAndItsWarmUpRises) {
    const Drawing plain("vae", {{"code", 4}}), heavy("vae", {{"code", 4}, {"beta", 4.0}}),
        warmed("vae", {{"code", 4}, {"beta", 4.0}, {"kl_warmup", 4}});
    const Batch fed = plain.batch(some_pictures(3));
    const auto weight = [&](const Drawing& one) { return one.objective->loss(*one.net, fed, Pass{})[1].weight; };
    EXPECT_EQ(weight(plain), 1);
    EXPECT_EQ(weight(heavy), 4);
    for (const double expected : {0.0, 1.0, 2.0, 3.0, 4.0, 4.0}) {
        EXPECT_EQ(weight(warmed), expected);
        warmed.objective->after_update(*warmed.net);
    }
    ASSERT_EQ(warmed.objective->buffers().size(), 1U);
    EXPECT_TRUE(warmed.objective->buffers()[0].state) << "a resume goes on where it was";
    EXPECT_TRUE(plain.objective->buffers().empty());
    // What runs are compared by does not depend on it.
    EXPECT_TRUE(torch::equal(plain.objective->measures(*plain.net, fed, Pass{}).losses_N,
                             heavy.objective->measures(*heavy.net, fed, Pass{}).losses_N));
}

TEST(Vae, LearnsToDrawWhatItSaw) {
    // Dark pictures and bright ones: what is drawn out of nothing is one or the other.
    const torch::Tensor images =
        torch::cat({torch::full({16, 2, 7, 6}, 20, torch::kUInt8), torch::full({16, 2, 7, 6}, 235, torch::kUInt8)});
    const Drawing drawing("vae", {{"code", 2}, {"decoder_width", 16}});
    (void)drawing.trained(images, 500, 1e-2);
    const torch::NoGradGuard no_grad;
    const torch::Tensor drawn = drawing.objective->drawn(*drawing.net, 64, 5, Pass{});
    ASSERT_EQ(drawn.sizes(), (std::vector<std::int64_t>{64, 2, 7, 6}));
    EXPECT_TRUE(torch::equal(drawn, drawing.objective->drawn(*drawing.net, 64, 5, Pass{})));
    EXPECT_FALSE(torch::equal(drawn, drawing.objective->drawn(*drawing.net, 64, 6, Pass{})));
    const torch::Tensor means = drawn.to(torch::kFloat32).flatten(1).mean(1);
    EXPECT_GT(means.lt(70).sum().item<std::int64_t>(), 10);
    EXPECT_GT(means.gt(185).sum().item<std::int64_t>(), 10);
    const auto sheets = drawing.objective->sheets(*drawing.net, drawing.batch(images.narrow(0, 12, 8)), 1, Pass{});
    ASSERT_EQ(sheets.size(), 1U);
    const torch::Tensor between = sheets[0].pictures_RKCHW;
    ASSERT_EQ(between.sizes(), (std::vector<std::int64_t>{4, 8, 2, 7, 6}));
    EXPECT_LT(between[0][1].to(torch::kFloat32).mean().item<double>(),
              between[0][6].to(torch::kFloat32).mean().item<double>());
}

TEST(Diffusion, TheOptimumOfGaussianDataIsThePublishedOne) {
    // Of values with variance s2 the best guess of the noise misses it by this much on average over the steps.
    const std::vector<double> shares = signal_shares("linear", 1000);
    ASSERT_EQ(shares.size(), 1001U);
    EXPECT_EQ(shares[0], 1);
    EXPECT_NEAR(shares[1000], 4.03583e-5, 1e-9);
    for (const auto& [variance, expected] : {std::pair{1.0, 0.27551323}, {4.0, 0.39540695}, {0.25, 0.17305341}}) {
        double sum = 0;
        for (std::size_t t = 1; t <= 1000; ++t) sum += shares[t] * variance / (shares[t] * variance + 1 - shares[t]);
        EXPECT_NEAR(sum / 1000, expected, 5e-9) << variance;
    }
    for (const char* schedule : {"linear", "cosine"})
        for (const std::int64_t steps : {1, 7, 1000}) {
            const std::vector<double> some = signal_shares(schedule, steps);
            for (std::size_t t = 1; t < some.size(); ++t) {
                EXPECT_LT(some[t], some[t - 1]) << schedule << steps;
                EXPECT_GT(some[t], 0) << schedule << steps;
            }
        }
    EXPECT_NEAR(signal_shares("cosine", 1000)[500], 0.4938, 1e-3);
}

/// Says what the best of all models would say of one value whose distribution is normal.
class BestOfNormal final : public Backbone {
  public:
    BestOfNormal(double variance, std::vector<double> shares) : variance_(variance), shares_(std::move(shares)) {}
    Features features(const Batch& batch, const Pass&) override {
        const torch::Tensor x = batch[array::image], times = batch[array::times];
        std::vector<torch::Tensor> out;
        for (std::int64_t row = 0; row < x.size(0); ++row) {
            const double share = shares_.at(static_cast<std::size_t>(
                std::lround(times[row].item<double>() * static_cast<double>(shares_.size() - 1))));
            out.push_back(x[row] * (std::sqrt(1 - share) / (share * variance_ + 1 - share)));
        }
        return {.map_BCHW = torch::stack(out)};
    }
    BackboneFacts facts() const override {
        return {.width = 1, .causal = false, .image = ImageInput{1, 1, 1, {}, {}}, .maps = true};
    }
    Parameters parameters() const override { return {}; }

  private:
    double variance_;
    std::vector<double> shares_;
};

/// The objective over such a model, its last convolution handing on what that says.
std::unique_ptr<Objective> handing_on(const Backbone& net, const Json& settings) {
    const ObjectiveKind& kind = *find_kind(objectives(), "diffusion");
    auto out = kind.build(kind.complete(settings), ObjectiveInputs{net.facts(), nullptr, 3, {}});
    const torch::NoGradGuard no_grad;
    for (const Parameter& p : out->parameters())
        if (p.name == "output.weight") torch::Tensor(p.tensor).select(2, 1).select(2, 1).fill_(1);
    return out;
}

TEST(Diffusion, TheBestModelReachesTheOptimumAndDrawsTheDistribution) {
    constexpr double deviation = 0.25;  // of values from -1 to 1: four of them are the whole range
    BestOfNormal best(deviation * deviation, signal_shares("linear", 1000));
    const auto objective = handing_on(best, {{"noise_schedule", "linear"}, {"sampler_steps", 100}});
    constexpr std::int64_t count = 20000;
    torch::manual_seed(3);
    const torch::Tensor images =
        ((torch::randn({count, 1, 1, 1}) * deviation + 1) * 127.5).round().clamp(0, 255).to(torch::kUInt8);
    HostBatch rows;
    rows.rows = count;
    HostArray pictures(HostArray::Type::u8, {count, 1, 1, 1});
    std::copy_n(images.data_ptr<std::uint8_t>(), count, pictures.values<std::uint8_t>());
    rows.arrays.emplace(array::image, std::move(pictures));
    for (std::int64_t row = 0; row < count; ++row) rows.places.push_back(row);
    const torch::NoGradGuard no_grad;
    const Batch fed = objective->feed(rows, RowSeeds::by_place(1));
    EXPECT_NEAR(fed[array::times].mean().item<double>(), 0.5, 0.01);
    const std::vector<double> shares = signal_shares("linear", 1000);
    double expected = 0;
    for (std::size_t t = 1; t <= 1000; ++t)
        expected += shares[t] * deviation * deviation / (shares[t] * deviation * deviation + 1 - shares[t]) / 1000;
    const double reached = objective->measures(best, fed, Pass{}).losses_N.mean().item<double>();
    EXPECT_NEAR(reached, expected, 0.02 * expected) << "within 2 % of the closed form";
    for (const char* sampler : {"ddim", "ddpm"}) {
        const auto drawer =
            handing_on(best, {{"noise_schedule", "linear"}, {"sampler", sampler}, {"sampler_steps", 200}});
        const torch::Tensor drawn = drawer->drawn(best, 4000, 9, Pass{}).to(torch::kFloat32).flatten() / 127.5 - 1;
        EXPECT_NEAR(drawn.mean().item<double>(), 0, 0.02) << sampler;
        EXPECT_NEAR(drawn.std().item<double>(), deviation, 0.02) << sampler;
    }
}

TEST(Diffusion, MoreStepsOfDrawingThanOfNoiseAreRefused) {
    const ObjectiveKind& kind = *find_kind(objectives(), "diffusion");
    const auto problems = kind.check(kind.complete({{"noise_steps", 10}, {"sampler_steps", 11}}), "objective");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].path, "objective.sampler_steps");
    EXPECT_TRUE(kind.check(kind.complete({{"noise_steps", 10}, {"sampler_steps", 10}}), "objective").empty());
}

TEST(Diffusion, ShowsTheWayFromNoise) {
    const Drawing drawing("diffusion", {{"sampler_steps", 3}},
                          {{"kind", "unet"}, {"stages", 1}, {"channels", 4}, {"groups", 2}});
    const torch::NoGradGuard no_grad;
    const auto sheets = drawing.objective->sheets(*drawing.net, Batch(), 4, Pass{});
    ASSERT_EQ(sheets.size(), 1U);
    EXPECT_EQ(sheets[0].name, "steps");
    EXPECT_EQ(sheets[0].pictures_RKCHW.sizes(), (std::vector<std::int64_t>{4, 8, 2, 7, 6}));
    const torch::Tensor drawn = drawing.objective->drawn(*drawing.net, 4, 4, Pass{});
    EXPECT_TRUE(torch::equal(sheets[0].pictures_RKCHW.select(1, 7), drawn)) << "the last is what is drawn";
}

TEST(Frechet, IsTheDistanceOfTwoNormalDistributions) {
    torch::manual_seed(1);
    const torch::Tensor x = torch::randn({500, 3}, torch::kFloat64);
    EXPECT_NEAR(frechet_distance(x, x), 0, 1e-9);
    // Of independent values: moved by 1 in one, twice as wide in another.
    const torch::Tensor off = x - x.mean(0);
    const torch::Tensor covariance = torch::matmul(off.t(), off) / 500.0;
    const auto [values, vectors] = at::linalg_eigh(covariance);
    const torch::Tensor white = torch::matmul(off, vectors) / values.sqrt();
    const torch::Tensor other =
        white * torch::tensor({1.0, 2.0, 1.0}, torch::kFloat64) + torch::tensor({0.0, 0.0, 3.0}, torch::kFloat64);
    EXPECT_NEAR(frechet_distance(white, other), 9 + 1, 1e-6);
    EXPECT_NEAR(spread_beside(other, white), 2, 1e-9) << "1 + 4 + 1 beside 3";
    EXPECT_NEAR(spread_beside(torch::ones({4, 3}), white), 0, 1e-12);
    const Reach same = reach(x, x), apart = reach(x, x + 100);
    EXPECT_EQ(same.precision, 1);
    EXPECT_EQ(same.recall, 1);
    EXPECT_EQ(apart.precision, 0);
    EXPECT_EQ(apart.recall, 0);
    // Drawn pictures that are all one real one are within reach, and leave most real ones out.
    const Reach one = reach(x, x.narrow(0, 0, 1).repeat({50, 1}));
    EXPECT_EQ(one.precision, 1);
    EXPECT_LT(one.recall, 0.05);
}

TEST(Frechet, ValuesOfCodesInUseAreCounted) {
    torch::manual_seed(1);
    const torch::Tensor codes = torch::randn({200, 5}) * torch::tensor({1.0, 0.0, 0.05, 0.5, 0.11});
    EXPECT_EQ(active_codes(codes), 3);
    EXPECT_EQ(active_codes(torch::ones({4, 3})), 0);
}

TEST(PictureSheets, StandBesideEachOtherAndAreReadAgain) {
    torch::Tensor pictures = torch::zeros({2, 3, 3, 20, 30}, torch::kUInt8);
    for (std::int64_t i = 0; i < 6; ++i) pictures[i / 3][i % 3].fill_(40 * i);
    const PictureCopy sheet = sheet_picture(pictures);
    EXPECT_EQ(sheet.channels, 3);
    EXPECT_EQ(sheet.height, 2 * (2 * 20 + 2) + 2) << "each enlarged twice, with lines of two around";
    EXPECT_EQ(sheet.width, 3 * (2 * 30 + 2) + 2);
    const auto at = [&](std::int64_t y, std::int64_t x) {
        return sheet.pixels[static_cast<std::size_t>(y * sheet.width + x)];
    };
    EXPECT_EQ(at(0, 0), 128);
    EXPECT_EQ(at(2, 2), 0);
    EXPECT_EQ(at(2 + 42 + 39, 2 + 2 * 62 + 59), 200);
    const std::string bytes = png_of(sheet);
    EXPECT_EQ(bytes.substr(1, 3), "PNG");
    const auto again = decode_png({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, "sheet");
    ASSERT_TRUE(again);
    EXPECT_EQ(again.value().height, sheet.height);
    EXPECT_EQ(again.value().pixels, sheet.pixels);
}

}  // namespace
}  // namespace gw
