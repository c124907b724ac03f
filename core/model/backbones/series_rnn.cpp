#include <torch/types.h>

#include "model/attention.h"
#include "model/catalog.h"
#include "model/layers.h"
#include "model/recurrent.h"
#include "model/series.h"

// Shape letters: B batch, L look-back, F columns, D width.
namespace gw {

namespace {

struct SeriesRnnConfig {
    std::int64_t layers = 1, width = 64, memory = 0;
    std::string cell = "lstm", initialisation = "lecun";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&SeriesRnnConfig::cell>(
            {.key = "cell",
             .label = "Cell",
             .help = "LSTM and GRU remember over long stretches; Elman's plain cell does not.",
             .choices = cell_choices}),
        schema::field<&SeriesRnnConfig::layers>({.key = "layers",
                                                 .label = "Layers",
                                                 .help = "Recurrent layers, one reading what the other makes.",
                                                 .min = 1,
                                                 .max = 64,
                                                 .scale = schema::Scale::log,
                                                 .sizes = true}),
        schema::field<&SeriesRnnConfig::width>(
            {.key = "width",
             .label = "Width",
             .help = "Size of the vector that stands for one point in time, and of a layer's state.",
             .min = 1,
             .max = 32768,
             .scale = schema::Scale::log,
             .sizes = true}),
        schema::field<&SeriesRnnConfig::dropout>(
            {.key = "dropout",
             .label = "Dropout",
             .help = "Share of the values between layers that is zeroed while training.",
             .min = 0,
             .max = 0.9,
             .weightless = true}),
        schema::field<&SeriesRnnConfig::memory>(memory_setting("rows")),
        schema::field<&SeriesRnnConfig::initialisation>(initialisation_setting),
    };
};

/// Recurrent layers over the points in time of all columns together.
class SeriesRnn final : public Backbone {
  public:
    SeriesRnn(const SeriesRnnConfig& config, const BackboneInputs& inputs) : config_(config) {
        const SeriesInput input = series_facts(inputs.input);
        series_ = shape_of(input);
        const Initialiser init(config.initialisation, inputs.seed);
        into_ = Linear(init, "values", static_cast<std::int64_t>(input.columns.size()), config.width, /*bias=*/true);
        for (std::int64_t i = 0; i < config.layers; ++i)
            layers_.emplace_back(init, "blocks." + std::to_string(i), config.cell, config.width, config.width,
                                 config.memory);
        norm_ = Norm("norm", config.width, /*rms=*/false, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        torch::Tensor x_BLD = at_least_float(into_(series_of(batch), pass));
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            RecurrentState state;
            x_BLD = layers_[i](drop(x_BLD, config_.dropout, pass), state);
            if (pass.observe) pass.observe("blocks." + std::to_string(i), x_BLD);
        }
        return {.sequence_BTD = norm_(drop(x_BLD, config_.dropout, pass), pass)};
    }

    BackboneFacts facts() const override { return {.width = config_.width, .causal = true, .series = series_}; }

    Parameters parameters() const override {
        Parameters all;
        into_.list(all);
        for (const RecurrentLayer& layer : layers_) layer.list(all);
        norm_.list(all);
        return all;
    }

  private:
    SeriesRnnConfig config_;
    SeriesShape series_;
    Linear into_;
    std::vector<RecurrentLayer> layers_;
    Norm norm_;
};

}  // namespace

BackboneKind series_rnn_kind() {
    auto kind = kind_of<BackboneKind, SeriesRnnConfig>(
        {.id = "series_rnn",
         .title = "Series LSTM or GRU",
         .summary = "Layers that read a series from its past to now and carry a state along.",
         .source = "Hochreiter and Schmidhuber 1997; Cho et al. 2014, arXiv:1406.1078"},
        [](const SeriesRnnConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<SeriesRnn>(config, inputs);
        });
    kind.needs = {series_windows};
    kind.offers = [](const Json&) { return std::vector<std::string>{series_features, "pooled features"}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        SeriesRnnConfig config;
        (void)schema::load(config, json, "backbone");
        const SeriesInput series = expected_series(input);
        const std::int64_t columns = static_cast<std::int64_t>(series.columns.size()), width = config.width,
                           layer = RecurrentLayer::parameters(config.cell, width, width);
        BackboneSize size;
        size.parameters = (columns + 1) * width + config.layers * layer + 2 * width;
        size.width = width;
        size.layers = config.layers;
        size.series = shape_of(series);
        const auto points = static_cast<double>(series.look_back),
                   gates = static_cast<double>(RecurrentLayer::gates(config.cell));
        // As of tokens, for each point in time.
        size.activation_bytes_per_unit = 4.0 * points * static_cast<double>(width) *
                                         (2.0 + static_cast<double>(config.layers) * (4.0 + 2.0 * gates));
        size.flops_per_unit = 6.0 * points * static_cast<double>(columns * width + config.layers * layer);
        return size;
    };
    return kind;
}

}  // namespace gw
