#include <torch/types.h>

#include <algorithm>
#include <array>

#include "model/blocks.h"
#include "model/catalog.h"
#include "model/convolution.h"
#include "model/normalisation.h"
#include "model/patches.h"
#include "model/pictures.h"

// Shape letters: B batch, C channels, H height, W width of a picture or a map; N places of the last map, D width.
namespace gw {

namespace {

struct HybridConfig {
    std::int64_t stages = 2, channels = 32, convolutions = 1, kernel = 3, groups = 8, layers = 4, width = 64, heads = 4,
                 ff_factor = 4;
    std::string norm = "batch_norm", activation = "relu", positions = "learned", initialisation = "by_activation";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&HybridConfig::stages>(
            {.key = "stages",
             .label = "Stages",
             .help = "Stages of convolutions before the attention. Each halves height and width and has twice the "
                     "channels of the one before; attention sees the places of the last map.",
             .min = 1,
             .max = 8,
             .sizes = true}),
        schema::field<&HybridConfig::channels>({.key = "channels",
                                                .label = "Channels",
                                                .help = "Filters of the first stage.",
                                                .min = 1,
                                                .max = 1024,
                                                .scale = schema::Scale::log,
                                                .sizes = true}),
        schema::field<&HybridConfig::convolutions>(
            {.key = "convolutions",
             .label = "Convolutions",
             .help = "Convolutions in each stage; the last one halves the map by moving two pixels at a time.",
             .min = 1,
             .max = 16,
             .scale = schema::Scale::log}),
        schema::field<&HybridConfig::kernel>({.key = "kernel",
                                              .label = "Kernel",
                                              .help = "Height and width of a filter; odd, so that it has a middle.",
                                              .unit = "pixels",
                                              .min = 1,
                                              .max = 11}),
        schema::field<&HybridConfig::norm>(
            {.key = "norm",
             .label = "Normalisation",
             .help = "Between convolution and activation: each channel by the batch, each place by its channels, or "
                     "groups of a picture's channels. The blocks of attention have LayerNorm.",
             .choices = channel_norm_choices}),
        schema::field<&HybridConfig::groups>({.key = "groups",
                                              .label = "Groups",
                                              .help = "Of neighbouring channels that are normalised together; they "
                                                      "must divide the channels of every stage.",
                                              .min = 1,
                                              .max = 1024,
                                              .scale = schema::Scale::log,
                                              .shown_when = "norm=group_norm"}),
        schema::field<&HybridConfig::activation>({.key = "activation",
                                                  .label = "Activation",
                                                  .help = "Non-linearity behind each convolution.",
                                                  .choices = elementwise_choices}),
        schema::field<&HybridConfig::layers>({.key = "layers",
                                              .label = "Layers",
                                              .help = "Blocks of attention and feed-forward behind the convolutions.",
                                              .min = 1,
                                              .max = 256,
                                              .scale = schema::Scale::log,
                                              .sizes = true}),
        schema::field<&HybridConfig::width>({.key = "width",
                                             .label = "Width",
                                             .help = "Size of the vector that stands for one place of the last map.",
                                             .min = 4,
                                             .max = 32768,
                                             .scale = schema::Scale::log,
                                             .sizes = true}),
        schema::field<&HybridConfig::heads>({.key = "heads",
                                             .label = "Heads",
                                             .help = "Attention heads a layer; must divide the width.",
                                             .min = 1,
                                             .max = 256,
                                             .scale = schema::Scale::log}),
        schema::field<&HybridConfig::ff_factor>({.key = "ff_factor",
                                                 .label = "Feed-forward factor",
                                                 .help = "Hidden size of the feed-forward part, in times of the width.",
                                                 .min = 1,
                                                 .max = 16}),
        schema::field<&HybridConfig::positions>(
            {.key = "positions",
             .label = "Positions",
             .help = "How the place in the last map enters: a learned table, or fixed sines of its row and its column. "
                     "Without, only the convolutions have seen what lies beside what.",
             .choices = "learned=Learned table|sinusoidal=Fixed sines|none=None"}),
        schema::field<&HybridConfig::dropout>({.key = "dropout",
                                               .label = "Dropout",
                                               .help = "Share of activations of the attention blocks zeroed while "
                                                       "training.",
                                               .min = 0,
                                               .max = 0.9,
                                               .weightless = true}),
        schema::field<&HybridConfig::initialisation>(fitted_initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (kernel % 2 == 0)
            out.push_back({at + ".kernel", "a filter of " + std::to_string(kernel) + " x " + std::to_string(kernel) +
                                               " pixels has no middle; use " + std::to_string(kernel - 1) + " or " +
                                               std::to_string(kernel + 1)});
        norm_choice().check(std::array{channels, channels_of(stages - 1)}, at, out);
        if (const auto problem = heads_problem(heads, width)) out.push_back({at + ".heads", *problem});
    }

