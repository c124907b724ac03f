#include <torch/torch.h>

#include <algorithm>

#include "model/catalog.h"
#include "model/convolution.h"
#include "model/layers.h"
#include "model/pictures.h"

// Shape letters: B batch, C channels, H height, W width of a picture or a map, D width of the features.
namespace gw {

namespace {

struct CnnConfig {
    std::int64_t stages = 2, channels = 32, convolutions = 1, kernel = 3, hidden = 128;
    std::string activation = "relu", norm = "batch_norm", pooling = "max", initialisation = "he";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&CnnConfig::stages>(
            {.key = "stages",
             .label = "Stages",
             .help = "Each ends with a map of half the height and width, and has twice the channels of the "
                     "one before.",
             .min = 1,
             .max = 8,
             .sizes = true}),
        schema::field<&CnnConfig::channels>({.key = "channels",
                                             .label = "Channels",
                                             .help = "Filters of the first stage.",
                                             .min = 1,
                                             .max = 1024,
                                             .scale = schema::Scale::log,
                                             .sizes = true}),
        schema::field<&CnnConfig::convolutions>({.key = "convolutions",
                                                 .label = "Convolutions",
                                                 .help = "Convolutions in each stage.",
                                                 .min = 1,
                                                 .max = 16,
                                                 .scale = schema::Scale::log}),
        schema::field<&CnnConfig::kernel>({.key = "kernel",
                                           .label = "Kernel",
                                           .help = "Height and width of a filter; odd, so that it has a middle.",
                                           .unit = "pixels",
                                           .min = 1,
                                           .max = 11}),
        schema::field<&CnnConfig::norm>({.key = "norm",
                                         .label = "Normalisation",
                                         .help = "Of each channel by the batch, between convolution and activation.",
                                         .choices = "batch_norm=BatchNorm|none=None"}),
        schema::field<&CnnConfig::pooling>(
            {.key = "pooling",
             .label = "Pooling",
             .help = "What halves a map: the largest of 2 x 2 values, their mean, or a stage's last "
                     "convolution by moving two pixels at a time.",
             .choices = "max=Largest value|average=Mean|stride=Stride"}),
        schema::field<&CnnConfig::activation>(
            {.key = "activation",
             .label = "Activation",
             .help = "Non-linearity behind each convolution and the fully connected layer.",
             .choices = elementwise_choices}),
        schema::field<&CnnConfig::hidden>(
            {.key = "hidden",
             .label = "Fully connected layer",
             .help = "Units of the layer over all values of the last map. 0 = none: the features are the mean "
                     "of each channel.",
             .min = 0,
             .max = 32768}),
        schema::field<&CnnConfig::dropout>(
            {.key = "dropout",
             .label = "Dropout",
             .help = "Share of values zeroed before the fully connected layer while training; without one, "
                     "of the features.",
             .min = 0,
             .max = 0.9,
             .weightless = true}),
        schema::field<&CnnConfig::initialisation>(
            {.key = "initialisation",
             .label = "Initialisation",
             .help = "Spread of the first weights: He suits ReLU, Xavier and LeCun suit tanh.",
             .audience = schema::Audience::expert,
             .choices = initialisation_choices,
             .weightless = true}),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (kernel % 2 == 0)
            out.push_back({at + ".kernel", "a filter of " + std::to_string(kernel) + " x " + std::to_string(kernel) +
                                               " pixels has no middle; use " + std::to_string(kernel - 1) + " or " +
                                               std::to_string(kernel + 1)});
    }

