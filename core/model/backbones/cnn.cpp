#include <torch/types.h>

#include <algorithm>
#include <array>

#include "model/catalog.h"
#include "model/convolution.h"
#include "model/layers.h"
#include "model/normalisation.h"
#include "model/pictures.h"

// Shape letters: B batch, C channels, H height, W width of a picture or a map, D width of the features.
namespace gw {

namespace {

struct CnnConfig {
    std::int64_t stages = 2, channels = 32, most_channels = 0, convolutions = 1, kernel = 3, groups = 8, hidden = 128,
                 fully_connected = 1;
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
        schema::field<&CnnConfig::most_channels>(
            {.key = "most_channels",
             .label = "Most channels",
             .help = "Where the doubling from stage to stage ends; VGG stops at 512. 0 = nowhere.",
             .min = 0,
             .max = 65536}),
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
                                         .help = "Between convolution and activation: each channel by the batch, each "
                                                 "place by its channels, or groups of a picture's channels.",
                                         .choices = channel_norm_choices}),
        schema::field<&CnnConfig::groups>({.key = "groups",
                                           .label = "Groups",
                                           .help = "Of neighbouring channels that are normalised together; they must "
                                                   "divide the channels of every stage.",
                                           .min = 1,
                                           .max = 1024,
                                           .scale = schema::Scale::log,
                                           .shown_when = "norm=group_norm"}),
        schema::field<&CnnConfig::pooling>(
            {.key = "pooling",
             .label = "Pooling",
             .help = "What halves a map: the largest of 2 x 2 values, their mean, or a stage's last "
                     "convolution by moving two pixels at a time.",
             .choices = "max=Largest value|average=Mean|stride=Stride"}),
        schema::field<&CnnConfig::activation>(
            {.key = "activation",
             .label = "Activation",
             .help = "Non-linearity behind each convolution and each fully connected layer.",
             .choices = elementwise_choices}),
        schema::field<&CnnConfig::hidden>(
            {.key = "hidden",
             .label = "Fully connected layer",
             .help = "Units of the layer over all values of the last map. 0 = none: the features are the mean "
                     "of each channel.",
             .min = 0,
             .max = 32768}),
        schema::field<&CnnConfig::fully_connected>(
            {.key = "fully_connected",
             .label = "Fully connected layers",
             .help = "How many follow each other, of as many units each; VGG has two. Nothing where there are none.",
             .min = 1,
             .max = 8}),
        schema::field<&CnnConfig::dropout>(
            {.key = "dropout",
             .label = "Dropout",
             .help = "Share of values zeroed before each fully connected layer while training; without one, "
                     "of the features.",
             .min = 0,
             .max = 0.9,
             .weightless = true}),
        schema::field<&CnnConfig::initialisation>(fitted_initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (kernel % 2 == 0)
            out.push_back({at + ".kernel", "a filter of " + std::to_string(kernel) + " x " + std::to_string(kernel) +
                                               " pixels has no middle; use " + std::to_string(kernel - 1) + " or " +
                                               std::to_string(kernel + 1)});
        if (most_channels > 0 && most_channels < channels)
            out.push_back({at + ".most_channels", "fewer than the " + std::to_string(channels) +
                                                      " channels of the first stage; use " + std::to_string(channels) +
                                                      " or more, or 0"});
        else
            norm_choice().check(std::array{channels, channels_of(stages - 1)}, at, out);
    }

    bool strided() const { return pooling == "stride"; }
    NormChoice norm_choice() const { return {norm, groups}; }
    std::int64_t channels_of(std::int64_t stage) const {
        const std::int64_t doubled = channels << stage;
        return most_channels > 0 ? std::min(doubled, most_channels) : doubled;
    }
    /// Fully connected layers.
    std::int64_t connected() const { return hidden > 0 ? fully_connected : 0; }
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
    std::vector<ChannelNorm> norms;  ///< one a convolution
};