    NormChoice norm_choice() const { return {norm, groups}; }
    std::int64_t channels_of(std::int64_t stage) const { return channels << stage; }
    BlocksShape blocks() const {
        return {.layers = layers,
                .width = width,
                .heads = heads,
                .kv_heads = heads,
                .hidden = ff_factor * width,
                .dropout = dropout};
    }
};

/// A convolution of the stem, with what it reads and gives.
struct StemStep {
    Convolution::Shape shape;
    std::int64_t places = 0;  ///< of what it gives, height x width
};

struct StemPlan {
    std::vector<StemStep> steps;
    std::int64_t height = 0, width = 0;  ///< of the last map
    std::int64_t places() const { return height * width; }
};

StemPlan plan_of(const HybridConfig& c, const ImageInput& image) {
    StemPlan plan{{}, image.height, image.width};
    std::int64_t in = image.channels;
    for (std::int64_t s = 0; s < c.stages; ++s)
        for (std::int64_t i = 0; i < c.convolutions; ++i) {
            const std::int64_t stride = i + 1 == c.convolutions ? 2 : 1, out = c.channels_of(s);
            plan.height = (plan.height - 1) / stride + 1;
            plan.width = (plan.width - 1) / stride + 1;
            plan.steps.push_back({{in, out, c.kernel, stride, c.norm_choice().wants_bias()}, plan.places()});
            in = out;
        }
    return plan;
}

/// Convolutions that make a small map of a picture, whose places the blocks of a transformer read as they read words:
/// the stem of Xiao et al. 2021 (arXiv:2106.14881), section 3, in the place of patches, with the mean over places as in
/// the other vision transformer here.
class Hybrid final : public Backbone {
  public:
    Hybrid(const HybridConfig& config, const BackboneInputs& inputs)
        : config_(config), pictures_(inputs.input), plan_(plan_of(config, pictures_.facts())) {
        const Initialiser of_stem(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        for (const StemStep& step : plan_.steps) {
            const std::string number = std::to_string(convolutions_.size());
            convolutions_.emplace_back(of_stem, "patches.conv" + number, step.shape);
            norms_.emplace_back(config.norm_choice(), "patches.norm" + number, step.shape.out, step.places);
        }
        // A choice by activation is for the convolutions; blocks begin as those of a transformer do.
        const std::string scheme = config.initialisation == "by_activation" ? "xavier" : config.initialisation;
        const Initialiser init(scheme, inputs.seed);
        into_ = Linear(init, "patches", config.channels_of(config.stages - 1), config.width, /*bias=*/true);
        if (config.positions == "learned") positions_ = init.table("positions.weight", plan_.places(), config.width);
        if (config.positions == "sinusoidal") sinusoids_ = sinusoidal_places(plan_.height, plan_.width, config.width);
        blocks_ = TransformerBlocks(init, "", config.blocks());
    }

    Features features(const Batch& batch, const Pass& pass) override {
        // Channels beside each other in memory, as the other convolutions have them.
        torch::Tensor x_BCHW = pictures_(batch, pass).contiguous(at::MemoryFormat::ChannelsLast);
        for (std::size_t i = 0; i < convolutions_.size(); ++i)
            x_BCHW = norms_[i].activated(convolutions_[i](x_BCHW, pass), config_.activation, pass);
        torch::Tensor x_BND = at_least_float(into_(x_BCHW.flatten(2).transpose(1, 2), pass));
        if (positions_.defined()) x_BND = x_BND + positions_;
        if (sinusoids_.defined()) x_BND = x_BND + sinusoids_;
        x_BND = blocks_(drop(x_BND, config_.dropout, pass), std::nullopt, pass);
        return {.map_BCHW = x_BND.transpose(1, 2).reshape({x_BND.size(0), config_.width, plan_.height, plan_.width}),
                .pooled_BD = at_least_float(x_BND).mean(1).to(pass.compute)};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width, .causal = false, .image = pictures_.facts()};
    }

