#include <torch/types.h>

#include "model/attention.h"
#include "model/catalog.h"
#include "model/layers.h"
#include "model/noise_time.h"
#include "model/row_vector.h"

// Shape letters: B batch, N values of a row, D width.
namespace gw {

namespace {

struct ResidualMlpConfig {
    std::int64_t layers = 3, width = 128;
    std::string activation = "silu", initialisation = "by_activation";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&ResidualMlpConfig::layers>(
            {.key = "layers",
             .label = "Layers",
             .help = "Blocks of two fully connected layers, each added to what came in.",
             .min = 1,
             .max = 64,
             .scale = schema::Scale::log,
             .sizes = true}),
        schema::field<&ResidualMlpConfig::width>({.key = "width",
                                                  .label = "Width",
                                                  .help = "Units of each layer.",
                                                  .min = 1,
                                                  .max = 32768,
                                                  .scale = schema::Scale::log,
                                                  .sizes = true}),
        schema::field<&ResidualMlpConfig::activation>({.key = "activation",
                                                       .label = "Activation",
                                                       .help = "Non-linearity before each layer of a block.",
                                                       .choices = elementwise_choices}),
        schema::field<&ResidualMlpConfig::dropout>({.key = "dropout",
                                                    .label = "Dropout",
                                                    .help = "Share of the values inside a block that is zeroed while "
                                                            "training.",
                                                    .min = 0,
                                                    .max = 0.9,
                                                    .weightless = true}),
        schema::field<&ResidualMlpConfig::initialisation>(fitted_initialisation_setting),
    };
};

/// x + linear(act(linear(act(norm(x))) + what the time says)).
struct RowBlock {
    Norm norm;
    Linear first, time, second;
};

/// A residual network over the values of a row, as Gorishniy et al. 2021 (arXiv:2106.11959, section 3.2) have it for
/// tables, with layer norm; it is told how far a row is on its way to noise, as a U-Net is.
class ResidualMlp final : public Backbone {
  public:
    ResidualMlp(const ResidualMlpConfig& config, const BackboneInputs& inputs) : config_(config), rows_(inputs.input) {
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        stem_ = Linear(init, "blocks.0.values", rows_.values(), config.width, /*bias=*/true);
        time_ = NoiseTime(init, "blocks.0.", config.width, config.width, config.activation);
        for (std::int64_t i = 1; i <= config.layers; ++i) {
            const std::string name = "blocks." + std::to_string(i);
            RowBlock block;
            block.norm = Norm(name + ".norm", config.width, /*rms=*/false, /*bias=*/true);
            block.first = Linear(init, name + ".hidden", config.width, config.width, /*bias=*/true);
            block.time = Linear(init, name + ".time", config.width, config.width, /*bias=*/true);
            block.second = Linear(init, name + ".output", config.width, config.width, /*bias=*/true, /*gain=*/0.1);
            blocks_.push_back(std::move(block));
        }
        norm_ = Norm("norm", config.width, /*rms=*/false, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& asked) override {
        const Pass pass = rows_.exact(asked);
        const torch::Tensor values_BN = rows_(batch, pass);
        torch::Tensor x_BD = stem_(values_BN, pass);
        const torch::Tensor time_BD = time_(batch, x_BD.size(0), pass);
        if (pass.observe) pass.observe("blocks.0", x_BD);
        std::size_t number = 0;
        for (const RowBlock& block : blocks_) {
            torch::Tensor h_BD =
                block.first(activated(block.norm(at_least_float(x_BD), pass), config_.activation), pass);
            h_BD = drop(activated(h_BD + block.time(time_BD, pass), config_.activation), config_.dropout, pass);
            x_BD = x_BD + block.second(h_BD, pass);
            if (pass.observe) pass.observe("blocks." + std::to_string(++number), x_BD);
        }
        return {.pooled_BD = activated(norm_(at_least_float(x_BD), pass), config_.activation)};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width, .causal = false, .image = rows_.image(), .table = rows_.table()};
    }

    Parameters parameters() const override {
        Parameters all;
        stem_.list(all);
        time_.list(all);
        for (const RowBlock& block : blocks_) {
            block.norm.list(all);
            block.first.list(all);
            block.time.list(all);
            block.second.list(all);
        }
        norm_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        rows_.list(all);
        time_.list(all);
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        for (RowBlock& block : blocks_)
            for (Linear* each : {&block.first, &block.second}) each->adapt(lora, "hidden", seed, adapted);
        return adapted;
    }

    void merge_adapters() override {
        for (RowBlock& block : blocks_)
            for (Linear* each : {&block.first, &block.second}) each->merge_adapter();
    }

  private:
    ResidualMlpConfig config_;
    RowVector rows_;
    Linear stem_;
    NoiseTime time_;
    std::vector<RowBlock> blocks_;
    Norm norm_;
};

}  // namespace

BackboneKind residual_mlp_kind() {
    auto kind = kind_of<BackboneKind, ResidualMlpConfig>(
        {.id = "residual_mlp",
         .title = "Residual perceptron",
         .summary = "Fully connected blocks over the values of a table's row or a picture, each added to what came in; "
                    "also for drawing rows out of noise.",
         .source = "Gorishniy et al. 2021, arXiv:2106.11959"},
        [](const ResidualMlpConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<ResidualMlp>(config, inputs);
        });
    kind.needs = {value_rows};
    kind.projections = {"hidden"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", noise_features}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        ResidualMlpConfig config;
        (void)schema::load(config, json, "backbone");
        const std::int64_t values = RowVector::values_of(input), width = config.width;
        BackboneSize size;
        size.width = width;
        size.layers = config.layers + 1;
        size.parameters = (values + 1) * width + NoiseTime::parameters(width, width) +
                          config.layers * (3 * (width + 1) * width + 2 * width) + 2 * width;
        // Of each block what the norm, both activations, both layers and the sum keep.
        size.activation_bytes_per_unit =
            4.0 * static_cast<double>(values) +
            4.0 * static_cast<double>(width) * (8.0 + 9.0 * static_cast<double>(config.layers));
        size.flops_per_unit =
            6.0 * static_cast<double>(values * width + 2 * width * width + 3 * config.layers * width * width);
        return size;
    };
    return kind;
}

}  // namespace gw
