#include <torch/types.h>

#include "model/attention.h"
#include "model/spectral_norm.h"
#include "objective/canvas.h"
#include "objective/catalog.h"
#include "objective/normal_values.h"
#include "objective/picture_decoder.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture (see Canvas).
namespace gw {

namespace {

/// Float32 [B, K], of mean 0 and variance 1: what a row is drawn from.
constexpr const char* drawn_code = "drawn_code";
/// Float32 [B, C, H, W], likewise: the ways along which it is looked how steep the score is.
constexpr const char* directions = "directions";
/// Float32 [B], evenly from 0 to 1: where between a real row and a drawn one that is.
constexpr const char* places_between = "places_between";
/// Float32 [B, C, H, W], as the codes: noise on real rows and on drawn ones.
constexpr const char *noise_on_real = "noise_on_real", *noise_on_drawn = "noise_on_drawn";

struct GanConfig : DecoderSettings {
    std::int64_t code = 64;
    std::int64_t noise_fade = 0;
    std::string loss = "non_saturating", penalty_at = "real";
    double penalty = 0, noise = 0;
    bool norm = true, spectral_norm = false;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&GanConfig::code>({.key = "code",
                                             .label = "Code",
                                             .help = "Values, drawn at random, that a picture or a row is made of.",
                                             .min = 1,
                                             .max = 65536,
                                             .scale = schema::Scale::log}),
            schema::field<&GanConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help =
                     "Of telling what is drawn from what is real: cross entropy, where the other side maximises what "
                     "it is taken for; a hinge, which leaves alone what is told for sure; or squares, "
                     "which pull back what lies too far on the right side; or Wasserstein's, the plain difference "
                     "of the scores, which needs a penalty.",
                 .choices = "non_saturating=Cross entropy|hinge=Hinge|squares=Least squares|wasserstein=Wasserstein"}),
            schema::field<&GanConfig::penalty>(
                {.key = "penalty",
                 .label = "Gradient penalty",
                 .help =
                     "Weight of the squared slope of the score. It keeps both sides from running in circles, and what "
                     "is drawn from falling into one place; 0 = none.",
                 .min = 0,
                 .max = 1000,
                 .scale = schema::Scale::log}),
            schema::field<&GanConfig::penalty_at>(
                {.key = "penalty_at",
                 .label = "Slope is looked at",
                 .help = "Where real rows lie; or between each and a drawn one, so that the score also leads to places "
                         "where nothing is drawn yet.",
                 .audience = schema::Audience::expert,
                 .choices = "real=At real rows|between=Between both"}),
            schema::field<&GanConfig::noise>(
                {.key = "noise",
                 .label = "Noise on what is told apart",
                 .help = "Deviation of the noise on real and on drawn rows in the first step, in the units of rows as "
                         "they are drawn: both sides overlap, and the score leads from one to the other. 0 = none.",
                 .min = 0,
                 .max = 100}),
            schema::field<&GanConfig::noise_fade>(
                {.key = "noise_fade",
                 .label = "Noise fades over",
                 .help = "Steps in which the noise falls evenly to nothing; 0 = it stays.",
                 .unit = "steps",
                 .min = 0,
                 .max = 16000000}),  // whole numbers that float32 counts
            schema::field<&GanConfig::spectral_norm>(
                {.key = "spectral_norm",
                 .label = "Spectral norm",
                 .help = "Divides every weight of the side that tells by the most that it stretches anything, so that "
                         "its score cannot become steep. Normalisation inside of that side undoes a part of it."}),
            schema::field<&GanConfig::norm>({.key = "norm",
                                             .label = "Normalise where it draws",
                                             .help = "The channels of each place, behind each layer that draws but the "
                                                     "last: steadier from the beginning.",
                                             .audience = schema::Audience::expert}),
        },
        DecoderSettings::fields);

    void check(schema::Problems& out, const std::string& at) const {
        if (loss == "wasserstein" && penalty == 0)
            out.push_back({at + ".penalty", "must be above 0 for Wasserstein's loss, which nothing else bounds"});
    }
};

