#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "model/attention.h"
#include "objective/catalog.h"
#include "objective/coder.h"
#include "objective/normal_values.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture (see Canvas).
namespace gw {

namespace {

/// Float32 [B, K], of mean 0 and variance 1: what a code deviates by.
constexpr const char* code_noise = "code_noise";

struct VaeConfig : DecoderSettings {
    std::int64_t code = 20, kl_warmup = 0;
    std::string likelihood = "auto";
    double deviation = 0.1, beta = 1;
    bool learn_deviation = false;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&VaeConfig::code>({.key = "code",
                                             .label = "Code",
                                             .help = "Values that are kept of a picture or a row, each with a mean "
                                                     "and a deviation.",
                                             .min = 1,
                                             .max = 65536,
                                             .scale = schema::Scale::log}),
            schema::field<&VaeConfig::likelihood>(
                {.key = "likelihood",
                 .label = "Likelihood",
                 .help = "Of a value given its code: Bernoulli suits pictures that are nearly black and white and is "
                         "of values between 0 and 1 alone, Gaussian suits photographs and rows of numbers. By the "
                         "data: the first of pictures, the second of rows.",
                 .choices = "auto=By the data|bernoulli=Bernoulli|gaussian=Gaussian"}),
            schema::field<&VaeConfig::deviation>(
                {.key = "deviation",
                 .label = "Deviation of a value",
                 .help = "Of a Gaussian likelihood, of pictures in parts of the whole range: the smaller, the more "
                         "the drawing weighs against the code.",
                 .min = 0.001,
                 .max = 10,
                 .scale = schema::Scale::log,
                 .shown_when = "likelihood=auto|gaussian"}),
            schema::field<&VaeConfig::learn_deviation>(
                {.key = "learn_deviation",
                 .label = "Learn this deviation",
                 .help = "Of a Gaussian likelihood: one for all values, beginning with the one above. A linear model "
                         "finds the noise of the data so (Lucas et al. 2019, arXiv:1911.02469).",
                 .shown_when = "likelihood=auto|gaussian"}),
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
/// as in Higgins et al. 2017. Loss of a row = -ln p(row | code) + divergence, in nats and summed over its values: minus
/// the lower bound of its log likelihood, whatever beta is. Of a linear one with a learnt deviation that bound is tight
/// at the optimum, probabilistic principal components (Lucas et al. 2019, arXiv:1911.02469).
class Vae final : public Coder {
  public:
    Vae(const VaeConfig& config, const ObjectiveInputs& inputs)
        : Coder(inputs, config, config.code, likelihood_for(config, inputs), "Set objective.likelihood=gaussian"),
          config_(config),
          mean_(first_weights(inputs), "mean", inputs.backbone.width, config.code, /*bias=*/true),
          log_variance_(first_weights(inputs), "log_variance", inputs.backbone.width, config.code, /*bias=*/true),
          updates_(torch::zeros({1})) {
        if (likelihood() == "gaussian" && config.learn_deviation)
            log_deviation_ = Initialiser::constant(1, std::log(config.deviation));
    }

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
        const torch::Device device = mean_.weight().device();
        const torch::Tensor codes_BK = normal_values({count, config_.code}, rng).to(device),
                            drawn_BCHW = draw(codes_BK, pass);
        if (canvas().of_pictures()) return shown(drawn_BCHW);  // the likeliest, as is the custom
        const torch::Tensor chance = normal_values(drawn_BCHW.sizes().vec(), rng).to(device);
        // Of a normal value its rank is even.
        if (likelihood() == "bernoulli")
            return canvas().drawn(torch::special_ndtr(chance).lt(torch::sigmoid(drawn_BCHW)).to(torch::kFloat32));
        return canvas().drawn(drawn_BCHW + deviation() * chance);
    }

    Parameters parameters() const override {
        Parameters all;
        mean_.list(all);
        log_variance_.list(all);
        decoder().list(all);
        if (log_deviation_.defined()) all.push_back({"log_deviation", log_deviation_});
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

    static std::string likelihood_for(const VaeConfig& config, const ObjectiveInputs& inputs) {
        if (config.likelihood != "auto") return config.likelihood;
        return inputs.backbone.table ? "gaussian" : "bernoulli";
    }
    /// Of a value given its code, of a Gaussian likelihood.
    double deviation() const {
        return log_deviation_.defined() ? std::exp(log_deviation_.item<double>()) : config_.deviation;
    }

    CodeDistribution distribution(Backbone& net, const Batch& batch, const Pass& pass) const {
        const torch::Tensor features_BD = features(net, batch, pass);
        const Pass exact = canvas().exact(pass);
        return {at_least_float(mean_(features_BD, exact)), at_least_float(log_variance_(features_BD, exact))};
    }

    /// -ln p(row | code) and the divergence, [B] each.
    std::pair<torch::Tensor, torch::Tensor> terms(Backbone& net, const Batch& batch, const Pass& pass) const {
        const CodeDistribution codes = distribution(net, batch, pass);
        const torch::Tensor drawn_BCHW = draw(codes.at(batch[code_noise]), pass), truth_BCHW = canvas().values(batch);
        return {log_deviation_.defined() ? gaussian_rows(drawn_BCHW, truth_BCHW, log_deviation_)
                                         : drawing_rows(likelihood(), drawn_BCHW, truth_BCHW, config_.deviation),
                codes.divergence()};
    }

    VaeConfig config_;
    Linear mean_, log_variance_;
    torch::Tensor updates_;        ///< [1]
    torch::Tensor log_deviation_;  ///< [1], where it is learnt
};

}  // namespace

ObjectiveKind vae_kind() {
    auto kind = kind_of<ObjectiveKind, VaeConfig>(
        {.id = "vae",
         .title = "Variational autoencoder",
         .summary = "Learn the distribution of pictures or rows: codes that are normally distributed, so that new ones "
                    "can be drawn.",
         .source = "Kingma and Welling 2013, arXiv:1312.6114; Higgins et al. 2017, \"beta-VAE\"; Lucas et al. "
                   "2019, arXiv:1911.02469"},
        [](const VaeConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Vae>(config, inputs);
        });
    kind.needs = {value_rows, "pooled features"};
    kind.offers = [](const Json&) { return std::vector<std::string>{drawn_rows}; };
    kind.causal = false;
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        VaeConfig config;
        (void)schema::load(config, settings, "objective");
        const bool gaussian = config.likelihood == "gaussian" || (config.likelihood == "auto" && backbone.table);
        return 2 * (backbone.width + 1) * config.code + config.parameters(config.code, Canvas::shape_of(backbone)) +
               (gaussian && config.learn_deviation ? 1 : 0);
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        VaeConfig config;
        (void)schema::load(config, settings, "objective");
        ObjectiveCost out = config.cost(config.code, Canvas::shape_of(backbone));
        out.flops_per_unit += 12.0 * static_cast<double>(backbone.width * config.code);
        out.state_values = config.kl_warmup > 0 ? 1 : 0;
        return out;
    };
    kind.metrics = {"loss",    "criterion",    "reconstruction", "divergence", "active_codes",
                    "frechet", "drawn_spread", "modes_drawn",    "near_modes"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