/// Convolutions in stages of falling size and rising width, as in VGG (Simonyan and Zisserman 2014, arXiv:1409.1556),
/// normalised between convolution and activation; a last convolution that halves the map is that of Springenberg et al.
/// 2014 (arXiv:1412.6806).
class Cnn final : public Backbone {
  public:
    Cnn(const CnnConfig& config, const BackboneInputs& inputs) : config_(config), pictures_(inputs.input) {
        const ImageInput& image = pictures_.facts();
        if (const std::int64_t fitting = stages_for(config, image); fitting < config.stages)
            throw Failure(pooled_away(config, image, fitting));
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        const NormChoice norm = config.norm_choice();
        std::int64_t in = image.channels, height = image.height, width = image.width;
        for (std::int64_t s = 0; s < config.stages; ++s) {
            const std::string name = "blocks." + std::to_string(s);
            const std::int64_t out = config.channels_of(s);
            Stage stage;
            for (std::int64_t i = 0; i < config.convolutions; ++i) {
                const bool halves = config.strided() && i + 1 == config.convolutions;
                stage.convolutions.emplace_back(
                    init, name + ".conv" + std::to_string(i),
                    Convolution::Shape{in, out, config.kernel, halves ? 2 : 1, norm.wants_bias()});
                stage.norms.emplace_back(norm, name + ".norm" + std::to_string(i), out,
                                         halves ? config.halved(height) * config.halved(width) : height * width);
                in = out;
            }
            stages_.push_back(std::move(stage));
            height = config.halved(height);
            width = config.halved(width);
        }
        in *= height * width;
        for (std::int64_t i = 0; i < config.connected(); ++i) {
            hidden_.emplace_back(init, "blocks." + std::to_string(config.stages + i) + ".hidden", in, config.hidden,
                                 /*bias=*/true);
            in = config.hidden;
        }
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
        torch::Tensor x_BD = x_BCHW.flatten(1);
        for (const Linear& hidden : hidden_) {
            x_BD = activated(hidden(drop(x_BD, config_.dropout, pass), pass), config_.activation);
            if (pass.observe) pass.observe("blocks." + std::to_string(number), x_BD);
            ++number;
        }
        return {.map_BCHW = x_BCHW, .pooled_BD = x_BD};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width(), .causal = false, .image = pictures_.facts()};
    }

    Parameters parameters() const override {
        Parameters all;
        for (const Stage& stage : stages_)
            for (std::size_t i = 0; i < stage.convolutions.size(); ++i) {
                stage.convolutions[i].list(all);
                stage.norms[i].list(all);
            }
        for (const Linear& hidden : hidden_) hidden.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        pictures_.list(all);
        for (const Stage& stage : stages_)
            for (const ChannelNorm& norm : stage.norms) norm.list(all);
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        for (Stage& stage : stages_)
            for (Convolution& convolution : stage.convolutions) convolution.adapt(lora, "convolution", seed, adapted);
        for (Linear& hidden : hidden_) hidden.adapt(lora, "hidden", seed, adapted);
        return adapted;
    }

    void merge_adapters() override {
        for (Stage& stage : stages_)
            for (Convolution& convolution : stage.convolutions) convolution.merge_adapter();
        for (Linear& hidden : hidden_) hidden.merge_adapter();
    }

  private:
    torch::Tensor through(const Stage& stage, torch::Tensor x_BCHW, const Pass& pass) const {
        for (std::size_t i = 0; i < stage.convolutions.size(); ++i)
            x_BCHW = stage.norms[i].activated(stage.convolutions[i](x_BCHW, pass), config_.activation, pass);
        if (config_.pooling == "max") return max_pool(x_BCHW);
        return config_.pooling == "average" ? average_pool(x_BCHW) : x_BCHW;
    }

    CnnConfig config_;
    Pictures pictures_;
    std::vector<Stage> stages_;
    std::vector<Linear> hidden_;
};

BackboneSize size_of(const CnnConfig& c, const ImageInput& image) {
    BackboneSize size;
    size.width = c.width();
    size.layers = c.stages + c.connected();
    const NormChoice norm = c.norm_choice();
    // Kept for the backward pass: what a convolution gives and what its activation gives, in 2-byte values; the input
    // of a norm in 4.
    const double each = 2.0 + 2.0 + norm.bytes();
    double products = 0, kept = 2.0 * static_cast<double>(image.values());
    std::int64_t in = image.channels, height = image.height, width = image.width;
    for (std::int64_t s = 0; s < c.stages; ++s) {
        const std::int64_t out = c.channels_of(s), below = std::max<std::int64_t>(1, c.halved(height)),
                           beside = std::max<std::int64_t>(1, c.halved(width));
        for (std::int64_t i = 0; i < c.convolutions; ++i) {
            const bool halves = c.strided() && i + 1 == c.convolutions;
            const double places = static_cast<double>(halves ? below * beside : height * width);
            const std::int64_t weights = in * out * c.kernel * c.kernel;
            size.parameters += weights + ((norm.wants_bias() ? 1 : 0) + norm.vectors()) * out;
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
    in *= height * width;
    for (std::int64_t i = 0; i < c.connected(); ++i) {
        const std::int64_t weights = in * c.hidden;
        size.parameters += weights + c.hidden;
        products += static_cast<double>(weights);
        kept += 4.0 * static_cast<double>(c.hidden) + (c.dropout > 0 ? 4.0 * static_cast<double>(in) : 0.0);
        in = c.hidden;
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
    kind.projections = {"convolution", "hidden"};
    kind.absent_projections = [](const Json& json) {
        CnnConfig config;
        (void)schema::load(config, json, "backbone");
        if (config.hidden == 0) return std::vector<std::string>{"hidden"};
        // Settings of before there was `fully_connected`: the adapters of such checkpoints stand beside `hidden` alone.
        return json.contains("fully_connected") ? std::vector<std::string>{} : std::vector<std::string>{"convolution"};
    };
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "map"}; };
    // Of one row the places of a map are all that a norm by the batch has, and a last map may have one.
    kind.least_rows = [](const Json& json) { return json.value("norm", "batch_norm") == "batch_norm" ? 2 : 1; };
    kind.size = [](const Json& json, const InputFacts& input) {
        CnnConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, Pictures::facts_of(input));
    };
    kind.check_input = [](const Json& json, const InputFacts& input, const std::string& at) {
        schema::Problems problems;
        if (!input.image) return problems;
        CnnConfig config;
        (void)schema::load(config, json, "backbone");
        if (const std::int64_t fitting = stages_for(config, *input.image); fitting < config.stages) {
            Error error = pooled_away(config, *input.image, fitting);
            error.hint.front() = 's';  // of a sentence that goes on
            problems.push_back({at + ".stages", error.message + "; " + error.hint});
        }
        std::int64_t height = input.image->height, width = input.image->width;
        for (std::int64_t s = 0; s < config.stages && problems.empty(); ++s) {
            // The last convolution of a stage meets the smallest map of it.
            const std::int64_t high = config.halved(height), wide = config.halved(width);
            config.norm_choice().check(config.channels_of(s), config.strided() ? high * wide : height * width, at,
                                       problems);
            height = high;
            width = wide;
        }
        return problems;
    };
    return kind;
}

}  // namespace gw
