#include <torch/types.h>

#include <algorithm>
#include <array>

#include "model/catalog.h"
#include "model/layers.h"
#include "model/normalisation.h"
#include "model/pictures.h"
#include "model/residual.h"
#include "util/number.h"

// Shape letters: B batch, C channels, H height, W width of a picture or a map, D width of the features.
namespace gw {

namespace {

constexpr std::int64_t most_stages = 6, most_blocks = 64;

struct ResnetConfig {
    std::int64_t stages = 3, blocks = 3, channels = 16, groups = 8;
    std::string stage_blocks, block = "basic", stem = "small", shortcut = "projection", norm = "batch_norm",
                              activation = "relu", initialisation = "by_activation";
    bool zero_init = true;
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&ResnetConfig::stages>({.key = "stages",
                                              .label = "Stages",
                                              .help = "Each but the first halves the map, and each has twice the "
                                                      "channels of the one before.",
                                              .min = 1,
                                              .max = most_stages,
                                              .sizes = true}),
        schema::field<&ResnetConfig::blocks>({.key = "blocks",
                                              .label = "Blocks",
                                              .help = "Residual blocks in each stage; 3 stages of 3 basic blocks with "
                                                      "16 channels are ResNet-20.",
                                              .min = 1,
                                              .max = most_blocks,
                                              .scale = schema::Scale::log,
                                              .sizes = true}),
        schema::field<&ResnetConfig::channels>({.key = "channels",
                                                .label = "Channels",
                                                .help = "Filters of the first stage. Bottleneck blocks hand on four "
                                                        "times as many.",
                                                .min = 1,
                                                .max = 1024,
                                                .scale = schema::Scale::log,
                                                .sizes = true}),
        schema::field<&ResnetConfig::stage_blocks>(
            {.key = "stage_blocks",
             .label = "Blocks by stage",
             .help = "Where stages differ in them, one number for each: 3,4,6,3 in four stages of basic blocks with 64 "
                     "channels and a large stem is ResNet-34, of bottleneck blocks ResNet-50. Empty = all alike.",
             .audience = schema::Audience::expert}),
        schema::field<&ResnetConfig::block>(
            {.key = "block",
             .label = "Block",
             .help = "Two convolutions of 3 x 3 pixels, or one between two of 1 x 1 that narrow and widen it again "
                     "(for deep networks).",
             .choices = "basic=Basic|bottleneck=Bottleneck"}),
        schema::field<&ResnetConfig::stem>(
            {.key = "stem",
             .label = "Stem",
             .help = "What meets the picture: a convolution of 3 x 3 pixels that keeps its size, or one of 7 x 7 and "
                     "pooling, which leave a quarter of height and width.",
             .choices = "small=For small pictures|large=For large pictures"}),
        schema::field<&ResnetConfig::shortcut>(
            {.key = "shortcut",
             .label = "Shortcut",
             .help = "Past a block that changes size or channels: a convolution of 1 x 1 pixels (option B of the "
                     "paper), or every other pixel with zeros for the further channels (option A, no weights).",
             .choices = "projection=Convolution|padding=Zeros"}),
        schema::field<&ResnetConfig::norm>({.key = "norm",
                                            .label = "Normalisation",
                                            .help = "Between convolution and activation: each channel by the batch, "
                                                    "each place by its channels, or groups of a picture's channels.",
                                            .choices = channel_norm_choices}),
        schema::field<&ResnetConfig::groups>({.key = "groups",
                                              .label = "Groups",
                                              .help = "Of neighbouring channels that are normalised together; they "
                                                      "must divide the channels of every stage.",
                                              .min = 1,
                                              .max = 1024,
                                              .scale = schema::Scale::log,
                                              .shown_when = "norm=group_norm"}),
        schema::field<&ResnetConfig::activation>({.key = "activation",
                                                  .label = "Activation",
                                                  .help = "Non-linearity behind each convolution, and behind each sum "
                                                          "of block and shortcut.",
                                                  .choices = elementwise_choices}),
        schema::field<&ResnetConfig::dropout>({.key = "dropout",
                                               .label = "Dropout",
                                               .help = "Share of the features zeroed while training.",
                                               .min = 0,
                                               .max = 0.9,
                                               .weightless = true}),
        schema::field<&ResnetConfig::zero_init>(
            {.key = "zero_init",
             .label = "Blocks begin as nothing",
             .help = "The last norm of each block begins at zero, or without norms its last convolution, so that the "
                     "network begins as shallow as its shortcuts.",
             .audience = schema::Audience::expert,
             .weightless = true}),
        schema::field<&ResnetConfig::initialisation>(fitted_initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const;

    NormChoice norm_choice() const { return {norm, groups}; }
    bool bottleneck() const { return block == "bottleneck"; }
    /// Of the 3 x 3 convolutions of a stage, and of what its blocks hand on.
    std::int64_t inner_channels(std::int64_t stage) const { return channels << stage; }
    std::int64_t outer_channels(std::int64_t stage) const { return inner_channels(stage) * (bottleneck() ? 4 : 1); }
    std::int64_t width() const { return outer_channels(stages - 1); }
    /// Blocks of each stage; empty where stage_blocks is no list of them.
    std::vector<std::int64_t> depths() const;
};

std::vector<std::int64_t> ResnetConfig::depths() const {
    if (stage_blocks.empty()) return std::vector<std::int64_t>(static_cast<std::size_t>(stages), blocks);
    std::vector<std::int64_t> out;
    for (std::size_t begin = 0; begin <= stage_blocks.size();) {
        const std::size_t end = std::min(stage_blocks.find(',', begin), stage_blocks.size());
        std::string one = stage_blocks.substr(begin, end - begin);
        one.erase(std::remove(one.begin(), one.end(), ' '), one.end());
        const auto count = parse_count(one);
        if (!count || *count < 1 || *count > most_blocks) return {};
        out.push_back(*count);
        begin = end + 1;
    }
    return out;
}

void ResnetConfig::check(schema::Problems& out, const std::string& at) const {
    const std::size_t count = depths().size();
    if (count == 0)
        out.push_back({at + ".stage_blocks", "must be numbers from 1 to " + std::to_string(most_blocks) +
                                                 " with commas between them, such as 3,4,6,3, or empty"});
    else if (count != static_cast<std::size_t>(stages))
        out.push_back({at + ".stage_blocks", "has " + std::to_string(count) + " numbers for " + std::to_string(stages) +
                                                 " stages; give one for each, or set " + at + ".stages to " +
                                                 std::to_string(count)});
    // Those of further stages and of wider blocks are multiples.
    norm_choice().check(std::array{channels}, at, out);
}

/// What an input meets on its way: the one list that the built model and its size are made from.
struct Plan {
    struct Step {
        std::string name, norm;
        std::int64_t in, out, kernel, stride;
        std::int64_t height, width;  ///< of what it gives
        std::int64_t places() const { return height * width; }
        std::int64_t weights() const { return in * out * kernel * kernel; }
    };
    struct Block {
        std::vector<Step> branch;
        std::optional<Step> projection;
        std::int64_t in, out, stride;
    };
    Step stem;
    std::vector<Block> blocks;
};

std::int64_t strided(std::int64_t side, std::int64_t stride) {
    return (side - 1) / stride + 1;
}

Plan plan_of(const ResnetConfig& c, const ImageInput& image) {
    Plan plan;
    std::int64_t height = image.height, width = image.width;
    const bool large = c.stem == "large";
    if (large) height = strided(height, 2), width = strided(width, 2);
    plan.stem = {"blocks.0.stem", "blocks.0.norm", image.channels, c.channels,
                 large ? 7 : 3,   large ? 2 : 1,   height,         width};
    if (large) height = strided(height, 2), width = strided(width, 2);
    std::int64_t channels = c.channels;
    std::vector<std::int64_t> depths = c.depths();
    depths.resize(static_cast<std::size_t>(c.stages), c.blocks);  // settings that nobody has checked have a size too
    for (std::int64_t s = 0; s < c.stages; ++s)
        for (std::int64_t b = 0; b < depths[static_cast<std::size_t>(s)]; ++b) {
            const std::int64_t stride = s > 0 && b == 0 ? 2 : 1, inner = c.inner_channels(s), out = c.outer_channels(s),
                               high = strided(height, stride), wide = strided(width, stride);
            const std::string name = "blocks." + std::to_string(plan.blocks.size() + 1);
            Plan::Block block{{}, {}, channels, out, stride};
            auto add = [&, h = height, w = width](std::int64_t from, std::int64_t to, std::int64_t kernel,
                                                  std::int64_t step) mutable {
                h = strided(h, step);
                w = strided(w, step);
                const std::string number = std::to_string(block.branch.size());
                block.branch.push_back(
                    {name + ".conv" + number, name + ".norm" + number, from, to, kernel, step, h, w});
            };
            if (c.bottleneck()) {
                add(channels, inner, 1, 1);
                add(inner, inner, 3, stride);
                add(inner, out, 1, 1);
            } else {
                add(channels, out, 3, stride);
                add(out, out, 3, 1);
            }
            if (c.shortcut == "projection" && (stride != 1 || channels != out))
                block.projection =
                    Plan::Step{name + ".shortcut", name + ".shortcut_norm", channels, out, 1, stride, high, wide};
            plan.blocks.push_back(std::move(block));
            channels = out;
            height = high;
            width = wide;
        }
    return plan;
}

/// A residual network (He et al. 2015, arXiv:1512.03385). Bottlenecks move two pixels at a time in their convolution of
/// 3 x 3, as most do since Goyal et al. 2017 (arXiv:1706.02677), who also let the last norm of a block begin at zero.
class Resnet final : public Backbone {
  public:
    Resnet(const ResnetConfig& config, const BackboneInputs& inputs) : config_(config), pictures_(inputs.input) {
        const Plan plan = plan_of(config, pictures_.facts());
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        stem_ = made(plan.stem, init, /*last=*/false);
        for (const Plan::Block& planned : plan.blocks) {
            ResidualBlock block;
            for (const Plan::Step& step : planned.branch)
                block.branch.push_back(made(step, init, &step == &planned.branch.back()));
            if (planned.projection) block.projection = made(*planned.projection, init, /*last=*/false);
            block.stride = planned.stride;
            block.wider = planned.out - planned.in;
            blocks_.push_back(std::move(block));
        }
    }