    bool strided() const { return pooling == "stride"; }
    bool normed() const { return norm == "batch_norm"; }
    std::int64_t channels_of(std::int64_t stage) const { return channels << stage; }
    /// Height or width behind a stage; 0 = pooled away.
    std::int64_t halved(std::int64_t side) const { return strided() ? (side + 1) / 2 : side / 2; }
    std::int64_t width() const { return hidden > 0 ? hidden : channels_of(stages - 1); }
};

/// Stages that leave something of a picture.
std::int64_t stages_for(const CnnConfig& config, const ImageInput& image) {
    std::int64_t count = 0;
    for (std::int64_t side = std::min(image.height, image.width); count < config.stages; ++count)
        if (side = config.halved(side); side == 0) break;
    return count;
}

Error pooled_away(const CnnConfig& config, const ImageInput& image, std::int64_t fitting) {
    const std::string size = std::to_string(image.height) + " x " + std::to_string(image.width);
    const std::string fewer =
        fitting > 0 ? "Set backbone.stages to " + std::to_string(fitting) + " or fewer, or " : "Set ";
    return {Error::Code::bad_spec,
            "Nothing is left of a picture of " + size + " pixels after " + std::to_string(config.stages) +
                " stages that halve it each",
            fewer + "backbone.pooling=stride, which always leaves a pixel",
            {"field backbone.stages"}};
}

struct Stage {
    std::vector<Convolution> convolutions;
    std::vector<BatchNorm> norms;  ///< one a convolution, or none
};

/// Convolutions in stages of falling size and rising width, as in VGG (Simonyan and Zisserman 2014, arXiv:1409.1556),
/// with batch normalisation; a last convolution that halves the map is that of Springenberg et al. 2014
/// (arXiv:1412.6806).
class Cnn final : public Backbone {
  public:
    Cnn(const CnnConfig& config, const BackboneInputs& inputs) : config_(config), pictures_(inputs.input) {
        const ImageInput& image = pictures_.facts();
        if (const std::int64_t fitting = stages_for(config, image); fitting < config.stages)
            throw Failure(pooled_away(config, image, fitting));
        const Initialiser init(config.initialisation, inputs.seed);
        std::int64_t in = image.channels, height = image.height, width = image.width;
        for (std::int64_t s = 0; s < config.stages; ++s) {
            const std::string name = "blocks." + std::to_string(s);
            const std::int64_t out = config.channels_of(s);
            Stage stage;
            for (std::int64_t i = 0; i < config.convolutions; ++i) {
                const std::int64_t step = config.strided() && i + 1 == config.convolutions ? 2 : 1;
                // What a batch norm takes away with the mean needs no bias.
                stage.convolutions.emplace_back(
                    init, name + ".conv" + std::to_string(i),
                    Convolution::Shape{in, out, config.kernel, step, /*bias=*/!config.normed()});
                if (config.normed()) stage.norms.emplace_back(name + ".norm" + std::to_string(i), out);
                in = out;
            }
            stages_.push_back(std::move(stage));
            height = config.halved(height);
            width = config.halved(width);
        }
        if (config.hidden > 0)
            hidden_ = Linear(init, "blocks." + std::to_string(config.stages) + ".hidden", in * height * width,
                             config.hidden, true);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        // Channels beside each other in memory: measured faster on a CPU, and what a GPU's half-precision kernels want.
        torch::Tensor x_BCHW = pictures_(batch, pass).contiguous(at::MemoryFormat::ChannelsLast);
        std::size_t number = 0;
        for (const Stage& stage : stages_) {
            x_BCHW = through(stage, x_BCHW, pass);
            if (pass.observe) pass.observe("blocks." + std::to_string(number), x_BCHW);
            ++number;
        }
        if (config_.hidden == 0)
            return {.map_BCHW = x_BCHW, .pooled_BD = drop(x_BCHW.mean({2, 3}), config_.dropout, pass)};
        torch::Tensor x_BD = hidden_(drop(x_BCHW.flatten(1), config_.dropout, pass), pass);
        x_BD = activated(x_BD, config_.activation);
        if (pass.observe) pass.observe("blocks." + std::to_string(number), x_BD);
        return {.map_BCHW = x_BCHW, .pooled_BD = x_BD};
    }

    BackboneFacts facts() const override { return {.width = config_.width(), .causal = false}; }

    Parameters parameters() const override {
        Parameters all;
        for (const Stage& stage : stages_)
            for (std::size_t i = 0; i < stage.convolutions.size(); ++i) {
                stage.convolutions[i].list(all);
                if (config_.normed()) stage.norms[i].list(all);
            }
        if (config_.hidden > 0) hidden_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        pictures_.list(all);
        for (const Stage& stage : stages_)
            for (const BatchNorm& norm : stage.norms) norm.list(all);
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        if (config_.hidden > 0) hidden_.adapt(lora, "hidden", seed, adapted);
        return adapted;
    }

