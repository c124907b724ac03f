#include <torch/types.h>

#include "model/attention.h"
#include "objective/catalog.h"
#include "objective/normal_values.h"
#include "objective/picture_coder.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture.
namespace gw {

namespace {

/// Float32 [B, K], of mean 0 and variance 1: what a picture is drawn from.
constexpr const char* drawn_code = "drawn_code";

struct GanConfig : DecoderSettings {
    std::int64_t code = 64;
    std::string loss = "non_saturating";
    bool norm = true;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&GanConfig::code>({.key = "code",
                                             .label = "Code",
                                             .help = "Values, drawn at random, that a picture is made of.",
                                             .min = 1,
                                             .max = 65536,
                                             .scale = schema::Scale::log}),
            schema::field<&GanConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help = "Of telling drawn pictures from real ones: cross entropy, where the other side maximises what "
                         "its pictures are taken for; a hinge, which leaves alone what is told for sure; or squares, "
                         "which pull back what lies too far on the right side.",
                 .choices = "non_saturating=Cross entropy|hinge=Hinge|squares=Least squares"}),
            schema::field<&GanConfig::norm>({.key = "norm",
                                             .label = "Normalise where it draws",
                                             .help = "The channels of each place, behind each layer that draws but the "
                                                     "last: steadier from the beginning.",
                                             .audience = schema::Audience::expert}),
        },
        DecoderSettings::fields);
};

/// Two that learn from each other (Goodfellow et al. 2014, arXiv:1406.2661): a discriminator, any backbone with a score
/// on top, tells real pictures from drawn ones; a generator draws them so that they are taken for real. The
/// discriminator is the first player. Where neither can gain anything it scores all alike, and its cross entropy is
/// ln 4. Hinge: Lim and Ye 2017, arXiv:1705.02894; squares: Mao et al. 2016, arXiv:1611.04076.
class Gan final : public Objective {
  public:
    Gan(const GanConfig& config, const ObjectiveInputs& inputs) : config_(config) {
        TORCH_CHECK(inputs.backbone.image, "a backbone that does not read pictures alone");
        image_ = *inputs.backbone.image;
        const Initialiser init("he", inputs.seed);
        score_ = Linear(init, "score", inputs.backbone.width, 1, /*bias=*/true);
        generator_ = PictureDecoder(init, config, config.code, image_, config.norm);
    }

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        batch.set(drawn_code, normal_rows(rows, seeds, config_.code));
        return batch;
    }

    std::vector<PlayerRole> players() const override {
        return {{.name = "discriminator", .trains = {}}, {.name = "generator", .trains = [](const std::string& weight) {
                                                              return weight.starts_with("decoder.");
                                                          }}};
    }

    /// The discriminator's, of real and of drawn pictures.
    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [real_B, drawn_B] = scores(net, batch, pass);
        return {{"loss", (of_real(real_B) + of_drawn(drawn_B)).sum(), 1, LossPart::Per::row}};
    }

    LossParts loss_of(std::size_t player, Backbone& net, const Batch& batch, const Pass& pass) const override {
        if (player == 0) return loss(net, batch, pass);
        const torch::Tensor scores_B = score(net, made(batch[drawn_code], pass), pass);
        return {{"loss", wished(scores_B).sum(), 1, LossPart::Per::row}};
    }

    /// Hits are real pictures that are told from the drawn ones beside them.
    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [real_B, drawn_B] = scores(net, batch, pass);
        Measures out{of_real(real_B) + of_drawn(drawn_B), {}, real_B.gt(drawn_B)};
        out.parts = {{"generator_loss", wished(drawn_B)}};
        return out;
    }

    torch::Tensor drawn(Backbone&, std::int64_t count, std::uint64_t seed, const Pass& pass) const override {
        Rng rng(seed);
        const torch::Tensor codes_BK = normal_values({count, config_.code}, rng);
        return bytes_of(made(codes_BK.to(score_.weight().device()), pass));
    }

    Parameters parameters() const override {
        Parameters all;
        score_.list(all);
        generator_.list(all);
        return all;
    }

  private:
    /// Brightness of drawn pictures.
    torch::Tensor made(const torch::Tensor& codes_BK, const Pass& pass) const {
        return torch::sigmoid(generator_(codes_BK, pass));
    }

    torch::Tensor score(Backbone& net, const torch::Tensor& brightness_BCHW, const Pass& pass) const {
        const Features features = net.features(Batch::of_images(standardised(brightness_BCHW, image_)), pass);
        return at_least_float(score_(features.pooled_BD, pass)).squeeze(1);
    }

    /// Of the real pictures and of the drawn ones, which never share the statistics of a batch; [B] each.
    std::pair<torch::Tensor, torch::Tensor> scores(Backbone& net, const Batch& batch, const Pass& pass) const {
        torch::Tensor drawn_BCHW;
        {
            const torch::NoGradGuard no_grad;
            drawn_BCHW = made(batch[drawn_code], pass);
        }
        return {score(net, brightness(batch[array::image]), pass), score(net, drawn_BCHW, pass)};
    }

    torch::Tensor of_real(const torch::Tensor& scores_B) const {
        if (config_.loss == "hinge") return torch::relu(1 - scores_B);
        if (config_.loss == "squares") return 0.5 * (scores_B - 1).square();
        return torch::softplus(-scores_B);
    }
    torch::Tensor of_drawn(const torch::Tensor& scores_B) const {
        if (config_.loss == "hinge") return torch::relu(1 + scores_B);
        if (config_.loss == "squares") return 0.5 * scores_B.square();
        return torch::softplus(scores_B);
    }
    /// What the generator minimises.
    torch::Tensor wished(const torch::Tensor& scores_B) const {
        if (config_.loss == "hinge") return -scores_B;
        if (config_.loss == "squares") return 0.5 * (scores_B - 1).square();
        return torch::softplus(-scores_B);
    }

    GanConfig config_;
    ImageInput image_;
    Linear score_;
    PictureDecoder generator_;
};

}  // namespace

ObjectiveKind gan_kind() {
    auto kind = kind_of<ObjectiveKind, GanConfig>(
        {.id = "gan",
         .title = "Adversarial (GAN)",
         .summary = "One side draws pictures, the other tells them from real ones; each learns from the other.",
         .source = "Goodfellow et al. 2014, arXiv:1406.2661; Radford, Metz and Chintala 2015, arXiv:1511.06434"},
        [](const GanConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Gan>(config, inputs);
        });
    kind.needs = {"image", "pooled features"};
    kind.offers = [](const Json&) { return std::vector<std::string>{drawn_pictures}; };
    kind.causal = false;
    kind.passes = 3;  // real and drawn pictures, and the drawn ones once more for the generator
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        GanConfig config;
        (void)schema::load(config, settings, "objective");
        return backbone.width + 1 + config.parameters(config.code, backbone.image, config.norm);
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        GanConfig config;
        (void)schema::load(config, settings, "objective");
        return config.cost(config.code, backbone.image);
    };
    kind.metrics = {"loss", "accuracy", "generator_loss", "frechet", "drawn_spread"};
    kind.main_metric = "frechet";
    return kind;
}

}  // namespace gw
