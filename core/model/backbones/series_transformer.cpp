#include <torch/types.h>

#include "model/attention.h"
#include "model/blocks.h"
#include "model/catalog.h"
#include "model/positions.h"
#include "model/series.h"

// Shape letters: B batch, L look-back, F columns, D width.
namespace gw {

namespace {

struct SeriesTransformerConfig {
    std::int64_t layers = 2, width = 64, heads = 4;
    std::string initialisation = "xavier";
    double dropout = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&SeriesTransformerConfig::layers>({.key = "layers",
                                                         .label = "Layers",
                                                         .help = "Transformer blocks in the stack.",
                                                         .min = 1,
                                                         .max = 64,
                                                         .scale = schema::Scale::log,
                                                         .sizes = true}),
        schema::field<&SeriesTransformerConfig::width>({.key = "width",
                                                        .label = "Width",
                                                        .help = "Size of the vector that stands for one point in time.",
                                                        .min = 2,
                                                        .max = 8192,
                                                        .scale = schema::Scale::log,
                                                        .sizes = true}),
        schema::field<&SeriesTransformerConfig::heads>({.key = "heads",
                                                        .label = "Heads",
                                                        .help = "Attention heads a layer; must divide the width.",
                                                        .min = 1,
                                                        .max = 256}),
        schema::field<&SeriesTransformerConfig::dropout>(
            {.key = "dropout",
             .label = "Dropout",
             .help = "Share of attention weights and of each part's output zeroed while training.",
             .min = 0,
             .max = 0.9,
             .weightless = true}),
        schema::field<&SeriesTransformerConfig::initialisation>(initialisation_setting),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (const auto problem = heads_problem(heads, width)) out.push_back({at + ".heads", *problem});
    }
    BlocksShape shape() const {
        return {.layers = layers,
                .width = width,
                .heads = heads,
                .kv_heads = heads,
                .hidden = 4 * width,
                .dropout = dropout};
    }
};

/// The encoder of Vaswani et al. 2017 over points in time, each of which sees all others; sines as positions.
class SeriesTransformer final : public Backbone {
  public:
    SeriesTransformer(const SeriesTransformerConfig& config, const BackboneInputs& inputs) : config_(config) {
        const SeriesInput input = series_facts(inputs.input);
        series_ = shape_of(input);
        const Initialiser init(config.initialisation, inputs.seed);
        into_ = Linear(init, "values", static_cast<std::int64_t>(input.columns.size()), config.width, /*bias=*/true);
        blocks_ = TransformerBlocks(init, "", config.shape());
        positions_ = sinusoidal_positions(input.look_back, config.width);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        const torch::Tensor x_BLD = at_least_float(into_(series_of(batch), pass)) + positions_;
        return {.sequence_BTD = blocks_(x_BLD, std::nullopt, pass)};
    }

    BackboneFacts facts() const override { return {.width = config_.width, .causal = false, .series = series_}; }

    Parameters parameters() const override {
        Parameters all;
        into_.list(all);
        blocks_.list(all);
        return all;
    }
    Buffers buffers() const override { return {{"positions", positions_}}; }
    bool shares_work(const Pass& pass) const override { return blocks_.shares_work(pass); }
    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        blocks_.adapt(lora, seed, adapted);
        return adapted;
    }
    void merge_adapters() override { blocks_.merge_adapters(); }

  private:
    SeriesTransformerConfig config_;
    SeriesShape series_;
    Linear into_;
    TransformerBlocks blocks_;
    torch::Tensor positions_;  ///< [L, D]
};

}  // namespace

BackboneKind series_transformer_kind() {
    auto kind = kind_of<BackboneKind, SeriesTransformerConfig>(
        {.id = "series_transformer",
         .title = "Series transformer",
         .summary = "Attention between all points of the past.",
         .source = "Vaswani et al. 2017, arXiv:1706.03762"},
        [](const SeriesTransformerConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<SeriesTransformer>(config, inputs);
        });
    kind.needs = {series_windows};
    kind.offers = [](const Json&) { return std::vector<std::string>{series_features, "pooled features"}; };
    kind.projections = {"qkv", "out", "up", "down"};
    kind.size = [](const Json& json, const InputFacts& input) {
        SeriesTransformerConfig config;
        (void)schema::load(config, json, "backbone");
        const SeriesInput series = expected_series(input);
        const BlocksShape shape = config.shape();
        const auto columns = static_cast<std::int64_t>(series.columns.size());
        const auto points = static_cast<double>(series.look_back), width = static_cast<double>(config.width),
                   layers = static_cast<double>(config.layers);
        BackboneSize size;
        size.parameters = (columns + 1) * config.width + shape.parameters();
        size.width = config.width;
        size.layers = config.layers;
        size.series = shape_of(series);
        size.activation_bytes_per_unit = points * (4.0 * width + shape.activation_bytes(series.look_back));
        size.flops_per_unit =
            points * (6.0 * (layers * static_cast<double>(shape.weights()) + static_cast<double>(columns) * width) +
                      12.0 * layers * width * points);
        return size;
    };
    return kind;
}

}  // namespace gw
