#include <torch/types.h>

#include "model/attention.h"
#include "model/blocks.h"
#include "model/catalog.h"
#include "model/layers.h"
#include "model/past_convolution.h"
#include "model/positions.h"
#include "model/recurrent.h"
#include "model/series.h"

// Shape letters: B batch, L look-back, F columns, D width.
namespace gw {

namespace {

struct SeriesHybridConfig {
    std::int64_t convolutions = 2, kernel = 3, layers = 1, width = 64, heads = 4;
    std::string reader = "lstm", activation = "relu", initialisation = "by_activation";
    double dropout = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&SeriesHybridConfig::convolutions>(
            {.key = "convolutions",
             .label = "Convolutions",
             .help = "Filters over the past, one behind the other, before the layers that read it. Each looks twice as "
                     "far back as the one before.",
             .min = 1,
             .max = 16}),
        schema::field<&SeriesHybridConfig::kernel>({.key = "kernel",
                                                    .label = "Kernel",
                                                    .help = "Points in time that a filter sees at once.",
                                                    .min = 2,
                                                    .max = 64}),
        schema::field<&SeriesHybridConfig::reader>(
            {.key = "reader",
             .label = "Read by",
             .help = "What reads the filtered points: layers that carry a state from the past to now, or attention "
                     "between all points.",
             .choices = "lstm=LSTM|gru=GRU|attention=Attention"}),
        schema::field<&SeriesHybridConfig::layers>({.key = "layers",
                                                    .label = "Layers",
                                                    .help = "Recurrent layers or blocks of attention.",
                                                    .min = 1,
                                                    .max = 64,
                                                    .scale = schema::Scale::log,
                                                    .sizes = true}),
        schema::field<&SeriesHybridConfig::width>(
            {.key = "width",
             .label = "Width",
             .help = "Filters of a convolution, and size of the vector that stands for one point in time.",
             .min = 2,
             .max = 8192,
             .scale = schema::Scale::log,
             .sizes = true}),
        schema::field<&SeriesHybridConfig::heads>({.key = "heads",
                                                   .label = "Heads",
                                                   .help = "Attention heads a layer; must divide the width.",
                                                   .min = 1,
                                                   .max = 256,
                                                   .shown_when = "reader=attention"}),
        schema::field<&SeriesHybridConfig::activation>({.key = "activation",
                                                        .label = "Activation",
                                                        .help = "Non-linearity behind each convolution.",
                                                        .choices = elementwise_choices}),
        schema::field<&SeriesHybridConfig::dropout>(
            {.key = "dropout",
             .label = "Dropout",
             .help = "Share of the values behind each convolution and between layers that is zeroed while training.",
             .min = 0,
             .max = 0.9,
             .weightless = true}),
        schema::field<&SeriesHybridConfig::initialisation>(fitted_initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (!attends()) return;
        if (const auto problem = heads_problem(heads, width)) out.push_back({at + ".heads", *problem});
    }

    bool attends() const { return reader == "attention"; }
    BlocksShape blocks() const {
        return {.layers = layers,
                .width = width,
                .heads = heads,
                .kv_heads = heads,
                .hidden = 4 * width,
                .dropout = dropout};
    }
};

/// Filters over the past, each beside a residual path, and behind them recurrent layers or attention: what is near is
/// seen by the former, what is far by the latter. After the LSTNet of Lai et al. 2018, arXiv:1703.07015, section 3,
/// without the part that skips along a period.
class SeriesHybrid final : public Backbone {
  public:
    SeriesHybrid(const SeriesHybridConfig& config, const BackboneInputs& inputs) : config_(config) {
        const SeriesInput input = series_facts(inputs.input);
        series_ = shape_of(input);
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        into_ = Linear(init, "values", static_cast<std::int64_t>(input.columns.size()), config.width, /*bias=*/true);
        for (std::int64_t i = 0; i < config.convolutions; ++i)
            convolutions_.emplace_back(init, "values.conv" + std::to_string(i), config.width, config.kernel,
                                       std::int64_t{1} << i);
        if (config.attends()) {
            blocks_ = TransformerBlocks(init, "", config.blocks());
            positions_ = sinusoidal_positions(input.look_back, config.width);
            return;
        }
        for (std::int64_t i = 0; i < config.layers; ++i)
            layers_.emplace_back(init, "blocks." + std::to_string(i), config.reader, config.width, config.width);
        norm_ = Norm("norm", config.width, /*rms=*/false, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        torch::Tensor x_BDL = at_least_float(into_(series_of(batch), pass)).transpose(1, 2);
        for (const PastConvolution& convolution : convolutions_)
            x_BDL = x_BDL + at_least_float(
                                drop(activated(convolution(x_BDL, pass), config_.activation), config_.dropout, pass));
        torch::Tensor x_BLD = x_BDL.transpose(1, 2).contiguous();
        if (config_.attends()) return {.sequence_BTD = blocks_(x_BLD + positions_, std::nullopt, pass)};
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            RecurrentState state;
            x_BLD = layers_[i](i == 0 ? x_BLD : drop(x_BLD, config_.dropout, pass), state);
            if (pass.observe) pass.observe("blocks." + std::to_string(i), x_BLD);
        }
        return {.sequence_BTD = norm_(drop(x_BLD, config_.dropout, pass), pass)};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width, .causal = !config_.attends(), .series = series_};
    }