/// Two that learn from each other (Goodfellow et al. 2014, arXiv:1406.2661): a discriminator, any backbone with a score
/// on top, tells real pictures (or rows of a table) from drawn ones; a generator draws them so that they are taken for
/// real. The
/// discriminator is the first player. Where neither can gain anything it scores all alike, and its cross entropy is
/// ln 4. Hinge: Lim and Ye 2017, arXiv:1705.02894; squares: Mao et al. 2016, arXiv:1611.04076; Wasserstein: Arjovsky,
/// Chintala and Bottou 2017, arXiv:1701.07875. The penalty is R1 of Mescheder, Geiger and Nowozin 2018
/// (arXiv:1801.04406, equation 9), half the weight times the squared gradient of the score at real rows, for which the
/// squared slope along a normal direction stands, whose mean it is; between real and drawn rows it is that of
/// Thanh-Tung, Tran and Venkatesh 2019 (arXiv:1902.03984, section 5). Noise on both sides: Sonderby et al. 2017
/// (arXiv:1610.04490, section 3.1). Spectral normalisation of the discriminator: Miyato et al. 2018 (see SpectralNorm),
/// over every weight that a layer of it multiplies by, the score's too.
class Gan final : public Objective {
  public:
    Gan(const GanConfig& config, const ObjectiveInputs& inputs) : config_(config) {
        canvas_ = Canvas(inputs.backbone);
        const Initialiser init("he", inputs.seed);
        score_ = Linear(init, "score", inputs.backbone.width, 1, /*bias=*/true);
        generator_ = PictureDecoder(init, config, config.code, canvas_.shape(), config.norm);
        if (config.spectral_norm) spectral_ = SpectralNorm(multiplied(inputs), mix64(inputs.seed, of_vectors));
    }

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        batch.set(drawn_code, normal_rows(rows, seeds, config_.code));
        if (config_.penalty > 0) {
            constexpr std::uint64_t another = 0x736c6f7065;  // stream than the codes'
            const ImageInput& shape = canvas_.shape();
            batch.set(directions, normal_rows(rows, seeds.another(another), shape.values())
                                      .view({-1, shape.channels, shape.height, shape.width}));
            constexpr std::uint64_t for_places = 0x6265747765656e;
            // Of a normal value its rank is even.
            if (config_.penalty_at == "between")
                batch.set(places_between,
                          torch::special_ndtr(normal_rows(rows, seeds.another(for_places), 1)).squeeze(1));
        }
        if (config_.noise > 0) {
            constexpr std::uint64_t for_real = 0x7265616c, for_drawn = 0x647261776e;
            const ImageInput& shape = canvas_.shape();
            for (const auto& [name, stream] : {std::pair{noise_on_real, for_real}, {noise_on_drawn, for_drawn}})
                batch.set(name, normal_rows(rows, seeds.another(stream), shape.values())
                                    .view({-1, shape.channels, shape.height, shape.width}));
        }
        return batch;
    }

    std::vector<PlayerRole> players() const override {
        return {{.name = "discriminator", .trains = {}}, {.name = "generator", .trains = [](const std::string& weight) {
                                                              return weight.starts_with("decoder.");
                                                          }}};
    }

    /// The discriminator's, of real and of drawn pictures.
    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [real_B, drawn_B] = scores(net, batch, pass, noise());
        LossParts out{{"loss", (of_real(real_B) + of_drawn(drawn_B)).sum(), 1, LossPart::Per::row}};
        if (config_.penalty > 0)
            out.push_back({"penalty", slopes(net, batch, pass).sum(), config_.penalty / 2, LossPart::Per::row});
        return out;
    }

    LossParts loss_of(std::size_t player, Backbone& net, const Batch& batch, const Pass& pass) const override {
        if (player == 0) return loss(net, batch, pass);
        const torch::Tensor drawn_BCHW = noisy(made(batch[drawn_code], pass), batch[noise_on_drawn], noise());
        const torch::Tensor scores_B = score(net, drawn_BCHW, pass);
        return {{"loss", wished(scores_B).sum(), 1, LossPart::Per::row}};
    }

    /// Hits are real pictures that are told from the drawn ones beside them.
    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [real_B, drawn_B] = scores(net, batch, pass, /*noise=*/0);
        Measures out{of_real(real_B) + of_drawn(drawn_B), {}, real_B.gt(drawn_B)};
        out.parts = {{"generator_loss", wished(drawn_B)}};
        if (config_.penalty > 0) out.parts.emplace_back("penalty", slopes(net, batch, pass));
        return out;
    }

    torch::Tensor drawn(Backbone&, std::int64_t count, std::uint64_t seed, const Pass& pass) const override {
        Rng rng(seed);
        const torch::Tensor codes_BK = normal_values({count, config_.code}, rng);
        return canvas_.drawn(made(codes_BK.to(score_.weight().device()), pass));
    }

    Parameters parameters() const override {
        Parameters all;
        score_.list(all);
        generator_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        if (fades()) all.push_back({"updates", updates_, /*state=*/true});
        spectral_.list(all);
        return all;
    }

    void after_update(Backbone& net) override {
        if (fades()) updates_.add_(1);
        if (config_.spectral_norm) spectral_.follow(discriminator(net));
    }

  private:
    static constexpr std::uint64_t of_vectors = 0x737065637472616c;  ///< a stream besides the weights'

    /// The weights that tell, by names that are theirs alone.
    Parameters discriminator(const Backbone& net) const {
        Parameters all;
        for (const Parameter& p : net.parameters()) {
            if (p.name.ends_with(".lora_a"))
                throw Failure({Error::Code::bad_spec,
                               "Spectral normalisation knows the weights that a model began with, and adapters stand "
                               "beside them",
                               "Set start.train to something else than lora, or objective.spectral_norm=false",
                               {"field objective.spectral_norm"}});
            all.push_back({"backbone." + p.name, p.tensor});
        }
        score_.list(all);
        return all;
    }

    /// Those of them that layers multiply by, with their first values: what a pass asks for. Tables that are added, and
    /// norms, are not among them.
    Parameters multiplied(const ObjectiveInputs& inputs) const {
        TORCH_CHECK(inputs.twin, "built without a twin of the backbone, so that its weights are not known");
        const torch::NoGradGuard no_grad;
        const std::unique_ptr<Backbone> net = inputs.twin();
        StandIns asked;
        {
            const StandIns::Use use(asked);
            const ImageInput& shape = canvas_.shape();
            (void)plain_score(*net, torch::zeros({1, shape.channels, shape.height, shape.width}), Pass{});
        }
        Parameters out;
        for (const Parameter& p : discriminator(*net))
            if (asked.was_asked_for(p.tensor)) out.push_back(p);
        return out;
    }

    bool fades() const { return config_.noise > 0 && config_.noise_fade > 0; }
    /// Deviation of the noise in the step at hand.
    double noise() const {
        if (!fades()) return config_.noise;
        return config_.noise * std::max(0.0, 1 - updates_.item<double>() / static_cast<double>(config_.noise_fade));
    }
    static torch::Tensor noisy(const torch::Tensor& values_BCHW, const torch::Tensor& noise_BCHW, double deviation) {
        return deviation > 0 ? values_BCHW + deviation * noise_BCHW : values_BCHW;
    }

    /// What is drawn, as the canvas has it.
    torch::Tensor made(const torch::Tensor& codes_BK, const Pass& pass) const {
        return canvas_.bounded(generator_(codes_BK, canvas_.exact(pass)));
    }

    torch::Tensor score(Backbone& net, const torch::Tensor& values_BCHW, const Pass& pass) const {
        if (!config_.spectral_norm) return plain_score(net, values_BCHW, pass);
        StandIns normalised = spectral_.of(discriminator(net));
        const StandIns::Use use(normalised);
        return plain_score(net, values_BCHW, pass);
    }
    torch::Tensor plain_score(Backbone& net, const torch::Tensor& values_BCHW, const Pass& pass) const {
        const Features features = net.features(canvas_.batch(values_BCHW), pass);
        return at_least_float(score_(features.pooled_BD, canvas_.exact(pass))).squeeze(1);
    }

    /// Of the real rows and of the drawn ones, which never share the statistics of a batch; [B] each.
    std::pair<torch::Tensor, torch::Tensor> scores(Backbone& net, const Batch& batch, const Pass& pass,
                                                   double noise) const {
        torch::Tensor drawn_BCHW;
        {
            const torch::NoGradGuard no_grad;
            drawn_BCHW = made(batch[drawn_code], pass);
        }
        return {score(net, noisy(canvas_.values(batch), batch[noise_on_real], noise), pass),
                score(net, noisy(drawn_BCHW, batch[noise_on_drawn], noise), pass)};
    }

    /// Squared slope of the score along a direction each, [B]; by two passes, which any backbone can be trained
    /// through.
    torch::Tensor slopes(Backbone& net, const Batch& batch, const Pass& pass) const {
        constexpr double step = 0.01;  // of a value as it is drawn: a network bends little on the way
        Pass exact =
            in_single_precision(pass);  // of half precision the difference would be noise, as of two draws of dropout
        exact.training = false;
        torch::Tensor at_BCHW = canvas_.values(batch);
        if (config_.penalty_at == "between") {
            const torch::NoGradGuard no_grad;
            at_BCHW = torch::lerp(made(batch[drawn_code], pass).to(at_BCHW.scalar_type()), at_BCHW,
                                  batch[places_between].view({-1, 1, 1, 1}));
        }
        const torch::Tensor way_BCHW = step * batch[directions];
        const torch::Tensor rise_B = score(net, at_BCHW + way_BCHW, exact) - score(net, at_BCHW - way_BCHW, exact);
        return (rise_B / (2 * step)).square();
    }

    torch::Tensor of_real(const torch::Tensor& scores_B) const {
        if (config_.loss == "wasserstein") return -scores_B;
        if (config_.loss == "hinge") return torch::relu(1 - scores_B);
        if (config_.loss == "squares") return 0.5 * (scores_B - 1).square();
        return torch::softplus(-scores_B);
    }
    torch::Tensor of_drawn(const torch::Tensor& scores_B) const {
        if (config_.loss == "wasserstein") return scores_B;
        if (config_.loss == "hinge") return torch::relu(1 + scores_B);
        if (config_.loss == "squares") return 0.5 * scores_B.square();
        return torch::softplus(scores_B);
    }
    /// What the generator minimises.
    torch::Tensor wished(const torch::Tensor& scores_B) const {
        if (config_.loss == "hinge" || config_.loss == "wasserstein") return -scores_B;
        if (config_.loss == "squares") return 0.5 * (scores_B - 1).square();
        return torch::softplus(-scores_B);
    }

    GanConfig config_;
    Canvas canvas_;
    Linear score_;
    PictureDecoder generator_;
    torch::Tensor updates_ = torch::zeros({1});
    SpectralNorm spectral_;  ///< of nothing where it is not asked for
};

}  // namespace

