#include <torch/types.h>

#include <array>

#include "model/catalog.h"
#include "model/layers.h"
#include "model/normalisation.h"
#include "model/row_vector.h"

// Shape letters: B batch, N values of a row, D width of a layer.
namespace gw {

namespace {

struct MlpConfig {
    std::int64_t layers = 2, width = 256, groups = 8;
    std::string activation = "relu", norm = "none", initialisation = "he";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&MlpConfig::layers>({.key = "layers",
                                           .label = "Layers",
                                           .help = "Fully connected layers in the stack.",
                                           .min = 1,
                                           .max = 64,
                                           .scale = schema::Scale::log,
                                           .sizes = true}),
        schema::field<&MlpConfig::width>({.key = "width",
                                          .label = "Width",
                                          .help = "Units of each layer.",
                                          .min = 1,
                                          .max = 32768,
                                          .scale = schema::Scale::log,
                                          .sizes = true}),
        schema::field<&MlpConfig::activation>({.key = "activation",
                                               .label = "Activation",
                                               .help = "Non-linearity behind each layer; none makes one linear map "
                                                       "of all layers.",
                                               .choices = "relu=ReLU|leaky_relu=Leaky ReLU|gelu=GELU|silu=SiLU|"
                                                          "tanh=tanh|sigmoid=Sigmoid|none=None"}),
        schema::field<&MlpConfig::norm>({.key = "norm",
                                         .label = "Normalisation",
                                         .help = "Between layer and activation: by the batch, by each row alone, or "
                                                 "by groups of a row's units.",
                                         .choices = channel_norm_choices}),
        schema::field<&MlpConfig::groups>({.key = "groups",
                                           .label = "Groups",
                                           .help = "Of neighbouring units that are normalised together; they must "
                                                   "divide the width.",
                                           .min = 1,
                                           .max = 1024,
                                           .scale = schema::Scale::log,
                                           .shown_when = "norm=group_norm"}),
        schema::field<&MlpConfig::dropout>({.key = "dropout",
                                            .label = "Dropout",
                                            .help = "Share of each layer's outputs zeroed while training.",
                                            .min = 0,
                                            .max = 0.9,
                                            .weightless = true}),
        schema::field<&MlpConfig::initialisation>(fitted_initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const { norm_choice().check(std::array{width}, at, out); }

    NormChoice norm_choice() const { return {norm, groups}; }
};

struct Layer {
    Linear linear;
    ChannelNorm norm;
};

/// A multilayer perceptron over the values of a row; Rumelhart, Hinton and Williams 1986.
class Mlp final : public Backbone {
  public:
    Mlp(const MlpConfig& config, const BackboneInputs& inputs) : config_(config), rows_(inputs.input) {
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        const NormChoice norm = config.norm_choice();
        std::int64_t in = rows_.values();
        for (std::int64_t i = 0; i < config.layers; ++i) {
            const std::string name = "blocks." + std::to_string(i);
            layers_.push_back({Linear(init, name + ".hidden", in, config.width, norm.wants_bias()),
                               ChannelNorm(norm, name + ".norm", config.width, /*places=*/1)});
            in = config.width;
        }
    }

    Features features(const Batch& batch, const Pass& asked) override {
        const Pass pass = rows_.exact(asked);
        torch::Tensor x_BD = rows_(batch, pass);
        std::size_t number = 0;
        for (const Layer& layer : layers_) {
            x_BD = layer.norm(layer.linear(x_BD, pass), pass);
            x_BD = drop(activated(x_BD, config_.activation), config_.dropout, pass);
            if (pass.observe) pass.observe("blocks." + std::to_string(number), x_BD);
            ++number;
        }
        return {.pooled_BD = x_BD};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width, .causal = false, .image = rows_.image(), .table = rows_.table()};
    }

    Parameters parameters() const override {
        Parameters all;
        for (const Layer& layer : layers_) {
            layer.linear.list(all);
            layer.norm.list(all);
        }
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        rows_.list(all);
        for (const Layer& layer : layers_) layer.norm.list(all);
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        for (Layer& layer : layers_) layer.linear.adapt(lora, "hidden", seed, adapted);
        return adapted;
    }

    void merge_adapters() override {
        for (Layer& layer : layers_) layer.linear.merge_adapter();
    }

  private:
    MlpConfig config_;
    RowVector rows_;
    std::vector<Layer> layers_;
};

BackboneSize size_of(const MlpConfig& c, std::int64_t values) {
    const NormChoice norm = c.norm_choice();
    const std::int64_t vectors = (norm.wants_bias() ? 1 : 0) + norm.vectors();
    const std::int64_t matrices = (values + (c.layers - 1) * c.width) * c.width;
    BackboneSize size;
    size.parameters = matrices + c.layers * vectors * c.width;
    size.width = c.width;
    size.layers = c.layers;
    // Kept for the backward pass: the input and what each layer gives before and behind its activation, in 2-byte
    // values; input of the norms in 4; dropout keeps its mask and its input.
    const double each = 2.0 + 2.0 + norm.bytes() + (c.dropout > 0 ? 4.0 : 0.0);
    size.activation_bytes_per_unit = 2.0 * static_cast<double>(values) + each * static_cast<double>(c.layers * c.width);
    size.flops_per_unit = 6.0 * static_cast<double>(matrices);
    return size;
}

}  // namespace

BackboneKind mlp_kind() {
    auto kind = kind_of<BackboneKind, MlpConfig>(
        {.id = "mlp",
         .title = "Multilayer perceptron",
         .summary =
             "Fully connected layers over all values of a picture or of a table's row; the plain one to compare with.",
         .source = "Rumelhart, Hinton and Williams 1986, \"Learning representations by back-propagating errors\""},
        [](const MlpConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Mlp>(config, inputs);
        });
    kind.needs = {value_rows};
    kind.projections = {"hidden"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features"}; };
    // Of one row the mean is the row itself: a norm by the batch would leave nothing of it.
    kind.least_rows = [](const Json& json) { return json.value("norm", "") == "batch_norm" ? 2 : 1; };
    kind.size = [](const Json& json, const InputFacts& input) {
        MlpConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, RowVector::values_of(input));
    };
    kind.check_input = [](const Json& json, const InputFacts&, const std::string& at) {
        MlpConfig config;
        (void)schema::load(config, json, "backbone");
        schema::Problems problems;
        config.norm_choice().check(config.width, /*places=*/1, at, problems);
        return problems;
    };
    return kind;
}

}  // namespace gw
