#include <torch/types.h>

#include "model/attention.h"
#include "model/catalog.h"
#include "model/layers.h"
#include "model/past_convolution.h"
#include "model/series.h"

// Shape letters: B batch, L look-back, F columns, D width.
namespace gw {

namespace {

struct SeriesTcnConfig {
    std::int64_t layers = 6, width = 64, kernel = 3;
    std::string activation = "relu", initialisation = "by_activation";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&SeriesTcnConfig::layers>(
            {.key = "layers",
             .label = "Layers",
             .help = "Blocks of two convolutions. Each looks twice as far back as the one before: with kernels of 3, "
                     "six of them see 253 points in time.",
             .min = 1,
             .max = 16,
             .sizes = true}),
        schema::field<&SeriesTcnConfig::width>(
            {.key = "width",
             .label = "Width",
             .help = "Size of the vector that stands for one point in time, and filters of a convolution.",
             .min = 1,
             .max = 32768,
             .scale = schema::Scale::log,
             .sizes = true}),
        schema::field<&SeriesTcnConfig::kernel>({.key = "kernel",
                                                 .label = "Kernel",
                                                 .help = "Points in time that a filter sees at once.",
                                                 .min = 2,
                                                 .max = 64}),
        schema::field<&SeriesTcnConfig::activation>({.key = "activation",
                                                     .label = "Activation",
                                                     .help = "Non-linearity behind each convolution and each block.",
                                                     .choices = elementwise_choices}),
        schema::field<&SeriesTcnConfig::dropout>({.key = "dropout",
                                                  .label = "Dropout",
                                                  .help = "Share of the values behind each convolution that is zeroed "
                                                          "while training.",
                                                  .min = 0,
                                                  .max = 0.9,
                                                  .weightless = true}),
        schema::field<&SeriesTcnConfig::initialisation>(fitted_initialisation_setting),
    };
};

/// The temporal convolutional network of Bai, Kolter and Koltun 2018 (arXiv:1803.01271), without its normalisation of
/// weights: blocks act(x + act(convolution(act(convolution(x))))) whose filters step over 1, 2, 4... points in time.
class SeriesTcn final : public Backbone {
  public:
    SeriesTcn(const SeriesTcnConfig& config, const BackboneInputs& inputs) : config_(config) {
        const SeriesInput input = series_facts(inputs.input);
        series_ = shape_of(input);
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        into_ = Linear(init, "values", static_cast<std::int64_t>(input.columns.size()), config.width, /*bias=*/true);
        for (std::int64_t i = 0; i < config.layers; ++i) {
            const std::string name = "blocks." + std::to_string(i);
            for (const char* each : {".conv0", ".conv1"})
                layers_.emplace_back(init, name + each, config.width, config.kernel, std::int64_t{1} << i);
        }
        norm_ = Norm("norm", config.width, /*rms=*/false, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        torch::Tensor x_BDL = into_(series_of(batch), pass).transpose(1, 2);
        for (std::size_t i = 0; i < layers_.size(); i += 2) {
            torch::Tensor h_BDL = x_BDL;
            for (const std::size_t at : {i, i + 1})
                h_BDL = drop(activated(layers_[at](h_BDL, pass), config_.activation), config_.dropout, pass);
            x_BDL = activated(x_BDL + h_BDL, config_.activation);
            if (pass.observe) pass.observe("blocks." + std::to_string(i / 2), x_BDL);
        }
        return {.sequence_BTD = norm_(at_least_float(x_BDL.transpose(1, 2)), pass)};
    }

    BackboneFacts facts() const override { return {.width = config_.width, .causal = true, .series = series_}; }

    Parameters parameters() const override {
        Parameters all;
        into_.list(all);
        for (const PastConvolution& layer : layers_) layer.list(all);
        norm_.list(all);
        return all;
    }

  private:
    SeriesTcnConfig config_;
    SeriesShape series_;
    Linear into_;
    std::vector<PastConvolution> layers_;  ///< two of each block
    Norm norm_;
};

}  // namespace

BackboneKind series_tcn_kind() {
    auto kind = kind_of<BackboneKind, SeriesTcnConfig>(
        {.id = "series_tcn",
         .title = "Series convolutions (TCN)",
         .summary = "Filters over the past of a series whose steps double from layer to layer, so that few layers see "
                    "far back.",
         .source = "Bai, Kolter and Koltun 2018, arXiv:1803.01271"},
        [](const SeriesTcnConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<SeriesTcn>(config, inputs);
        });
    kind.needs = {series_windows};
    kind.offers = [](const Json&) { return std::vector<std::string>{series_features, "pooled features"}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        SeriesTcnConfig config;
        (void)schema::load(config, json, "backbone");
        const SeriesInput series = expected_series(input);
        const std::int64_t columns = static_cast<std::int64_t>(series.columns.size()), width = config.width,
                           weights = 2 * config.kernel * width * width;
        BackboneSize size;
        size.parameters = (columns + 1) * width + config.layers * (weights + 2 * width) + 2 * width;
        size.width = width;
        size.layers = config.layers;
        size.series = shape_of(series);
        const auto points = static_cast<double>(series.look_back);
        // Of each point in time: what each convolution reads and gives, and the sum.
        size.activation_bytes_per_unit =
            4.0 * points * static_cast<double>(width) * (2.0 + 7.0 * static_cast<double>(config.layers));
        size.flops_per_unit = 6.0 * points * static_cast<double>(columns * width + config.layers * weights);
        return size;
    };
    return kind;
}

}  // namespace gw