    void merge_adapters() override { hidden_.merge_adapter(); }

  private:
    torch::Tensor through(const Stage& stage, torch::Tensor x_BCHW, const Pass& pass) const {
        for (std::size_t i = 0; i < stage.convolutions.size(); ++i) {
            x_BCHW = stage.convolutions[i](x_BCHW, pass);
            if (config_.normed()) x_BCHW = stage.norms[i](x_BCHW, pass);
            x_BCHW = activated(x_BCHW, config_.activation);
        }
        if (config_.pooling == "max") return max_pool(x_BCHW);
        return config_.pooling == "average" ? average_pool(x_BCHW) : x_BCHW;
    }

    CnnConfig config_;
    Pictures pictures_;
    std::vector<Stage> stages_;
    Linear hidden_;
};

BackboneSize size_of(const CnnConfig& c, const ImageInput& image) {
    BackboneSize size;
    size.width = c.width();
    size.layers = c.stages + (c.hidden > 0 ? 1 : 0);
    // Kept for the backward pass: what a convolution gives and what its activation gives, in 2-byte values; the input
    // of a norm in 4.
    const double each = 2.0 + 2.0 + (c.normed() ? 4.0 : 0.0);
    double products = 0, kept = 2.0 * static_cast<double>(image.values());
    std::int64_t in = image.channels, height = image.height, width = image.width;
    for (std::int64_t s = 0; s < c.stages; ++s) {
        const std::int64_t out = c.channels_of(s), below = std::max<std::int64_t>(1, c.halved(height)),
                           beside = std::max<std::int64_t>(1, c.halved(width));
        for (std::int64_t i = 0; i < c.convolutions; ++i) {
            const bool halves = c.strided() && i + 1 == c.convolutions;
            const double places = static_cast<double>(halves ? below * beside : height * width);
            const std::int64_t weights = in * out * c.kernel * c.kernel;
            size.parameters += weights + (c.normed() ? 2 : 1) * out;
            products += static_cast<double>(weights) * places;
            kept += each * static_cast<double>(out) * places;
            in = out;
        }
        height = below;
        width = beside;
        if (!c.strided())
            kept += (2.0 + (c.pooling == "max" ? 8.0 : 0.0)) *
                    static_cast<double>(in * height * width);  // and which was it
    }
    if (c.hidden > 0) {
        const std::int64_t weights = in * height * width * c.hidden;
        size.parameters += weights + c.hidden;
        products += static_cast<double>(weights);
        kept += 4.0 * static_cast<double>(c.hidden) +
                (c.dropout > 0 ? 4.0 * static_cast<double>(in * height * width) : 0.0);
    }
    size.activation_bytes_per_unit = kept;
    size.flops_per_unit = 6.0 * products;
    return size;
}

}  // namespace

BackboneKind cnn_kind() {
    auto kind = kind_of<BackboneKind, CnnConfig>(
        {.id = "cnn",
         .title = "Convolutional network",
         .summary = "Stages of convolutions with pooling between them, then a fully connected layer or the mean of "
                    "each channel.",
         .source = "LeCun et al. 1998, \"Gradient-based learning applied to document recognition\"; Simonyan and "
                   "Zisserman 2014, "
                   "arXiv:1409.1556; batch normalisation: Ioffe and Szegedy 2015, arXiv:1502.03167"},
        [](const CnnConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Cnn>(config, inputs);
        });
    kind.needs = {"image"};
    kind.projections = {"hidden"};
    kind.absent_projections = [](const Json& json) {
        CnnConfig config;
        (void)schema::load(config, json, "backbone");
        return config.hidden == 0 ? std::vector<std::string>{"hidden"} : std::vector<std::string>{};
    };
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "map"}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        CnnConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, Pictures::facts_of(input));
    };
    return kind;
}

}  // namespace gw
