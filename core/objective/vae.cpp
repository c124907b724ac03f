#include <torch/types.h>

#include <algorithm>

#include "model/attention.h"
#include "objective/catalog.h"
#include "objective/normal_values.h"
#include "objective/picture_coder.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture.
namespace gw {

namespace {

/// Float32 [B, K], of mean 0 and variance 1: what a code deviates by.
constexpr const char* code_noise = "code_noise";

struct VaeConfig : DecoderSettings {
    std::int64_t code = 20, kl_warmup = 0;
    std::string likelihood = "bernoulli";
    double deviation = 0.1, beta = 1;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&VaeConfig::code>({.key = "code",
                                             .label = "Code",
                                             .help = "Values that are kept of a picture, each with a mean and a "
                                                     "deviation.",
                                             .min = 1,
                                             .max = 65536,
                                             .scale = schema::Scale::log}),
            schema::field<&VaeConfig::likelihood>(
                {.key = "likelihood",
                 .label = "Likelihood",
                 .help = "Of a value given its code: Bernoulli suits pictures that are nearly black and white, "
                         "Gaussian photographs.",
                 .choices = "bernoulli=Bernoulli|gaussian=Gaussian"}),
            schema::field<&VaeConfig::deviation>(
                {.key = "deviation",
                 .label = "Deviation of a value",
                 .help = "In parts of the whole range: the smaller, the more the drawing weighs against the code.",
                 .min = 0.001,
                 .max = 10,
                 .scale = schema::Scale::log,
                 .shown_when = "likelihood=gaussian"}),
            schema::field<&VaeConfig::beta>(
                {.key = "beta",
                 .label = "Beta",
                 .help = "Weight of the divergence of the codes from a standard normal distribution: 1 is the bound on "
                         "the likelihood; more makes the values of a code independent, and drawings blurred.",
                 .min = 0,
                 .max = 1000}),
            schema::field<&VaeConfig::kl_warmup>(
                {.key = "kl_warmup",
                 .label = "Warm-up of beta",
                 .help = "Steps in which its weight rises from 0 evenly, against codes that say nothing; 0 = none.",
                 .unit = "steps",
                 .min = 0,
                 .max = 16000000,  // whole numbers that float32 counts
                 .audience = schema::Audience::expert}),
        },
        DecoderSettings::fields);
};

/// A normal distribution of each code, its values independent.
struct CodeDistribution {
    torch::Tensor mean_BK, log_variance_BK;

    torch::Tensor at(const torch::Tensor& noise_BK) const {
        return mean_BK + (0.5 * log_variance_BK).exp() * noise_BK.to(mean_BK.scalar_type());
    }
    /// Divergence from a standard normal one, [B]; Kingma and Welling 2013, appendix B.
    torch::Tensor divergence() const {
        return 0.5 * (mean_BK.square() + log_variance_BK.exp() - 1 - log_variance_BK).sum(1);
    }
};

/// The variational autoencoder of Kingma and Welling 2013 (arXiv:1312.6114) with one draw of the code a picture; beta
/// as in Higgins et al. 2017. Loss of a picture = -ln p(picture | code) + divergence, in nats and summed over its
/// values: minus the lower bound of its log likelihood, whatever beta is.
class Vae final : public PictureCoder {
  public:
    Vae(const VaeConfig& config, const ObjectiveInputs& inputs)
        : PictureCoder(inputs, config, config.code, config.likelihood),
          config_(config),
          mean_(first_weights(inputs), "mean", inputs.backbone.width, config.code, /*bias=*/true),
          log_variance_(first_weights(inputs), "log_variance", inputs.backbone.width, config.code, /*bias=*/true),
          updates_(torch::zeros({1})) {}

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        batch.set(code_noise, normal_rows(rows, seeds, config_.code));
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [drawn_B, divergence_B] = terms(net, batch, pass);
        return {{"reconstruction", drawn_B.sum(), 1, LossPart::Per::row},
                {"divergence", divergence_B.sum(), weight(), LossPart::Per::row}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [drawn_B, divergence_B] = terms(net, batch, pass);
        Measures out{drawn_B + divergence_B, {}, {}};
        if (config_.beta != 1) out.criterion_N = drawn_B + config_.beta * divergence_B;
        out.parts = {{"reconstruction", drawn_B}, {"divergence", divergence_B}};
        return out;
    }

    torch::Tensor codes(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return distribution(net, batch, pass).mean_BK;
    }

    torch::Tensor drawn(Backbone&, std::int64_t count, std::uint64_t seed, const Pass& pass) const override {
        Rng rng(seed);
        const torch::Tensor codes_BK = normal_values({count, config_.code}, rng);
        return shown(draw(codes_BK.to(mean_.weight().device()), pass));
    }

    Parameters parameters() const override {
        Parameters all;
        mean_.list(all);
        log_variance_.list(all);
        decoder().list(all);
        return all;
    }

    Buffers buffers() const override {
        if (config_.kl_warmup == 0) return {};
        return {{"updates", updates_, /*state=*/true}};
    }

    void after_update(Backbone&) override {
        if (config_.kl_warmup > 0) updates_.add_(1);
    }

  private:
    /// Of the divergence, in the step at hand.
    double weight() const {
        if (config_.kl_warmup == 0) return config_.beta;
        return config_.beta * std::min(1.0, updates_.item<double>() / static_cast<double>(config_.kl_warmup));
    }

    CodeDistribution distribution(Backbone& net, const Batch& batch, const Pass& pass) const {
        const torch::Tensor features_BD = features(net, batch, pass);
        return {at_least_float(mean_(features_BD, pass)), at_least_float(log_variance_(features_BD, pass))};
    }

    /// -ln p(picture | code) and the divergence, [B] each.
    std::pair<torch::Tensor, torch::Tensor> terms(Backbone& net, const Batch& batch, const Pass& pass) const {
        const CodeDistribution codes = distribution(net, batch, pass);
        return {drawing_rows(likelihood(), draw(codes.at(batch[code_noise]), pass), brightness(batch[array::image]),
                             config_.deviation),
                codes.divergence()};
    }

    VaeConfig config_;
    Linear mean_, log_variance_;
    torch::Tensor updates_;  ///< [1]
};

}  // namespace

ObjectiveKind vae_kind() {
    auto kind = kind_of<ObjectiveKind, VaeConfig>(
        {.id = "vae",
         .title = "Variational autoencoder",
         .summary = "Learn the distribution of pictures: codes that are normally distributed, so that new pictures can "
                    "be drawn.",
         .source = "Kingma and Welling 2013, arXiv:1312.6114; Higgins et al. 2017, \"beta-VAE\""},
        [](const VaeConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Vae>(config, inputs);
        });
    kind.needs = {"image", "pooled features"};
    kind.offers = [](const Json&) { return std::vector<std::string>{drawn_rows}; };
    kind.causal = false;
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        VaeConfig config;
        (void)schema::load(config, settings, "objective");
        return 2 * (backbone.width + 1) * config.code + config.parameters(config.code, backbone.image);
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        VaeConfig config;
        (void)schema::load(config, settings, "objective");
        ObjectiveCost out = config.cost(config.code, backbone.image);
        out.flops_per_unit += 12.0 * static_cast<double>(backbone.width * config.code);
        out.state_values = config.kl_warmup > 0 ? 1 : 0;
        return out;
    };
    kind.metrics = {"loss", "criterion", "reconstruction", "divergence", "active_codes", "frechet", "drawn_spread"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
