#include <torch/types.h>

#include "model/attention.h"
#include "objective/catalog.h"
#include "objective/coder.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture (see Canvas).
namespace gw {

namespace {

/// Float32 [B, C, H, W]: what the backbone is shown of rows that are spoilt.
constexpr const char* spoilt = "spoilt";

struct AutoencoderConfig : DecoderSettings {
    std::int64_t code = 32;
    std::string loss = "squared";
    double noise = 0, hidden = 0, sparsity = 0;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&AutoencoderConfig::code>(
                {.key = "code",
                 .label = "Code",
                 .help = "Values that are kept of a picture or a row. The fewer, the more the model has to find "
                         "out what they have in common.",
                 .min = 1,
                 .max = 65536,
                 .scale = schema::Scale::log}),
            schema::field<&AutoencoderConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help = "Squared error of the values (of pictures of their brightness), or the cross entropy, which "
                         "suits pictures that are nearly black and white, and values between 0 and 1 alone.",
                 .choices = "squared=Squared error|bernoulli=Cross entropy"}),
            schema::field<&AutoencoderConfig::noise>(
                {.key = "noise",
                 .label = "Noise",
                 .help = "Standard deviation of what is added to each value of what the model sees, of pictures in "
                         "parts of the whole range: it has to draw them without it (denoising autoencoder).",
                 .min = 0,
                 .max = 10}),
            schema::field<&AutoencoderConfig::hidden>(
                {.key = "hidden",
                 .label = "Hidden share",
                 .help = "Share of the pixels that are black in what the model sees, or of a row's columns that "
                         "are 0, and have to be drawn.",
                 .min = 0,
                 .max = 0.95}),
            schema::field<&AutoencoderConfig::sparsity>(
                {.key = "sparsity",
                 .label = "Sparsity",
                 .help = "Weight of the sum of the code's absolute values in the loss: above 0 most of them are near "
                         "nothing for each picture or row (sparse autoencoder).",
                 .min = 0,
                 .max = 1000,
                 .audience = schema::Audience::expert}),
        },
        DecoderSettings::fields);
};

/// Loss of a row = squared error (or cross entropy) of its values, of a picture of its brightness in parts of the whole
/// range, summed over them; what is judged is that alone, whatever sparsity weighs. A linear one reaches the residual
/// of as many principal components (Baldi and Hornik 1989) and no less.
class Autoencoder final : public Coder {
  public:
    Autoencoder(const AutoencoderConfig& config, const ObjectiveInputs& inputs)
        : Coder(inputs, config, config.code, config.loss, "Set objective.loss=squared"),
          config_(config),
          code_(first_weights(inputs), "code", inputs.backbone.width, config.code, /*bias=*/true) {}

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        if (config_.noise <= 0 && config_.hidden <= 0) return batch;
        const torch::Tensor seen_BCHW = canvas().values(batch).clone();
        const std::int64_t count = canvas().shape().values();
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            Rng rng(seeds.of(rows, row));
            float* values = seen_BCHW.data_ptr<float>() + row * count;
            if (config_.noise > 0)
                for (std::int64_t i = 0; i < count; ++i) values[i] += static_cast<float>(config_.noise * rng.normal());
            if (config_.hidden <= 0) continue;
            for (std::int64_t part = 0; part < canvas().parts(); ++part)
                if (rng.uniform() < config_.hidden) canvas().hide(part, values);
        }
        batch.set(spoilt, seen_BCHW);
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor codes_BK = codes(net, batch, pass), losses_B = drawn_from(codes_BK, batch, pass);
        if (config_.sparsity <= 0) return {{"loss", losses_B.sum(), 1, LossPart::Per::row}};
        return {{"reconstruction", losses_B.sum(), 1, LossPart::Per::row},
                {"sparsity", codes_BK.abs().sum(), config_.sparsity, LossPart::Per::row}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor codes_BK = codes(net, batch, pass);
        Measures out{drawn_from(codes_BK, batch, pass), {}, {}};
        if (config_.sparsity <= 0) return out;
        const torch::Tensor sums_B = codes_BK.abs().sum(1);
        out.criterion_N = out.losses_N + config_.sparsity * sums_B;
        out.parts = {{"reconstruction", out.losses_N}, {"sparsity", sums_B}};
        return out;
    }

    torch::Tensor codes(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return at_least_float(code_(features(net, batch, pass), canvas().exact(pass)));
    }

    Parameters parameters() const override {
        Parameters all;
        code_.list(all);
        decoder().list(all);
        return all;
    }

  protected:
    torch::Tensor seen(const Batch& batch) const override {
        const torch::Tensor values = batch[spoilt];
        return values.defined() ? values : Coder::seen(batch);
    }

  private:
    torch::Tensor drawn_from(const torch::Tensor& codes_BK, const Batch& batch, const Pass& pass) const {
        return drawing_rows(likelihood(), draw(codes_BK, pass), canvas().values(batch));
    }

    AutoencoderConfig config_;
    Linear code_;
};

}  // namespace

ObjectiveKind autoencoder_kind() {
    auto kind = kind_of<ObjectiveKind, AutoencoderConfig>(
        {.id = "autoencoder",
         .title = "Autoencoder",
         .summary = "Keep a short code of each picture or row and draw it again from that: plain, denoising or sparse.",
         .source = "Rumelhart, Hinton and Williams 1986; Vincent et al. 2008, \"Extracting and composing robust "
                   "features with denoising autoencoders\""},
        [](const AutoencoderConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Autoencoder>(config, inputs);
        });
    kind.needs = {value_rows, "pooled features"};
    kind.causal = false;
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        AutoencoderConfig config;
        (void)schema::load(config, settings, "objective");
        return (backbone.width + 1) * config.code + config.parameters(config.code, Canvas::shape_of(backbone));
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        AutoencoderConfig config;
        (void)schema::load(config, settings, "objective");
        ObjectiveCost out = config.cost(config.code, Canvas::shape_of(backbone));
        out.flops_per_unit += 6.0 * static_cast<double>(backbone.width * config.code);
        return out;
    };
    kind.metrics = {"loss", "criterion", "reconstruction", "sparsity", "active_codes"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