    Parameters parameters() const override {
        Parameters all;
        for (std::size_t i = 0; i < convolutions_.size(); ++i) {
            convolutions_[i].list(all);
            norms_[i].list(all);
        }
        into_.list(all);
        if (positions_.defined()) all.push_back({"positions.weight", positions_});
        blocks_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        pictures_.list(all);
        for (const ChannelNorm& norm : norms_) norm.list(all);
        if (sinusoids_.defined()) all.push_back({"sinusoids", sinusoids_});
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        for (Convolution& convolution : convolutions_) convolution.adapt(lora, "convolution", seed, adapted);
        blocks_.adapt(lora, seed, adapted);
        return adapted;
    }

    void merge_adapters() override {
        for (Convolution& convolution : convolutions_) convolution.merge_adapter();
        blocks_.merge_adapters();
    }

  private:
    HybridConfig config_;
    Pictures pictures_;
    StemPlan plan_;
    std::vector<Convolution> convolutions_;
    std::vector<ChannelNorm> norms_;  ///< one a convolution
    Linear into_;
    torch::Tensor positions_, sinusoids_;  ///< [N, D], one of them or neither
    TransformerBlocks blocks_;
};

BackboneSize size_of(const HybridConfig& c, const ImageInput& image) {
    const StemPlan plan = plan_of(c, image);
    const BlocksShape blocks = c.blocks();
    const NormChoice norm = c.norm_choice();
    BackboneSize size;
    size.width = c.width;
    size.layers = c.layers;
    double products = 0;
    size.activation_bytes_per_unit = 2.0 * static_cast<double>(image.values());
    for (const StemStep& step : plan.steps) {
        const std::int64_t weights = step.shape.in * step.shape.out * c.kernel * c.kernel;
        size.parameters += weights + ((norm.wants_bias() ? 1 : 0) + norm.vectors()) * step.shape.out;
        products += static_cast<double>(weights * step.places);
        // What the convolution gives and what its activation gives, in 2-byte values; the input of a norm in 4.
        size.activation_bytes_per_unit += (4.0 + norm.bytes()) * static_cast<double>(step.shape.out * step.places);
    }
    const std::int64_t into = c.channels_of(c.stages - 1) * c.width;
    const auto places = static_cast<double>(plan.places());
    size.parameters += into + c.width + (c.positions == "learned" ? plan.places() * c.width : 0) + blocks.parameters();
    size.activation_bytes_per_unit += places * blocks.activation_bytes(plan.places());
    // Products of the weights with every place, and of the places with each other.
    size.flops_per_unit = 6.0 * (products + static_cast<double>(into + c.layers * blocks.weights()) * places) +
                          12.0 * static_cast<double>(c.layers * c.width) * places * places;
    return size;
}

}  // namespace

BackboneKind hybrid_kind() {
    auto kind = kind_of<BackboneKind, HybridConfig>(
        {.id = "hybrid",
         .title = "Convolutional hybrid",
         .summary = "Convolutions make a small map of a picture, and a transformer's blocks read its places.",
         .source = "Xiao et al. 2021, arXiv:2106.14881; features of a network before attention: Dosovitskiy et al. "
                   "2020, arXiv:2010.11929, section 3.1"},
        [](const HybridConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Hybrid>(config, inputs);
        });
    kind.needs = {"image"};
    kind.projections = {"convolution", "qkv", "out", "up", "down"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "map"}; };
    // Of one row the places of a map are all that a norm by the batch has, and a last map may have one.
    kind.least_rows = [](const Json& json) { return json.value("norm", "batch_norm") == "batch_norm" ? 2 : 1; };
    kind.size = [](const Json& json, const InputFacts& input) {
        HybridConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, Pictures::facts_of(input));
    };
    kind.check_input = [](const Json& json, const InputFacts& input, const std::string& at) {
        schema::Problems problems;
        if (!input.image) return problems;
        HybridConfig config;
        (void)schema::load(config, json, at);
        for (const StemStep& step : plan_of(config, *input.image).steps)
            if (problems.empty()) config.norm_choice().check(step.shape.out, step.places, at, problems);
        return problems;
    };
    return kind;
}

}  // namespace gw
