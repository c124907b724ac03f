#include <torch/types.h>

#include "model/catalog.h"
#include "model/layers.h"
#include "model/reading_direction.h"

// Shape letters: B batch, T time, D width.
namespace gw {

namespace {

struct SampleWordAverageConfig {
    std::int64_t layers = 1, width = 64, context = 128;
    std::string attention = "auto";

    static constexpr auto fields = std::tuple{
        schema::field<&SampleWordAverageConfig::layers>({.key = "layers",
                                                         .label = "Layers",
                                                         .help = "Layers behind the average.",
                                                         .min = 1,
                                                         .max = 64,
                                                         .sizes = true}),
        schema::field<&SampleWordAverageConfig::width>({.key = "width",
                                                        .label = "Width",
                                                        .help = "Values of each token's vector.",
                                                        .min = 1,
                                                        .max = 32768,
                                                        .sizes = true}),
        schema::field<&SampleWordAverageConfig::context>({.key = "context",
                                                          .label = "Context",
                                                          .help = "Tokens that a row holds at most.",
                                                          .unit = "tokens",
                                                          .min = 1,
                                                          .max = 1000000}),
        schema::field<&SampleWordAverageConfig::attention>(
            {.key = "attention",
             .label = "Averaged over",
             .help = "The tokens up to each place, or all of the row; auto = as the objective needs it.",
             .choices = "auto=Automatic|causal=Causal|bidirectional=Bidirectional"}),
    };

    bool causal(bool wanted) const { return attention == "auto" ? wanted : attention == "causal"; }
};

/// Each token beside the average of its row, through a stack of residual layers.
class SampleWordAverage final : public Backbone {
  public:
    SampleWordAverage(const SampleWordAverageConfig& config, const BackboneInputs& inputs)
        : config_(config), vocabulary_(inputs.input.tokens->vocabulary), causal_(config.causal(inputs.causal)) {
        const Initialiser init("he", inputs.seed);
        tokens_ = TokenTable(init, "tokens", vocabulary_, config.width);
        for (std::int64_t i = 0; i < config.layers; ++i)
            layers_.emplace_back(init, "blocks." + std::to_string(i) + ".hidden", config.width, config.width, true);
        norm_ = Norm("norm", config.width, /*rms=*/false, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        torch::Tensor x_BTD = tokens_(batch[array::tokens]);
        torch::Tensor counts_BT1 = torch::ones({x_BTD.size(0), x_BTD.size(1), 1}, x_BTD.options().requires_grad(false));
        if (const torch::Tensor valid_BT = batch[array::valid]; valid_BT.defined())
            counts_BT1 = valid_BT.unsqueeze(2).to(x_BTD.scalar_type());
        const torch::Tensor seen_BTD = x_BTD * counts_BT1;
        const torch::Tensor sum_BTD = causal_ ? seen_BTD.cumsum(1) : seen_BTD.sum(1, true),
                            count_BT1 = causal_ ? counts_BT1.cumsum(1) : counts_BT1.sum(1, true);
        x_BTD = x_BTD + sum_BTD / count_BT1.clamp_min(1);
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            x_BTD = x_BTD + torch::gelu(layers_[i](x_BTD, pass));
            if (pass.observe) pass.observe("blocks." + std::to_string(i), x_BTD);
        }
        return {.sequence_BTD = norm_(x_BTD, pass)};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width,
                .context = config_.context,
                .vocabulary = vocabulary_,
                .causal = causal_,
                .token_embedding = tokens_.weight()};
    }

    Parameters parameters() const override {
        Parameters all;
        tokens_.list(all);
        for (const Linear& layer : layers_) layer.list(all);
        norm_.list(all);
        return all;
    }

  private:
    SampleWordAverageConfig config_;
    std::int64_t vocabulary_;
    bool causal_;
    TokenTable tokens_;
    std::vector<Linear> layers_;
    Norm norm_;
};

BackboneSize size_of(const SampleWordAverageConfig& c, std::int64_t vocabulary) {
    BackboneSize size;
    size.parameters = vocabulary * c.width + c.layers * (c.width + 1) * c.width + 2 * c.width;
    size.context = c.context;
    size.width = c.width;
    size.layers = c.layers;
    // The sum and the average in 4-byte values; of each layer its input, and its output before the activation.
    size.activation_bytes_per_unit = static_cast<double>(c.width) * (8.0 + 8.0 * static_cast<double>(c.layers));
    size.flops_per_unit = 6.0 * static_cast<double>(c.layers * c.width * c.width);
    return size;
}

}  // namespace

BackboneKind sample_word_average_kind() {
    auto kind = kind_of<BackboneKind, SampleWordAverageConfig>(
        {.id = "sample_word_average",
         .title = "Average of words",
         .summary = "Each token beside the average of its row.",
         .source = "Iyyer et al. 2015, aclanthology.org/P15-1162"},
        [](const SampleWordAverageConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<SampleWordAverage>(config, inputs);
        });
    kind.needs = {"tokens"};
    read_as_set(kind, "attention", "causal", "bidirectional");
    kind.size = [](const Json& json, const InputFacts& input) {
        SampleWordAverageConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, input.tokens ? input.tokens->vocabulary : 1);
    };
    return kind;
}

}  // namespace gw