    Parameters parameters() const override {
        Parameters all;
        into_.list(all);
        for (const PastConvolution& convolution : convolutions_) convolution.list(all);
        if (config_.attends()) {
            blocks_.list(all);
            return all;
        }
        for (const RecurrentLayer& layer : layers_) layer.list(all);
        norm_.list(all);
        return all;
    }

    Buffers buffers() const override { return config_.attends() ? Buffers{{"positions", positions_}} : Buffers{}; }

    bool shares_work(const Pass& pass) const override { return config_.attends() && blocks_.shares_work(pass); }

  private:
    SeriesHybridConfig config_;
    SeriesShape series_;
    Linear into_;
    std::vector<PastConvolution> convolutions_;
    std::vector<RecurrentLayer> layers_;  ///< none where attention reads
    Norm norm_;                           ///< behind recurrent layers
    TransformerBlocks blocks_;            ///< of attention
    torch::Tensor positions_;             ///< [L, D], likewise
};

BackboneSize size_of(const SeriesHybridConfig& c, const SeriesInput& series) {
    const std::int64_t columns = static_cast<std::int64_t>(series.columns.size()), width = c.width,
                       filter = c.kernel * width * width;
    BackboneSize size;
    size.width = width;
    size.layers = c.layers;
    size.series = shape_of(series);
    const auto points = static_cast<double>(series.look_back), wide = static_cast<double>(width);
    size.parameters = (columns + 1) * width + c.convolutions * (filter + width);
    // Of each point in time: what each convolution reads and gives, and the sum.
    size.activation_bytes_per_unit = 4.0 * points * wide * (2.0 + 3.0 * static_cast<double>(c.convolutions));
    double products = static_cast<double>(columns * width + c.convolutions * filter);
    if (c.attends()) {
        const BlocksShape blocks = c.blocks();
        size.parameters += blocks.parameters();
        size.activation_bytes_per_unit += points * blocks.activation_bytes(series.look_back);
        // Of the weights with each point, and of the points with each other.
        products +=
            static_cast<double>(c.layers * blocks.weights()) + 2.0 * static_cast<double>(c.layers) * wide * points;
    } else {
        const std::int64_t layer = RecurrentLayer::parameters(c.reader, width, width);
        size.parameters += c.layers * layer + 2 * width;
        size.activation_bytes_per_unit += 4.0 * points * wide * static_cast<double>(c.layers) *
                                          (4.0 + 2.0 * static_cast<double>(RecurrentLayer::gates(c.reader)));
        products += static_cast<double>(c.layers * layer);
    }
    size.flops_per_unit = 6.0 * points * products;
    return size;
}

}  // namespace

BackboneKind series_hybrid_kind() {
    auto kind = kind_of<BackboneKind, SeriesHybridConfig>(
        {.id = "series_hybrid",
         .title = "Series hybrid",
         .summary = "Filters see what lies near in time; recurrent layers or attention read what they make.",
         .source = "Lai et al. 2018 (LSTNet), arXiv:1703.07015"},
        [](const SeriesHybridConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<SeriesHybrid>(config, inputs);
        });
    kind.needs = {series_windows};
    kind.offers = [](const Json&) { return std::vector<std::string>{series_features, "pooled features"}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        SeriesHybridConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, expected_series(input));
    };
    return kind;
}

}  // namespace gw