    Features features(const Batch& batch, const Pass& pass) override {
        // Channels beside each other in memory: measured faster on a CPU, and what a GPU's half-precision kernels want.
        torch::Tensor x_BCHW = pictures_(batch, pass).contiguous(at::MemoryFormat::ChannelsLast);
        x_BCHW = stem_.activated(x_BCHW, config_.activation, pass);
        if (config_.stem == "large") x_BCHW = overlapping_max_pool(x_BCHW);
        std::size_t number = 0;
        if (pass.observe) pass.observe("blocks.0", x_BCHW);
        for (const ResidualBlock& block : blocks_) {
            x_BCHW = block(x_BCHW, config_.activation, pass);
            if (pass.observe) pass.observe("blocks." + std::to_string(++number), x_BCHW);
        }
        return {.map_BCHW = x_BCHW, .pooled_BD = drop(x_BCHW.mean({2, 3}), config_.dropout, pass)};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width(), .causal = false, .image = pictures_.facts()};
    }

    Parameters parameters() const override {
        Parameters all;
        for_each([&](const NormedConvolution& layer, const char*) {
            layer.convolution.list(all);
            layer.norm.list(all);
        });
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        pictures_.list(all);
        for_each([&](const NormedConvolution& layer, const char*) { layer.norm.list(all); });
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        for_each([&](NormedConvolution& layer, const char* projection) {
            layer.convolution.adapt(lora, projection, seed, adapted);
        });
        return adapted;
    }