ObjectiveKind gan_kind() {
    auto kind = kind_of<ObjectiveKind, GanConfig>(
        {.id = "gan",
         .title = "Adversarial (GAN)",
         .summary = "One side draws pictures or rows, the other tells them from real ones; each learns from the other.",
         .source = "Goodfellow et al. 2014, arXiv:1406.2661; Radford, Metz and Chintala 2015, arXiv:1511.06434; "
                   "Mescheder, Geiger and Nowozin 2018, arXiv:1801.04406; Miyato et al. 2018, arXiv:1802.05957"},
        [](const GanConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Gan>(config, inputs);
        });
    kind.needs = {value_rows, "pooled features"};
    kind.offers = [](const Json&) { return std::vector<std::string>{drawn_rows}; };
    kind.causal = false;
    kind.passes = 3;  // real and drawn pictures, and the drawn ones once more for the generator
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        GanConfig config;
        (void)schema::load(config, settings, "objective");
        return backbone.width + 1 + config.parameters(config.code, Canvas::shape_of(backbone), config.norm);
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        GanConfig config;
        (void)schema::load(config, settings, "objective");
        ObjectiveCost out = config.cost(config.code, Canvas::shape_of(backbone));
        constexpr double passes = 3, of_penalty = 2;
        out.state_values = config.noise > 0 && config.noise_fade > 0 ? 1 : 0;
        if (config.penalty > 0) out.share = (passes + of_penalty) / passes;
        return out;
    };
    kind.metrics = {"loss",    "accuracy",     "generator_loss", "penalty",
                    "frechet", "drawn_spread", "modes_drawn",    "near_modes"};
    kind.main_metric = "frechet";
    return kind;
}

}  // namespace gw