    void merge_adapters() override {
        for_each([](NormedConvolution& layer, const char*) { layer.convolution.merge_adapter(); });
    }

  private:
    NormedConvolution made(const Plan::Step& step, const Initialiser& init, bool last) const {
        const NormChoice norm = config_.norm_choice();
        const bool nothing = last && config_.zero_init;
        return {Convolution(init, step.name, {step.in, step.out, step.kernel, step.stride, norm.wants_bias()},
                            nothing && !norm.present() ? 0.0 : 1.0),
                ChannelNorm(norm, step.norm, step.out, step.places(), nothing ? 0.0 : 1.0)};
    }

    /// Every convolution with its norm and the projection that it is, from the input to the output.
    template <class Self, class Visit>
    static void pass_over(Self& self, Visit what) {
        what(self.stem_, "convolution");
        for (auto& block : self.blocks_) {
            for (auto& layer : block.branch) what(layer, "convolution");
            if (block.projection) what(*block.projection, "shortcut");
        }
    }
    template <class Visit>
    void for_each(Visit what) const {
        pass_over(*this, what);
    }
    template <class Visit>
    void for_each(Visit what) {
        pass_over(*this, what);
    }

    ResnetConfig config_;
    Pictures pictures_;
    NormedConvolution stem_;
    std::vector<ResidualBlock> blocks_;
};

BackboneSize size_of(const ResnetConfig& c, const ImageInput& image) {
    const Plan plan = plan_of(c, image);
    const NormChoice norm = c.norm_choice();
    BackboneSize size;
    size.width = c.width();
    size.layers = static_cast<std::int64_t>(plan.blocks.size()) + 1;
    double products = 0, kept = 2.0 * static_cast<double>(image.values());
    // Kept for the backward pass: what a convolution gives and what its activation or its sum gives, in 2-byte values;
    // the input of a norm in 4.
    auto count = [&](const Plan::Step& step) {
        size.parameters += step.weights() + ((norm.wants_bias() ? 1 : 0) + norm.vectors()) * step.out;
        products += static_cast<double>(step.weights()) * static_cast<double>(step.places());
        kept += (2.0 + 2.0 + norm.bytes()) * static_cast<double>(step.out) * static_cast<double>(step.places());
    };
    count(plan.stem);
    if (c.stem == "large")  // what pooling gives, and which value it was
        kept += (2.0 + 8.0) * static_cast<double>(plan.stem.out) *
                static_cast<double>(strided(plan.stem.height, 2) * strided(plan.stem.width, 2));
    for (const Plan::Block& block : plan.blocks) {
        for (const Plan::Step& step : block.branch) count(step);
        if (block.projection) count(*block.projection);
    }
    size.activation_bytes_per_unit = kept;
    size.flops_per_unit = 6.0 * products;
    return size;
}

ResnetConfig config_of(const Json& json) {
    ResnetConfig config;
    (void)schema::load(config, json, "backbone");
    return config;
}

}  // namespace

BackboneKind resnet_kind() {
    auto kind = kind_of<BackboneKind, ResnetConfig>(
        {.id = "resnet",
         .title = "Residual network",
         .summary = "Convolutions in blocks whose input is added to what they make of it, so that many of them can be "
                    "trained; then the mean of each channel.",
         .source = "He et al. 2015, \"Deep residual learning for image recognition\", arXiv:1512.03385; blocks that "
                   "begin as nothing: Goyal et al. 2017, arXiv:1706.02677; group normalisation: Wu and He 2018, "
                   "arXiv:1803.08494"},
        [](const ResnetConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Resnet>(config, inputs);
        });
    kind.needs = {"image"};
    kind.projections = {"convolution", "shortcut"};
    kind.absent_projections = [](const Json& json) {
        const Plan plan = plan_of(config_of(json), Pictures::facts_of({}));
        const bool any = std::any_of(plan.blocks.begin(), plan.blocks.end(),
                                     [](const Plan::Block& block) { return block.projection.has_value(); });
        return any ? std::vector<std::string>{} : std::vector<std::string>{"shortcut"};
    };
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "map"}; };
    // Of one row the places of a map are all that a norm by the batch has, and a last map may have one.
    kind.least_rows = [](const Json& json) { return json.value("norm", "batch_norm") == "batch_norm" ? 2 : 1; };
    kind.size = [](const Json& json, const InputFacts& input) {
        return size_of(config_of(json), Pictures::facts_of(input));
    };
    kind.check_input = [](const Json& json, const InputFacts& input, const std::string& at) {
        schema::Problems problems;
        if (!input.image) return problems;
        const ResnetConfig config = config_of(json);
        const Plan plan = plan_of(config, *input.image);
        const auto look = [&](const Plan::Step& step) {
            if (problems.empty()) config.norm_choice().check(step.out, step.places(), at, problems);
        };
        look(plan.stem);
        for (const Plan::Block& block : plan.blocks)
            for (const Plan::Step& step : block.branch) look(step);
        return problems;
    };
    return kind;
}

}  // namespace gw
