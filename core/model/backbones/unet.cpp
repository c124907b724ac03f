#include <torch/types.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "model/attention.h"
#include "model/catalog.h"
#include "model/convolution.h"
#include "model/layers.h"
#include "model/noise_time.h"
#include "model/normalisation.h"
#include "model/pictures.h"
#include "model/positions.h"

// Shape letters: B batch, C channels, H height, W width of a picture or a map, T places of a map, D width of what says
// the time.
namespace gw {

namespace {

struct UnetConfig {
    std::int64_t stages = 2, blocks = 1, channels = 32, groups = 8;
    bool attention = true;
    std::string activation = "silu", initialisation = "by_activation";
    double dropout = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&UnetConfig::stages>({.key = "stages",
                                            .label = "Stages",
                                            .help = "Times that the map is halved and its channels doubled on the way "
                                                    "down; the way up takes as many.",
                                            .min = 1,
                                            .max = 6,
                                            .sizes = true}),
        schema::field<&UnetConfig::blocks>({.key = "blocks",
                                            .label = "Blocks",
                                            .help = "Residual blocks at each size, on the way down and on the way up.",
                                            .min = 1,
                                            .max = 16,
                                            .sizes = true}),
        schema::field<&UnetConfig::channels>({.key = "channels",
                                              .label = "Channels",
                                              .help = "Of the map as large as the picture, and of what is handed on.",
                                              .min = 1,
                                              .max = 1024,
                                              .scale = schema::Scale::log,
                                              .sizes = true}),
        schema::field<&UnetConfig::groups>({.key = "groups",
                                            .label = "Groups",
                                            .help = "Of neighbouring channels that are normalised together; they must "
                                                    "divide the channels.",
                                            .min = 1,
                                            .max = 1024,
                                            .scale = schema::Scale::log}),
        schema::field<&UnetConfig::attention>(
            {.key = "attention", .label = "Attention", .help = "At the smallest map every place looks at all others."}),
        schema::field<&UnetConfig::activation>({.key = "activation",
                                                .label = "Activation",
                                                .help = "Non-linearity before each convolution.",
                                                .choices = elementwise_choices}),
        schema::field<&UnetConfig::dropout>({.key = "dropout",
                                             .label = "Dropout",
                                             .help = "Share of the values zeroed in each block while training.",
                                             .min = 0,
                                             .max = 0.9,
                                             .weightless = true}),
        schema::field<&UnetConfig::initialisation>(fitted_initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const { norm().check(std::array{channels}, at, out); }

    NormChoice norm() const { return {"group_norm", groups}; }
    std::int64_t time_width() const { return 4 * channels; }
};

/// What an input meets on its way: the one list that the built model and its size are made from.
struct UnetPlan {
    struct Block {
        std::string name;
        std::int64_t in, out, height, width;  ///< channels, and the size of its map
        enum class Way { none, halved, doubled } before = Way::none;
        bool kept = false;        ///< what it gives is handed over to the way up
        bool takes_kept = false;  ///< `in` holds the channels of what was handed over
        bool attention = false;   ///< behind it
        bool shortcut() const { return in != out; }
        std::int64_t places() const { return height * width; }
    };
    std::vector<Block> blocks;
};

std::int64_t halved(std::int64_t side) {
    return (side - 1) / 2 + 1;
}

UnetPlan plan_of(const UnetConfig& c, const ImageInput& image) {
    UnetPlan plan;
    using Way = UnetPlan::Block::Way;
    std::vector<std::pair<std::int64_t, std::int64_t>> sizes{{image.height, image.width}};
    for (std::int64_t s = 0; s < c.stages; ++s)
        sizes.emplace_back(halved(sizes.back().first), halved(sizes.back().second));
    std::int64_t channels = c.channels;
    std::vector<std::int64_t> handed;
    const auto add = [&](std::int64_t stage, std::int64_t out, Way before) -> UnetPlan::Block& {
        const auto [height, width] = sizes[static_cast<std::size_t>(stage)];
        plan.blocks.push_back(
            {"blocks." + std::to_string(plan.blocks.size() + 1), channels, out, height, width, before});
        channels = out;
        return plan.blocks.back();
    };
    for (std::int64_t s = 0; s < c.stages; ++s)
        for (std::int64_t b = 0; b < c.blocks; ++b) {
            add(s, c.channels << s, s > 0 && b == 0 ? Way::halved : Way::none).kept = true;
            handed.push_back(channels);
        }
    for (std::int64_t b = 0; b < c.blocks; ++b)
        add(c.stages, c.channels << c.stages, b == 0 ? Way::halved : Way::none).attention =
            c.attention && b + 1 == c.blocks;
    for (std::int64_t s = c.stages - 1; s >= 0; --s)
        for (std::int64_t b = 0; b < c.blocks; ++b) {
            channels += handed.back();
            handed.pop_back();
            add(s, c.channels << s, b == 0 ? Way::doubled : Way::none).takes_kept = true;
        }
    return plan;
}

/// x + convolution(act(norm(convolution(act(norm(x))) + what the time says))), as Ho et al. 2020 have it.
struct TimedBlock {
    UnetPlan::Block plan;
    ChannelNorm first_norm, second_norm;
    Convolution first, second, shortcut;
    Linear time;
    ChannelNorm attention_norm;
    Convolution look, out;  ///< of attention, 1 x 1: what is looked for, at and taken; and what is made of it
};

/// The network of Ho, Jain and Abbeel 2020 (arXiv:2006.11239, appendix B) after Ronneberger et al. 2015
/// (arXiv:1505.04597): a way down and a way up, which is handed what stood at the same size on the way down. It is told
/// how far a picture is on its way to noise; without array::times, that it is not at all.
class Unet final : public Backbone {
  public:
    Unet(const UnetConfig& config, const BackboneInputs& inputs) : config_(config), pictures_(inputs.input) {
        const Initialiser init(fitted_scheme(config.initialisation, config.activation), inputs.seed);
        const NormChoice norm = config.norm();
        constexpr std::int64_t kernel = 3;
        const std::int64_t channels = config.channels, times = config.time_width();
        stem_ = Convolution(init, "blocks.0.stem", {pictures_.facts().channels, channels, kernel, 1, true});
        time_ = NoiseTime(init, "blocks.0.", channels, times, config.activation);
        for (const UnetPlan::Block& planned : plan_of(config, pictures_.facts()).blocks) {
            TimedBlock block;
            block.plan = planned;
            const std::string& name = planned.name;
            block.first_norm = ChannelNorm(norm, name + ".norm0", planned.in, planned.places());
            block.first = Convolution(init, name + ".conv0", {planned.in, planned.out, kernel, 1, true});
            block.time = Linear(init, name + ".time", times, planned.out, /*bias=*/true);
            block.second_norm = ChannelNorm(norm, name + ".norm1", planned.out, planned.places());
            block.second = Convolution(init, name + ".conv1", {planned.out, planned.out, kernel, 1, true}, /*gain=*/0);
            if (planned.shortcut())
                block.shortcut = Convolution(init, name + ".shortcut", {planned.in, planned.out, 1, 1, true});
            if (planned.attention) {
                block.attention_norm = ChannelNorm(norm, name + ".attention.norm", planned.out, planned.places());
                block.look = Convolution(init, name + ".attention.look", {planned.out, 3 * planned.out, 1, 1, true});
                block.out = Convolution(init, name + ".attention.out", {planned.out, planned.out, 1, 1, true}, 0);
            }
            blocks_.push_back(std::move(block));
        }
        norm_ = ChannelNorm(norm, "norm", channels, pictures_.facts().height * pictures_.facts().width);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        torch::Tensor x_BCHW = stem_(pictures_(batch, pass).contiguous(at::MemoryFormat::ChannelsLast), pass);
        const torch::Tensor time_BD = time_(batch, x_BCHW.size(0), pass);
        std::vector<torch::Tensor> kept;
        if (pass.observe) pass.observe("blocks.0", x_BCHW);
        for (const TimedBlock& block : blocks_) {
            using Way = UnetPlan::Block::Way;
            // The mean of four, where an odd last row or column counts alone.
            if (block.plan.before == Way::halved)
                x_BCHW = at::avg_pool2d(x_BCHW, {2, 2}, {2, 2}, {0, 0}, /*ceil_mode=*/true,
                                        /*count_include_pad=*/false);
            if (block.plan.before == Way::doubled)
                x_BCHW = at::upsample_nearest2d(x_BCHW, {2 * x_BCHW.size(2), 2 * x_BCHW.size(3)})
                             .narrow(2, 0, block.plan.height)
                             .narrow(3, 0, block.plan.width);
            if (block.plan.takes_kept) {
                x_BCHW = torch::cat({x_BCHW, kept.back()}, 1);
                kept.pop_back();
            }
            x_BCHW = passed(block, x_BCHW, time_BD, pass);
            if (block.plan.kept) kept.push_back(x_BCHW);
            if (pass.observe) pass.observe(block.plan.name, x_BCHW);
        }
        x_BCHW = norm_.activated(x_BCHW, config_.activation, pass);
        return {.map_BCHW = x_BCHW, .pooled_BD = x_BCHW.mean({2, 3})};
    }

    BackboneFacts facts() const override {
        return {.width = config_.channels, .causal = false, .image = pictures_.facts(), .maps = true};
    }

    Parameters parameters() const override {
        Parameters all;
        stem_.list(all);
        time_.list(all);
        for (const TimedBlock& block : blocks_) {
            block.first_norm.list(all);
            block.first.list(all);
            block.time.list(all);
            block.second_norm.list(all);
            block.second.list(all);
            if (block.plan.shortcut()) block.shortcut.list(all);
            if (!block.plan.attention) continue;
            block.attention_norm.list(all);
            block.look.list(all);
            block.out.list(all);
        }
        norm_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        pictures_.list(all);
        time_.list(all);
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        stem_.adapt(lora, "convolution", seed, adapted);
        for (TimedBlock& block : blocks_) {
            block.first.adapt(lora, "convolution", seed, adapted);
            block.second.adapt(lora, "convolution", seed, adapted);
        }
        return adapted;
    }

    void merge_adapters() override {
        stem_.merge_adapter();
        for (TimedBlock& block : blocks_) {
            block.first.merge_adapter();
            block.second.merge_adapter();
        }
    }

  private:
    torch::Tensor passed(const TimedBlock& block, const torch::Tensor& x_BCHW, const torch::Tensor& time_BD,
                         const Pass& pass) const {
        torch::Tensor h_BCHW = block.first(block.first_norm.activated(x_BCHW, config_.activation, pass), pass);
        h_BCHW = h_BCHW + block.time(time_BD, pass).unsqueeze(2).unsqueeze(3);
        h_BCHW = drop(block.second_norm.activated(h_BCHW, config_.activation, pass), config_.dropout, pass);
        h_BCHW = block.second(h_BCHW, pass) + (block.plan.shortcut() ? block.shortcut(x_BCHW, pass) : x_BCHW);
        return block.plan.attention ? h_BCHW + looked_around(block, h_BCHW, pass) : h_BCHW;
    }

    /// One head over the places of a map.
    static torch::Tensor looked_around(const TimedBlock& block, const torch::Tensor& x_BCHW, const Pass& pass) {
        const std::int64_t channels = x_BCHW.size(1);
        const torch::Tensor all_BCT = block.look(block.attention_norm(x_BCHW, pass), pass).flatten(2);
        const torch::Tensor query_BTC = all_BCT.narrow(1, 0, channels).transpose(1, 2),
                            key_BCT = all_BCT.narrow(1, channels, channels),
                            value_BTC = all_BCT.narrow(1, 2 * channels, channels).transpose(1, 2);
        const torch::Tensor scores_BTT =
            at_least_float(torch::matmul(query_BTC, key_BCT)) / std::sqrt(static_cast<double>(channels));
        const torch::Tensor seen_BTC = torch::matmul(torch::softmax(scores_BTT, -1).to(pass.compute), value_BTC);
        return block.out(seen_BTC.transpose(1, 2).reshape(x_BCHW.sizes()), pass);
    }

    UnetConfig config_;
    Pictures pictures_;
    Convolution stem_;
    NoiseTime time_;
    std::vector<TimedBlock> blocks_;
    ChannelNorm norm_;
};

BackboneSize size_of(const UnetConfig& c, const ImageInput& image) {
    constexpr std::int64_t area = 9;
    const std::int64_t times = c.time_width(), places = image.height * image.width;
    BackboneSize size;
    size.width = c.channels;
    size.parameters =
        (image.channels * area + 1) * c.channels + NoiseTime::parameters(c.channels, times) + 2 * c.channels;
    double products = static_cast<double>(image.channels * area * c.channels * places),
           kept = 2.0 * static_cast<double>(image.values()) + 4.0 * static_cast<double>(c.channels * places);
    const std::vector<UnetPlan::Block> blocks = plan_of(c, image).blocks;
    for (const UnetPlan::Block& block : blocks) {
        const std::int64_t convolutions = area * (block.in + block.out) * block.out,
                           past = block.shortcut() ? block.in * block.out : 0,
                           looks = block.attention ? 4 * block.out * block.out : 0;
        size.parameters += convolutions + past + looks + (times + 1) * block.out + 2 * block.in + 2 * block.out +
                           block.out * (2 + (block.shortcut() ? 1 : 0) + (block.attention ? 4 + 2 : 0));
        products += static_cast<double>((convolutions + past + looks) * block.places() + times * block.out);
        if (block.attention) products += 2.0 * static_cast<double>(block.places() * block.places() * block.out);
        // Kept for the backward pass: the inputs of norms in 4-byte values, of convolutions in 2-byte ones.
        kept += static_cast<double>(block.places()) *
                (8.0 * static_cast<double>(block.in) + 12.0 * static_cast<double>(block.out) +
                 (block.attention ? 16.0 * static_cast<double>(block.out) + 6.0 * static_cast<double>(block.places())
                                  : 0.0));
    }
    size.layers = static_cast<std::int64_t>(blocks.size()) + 1;
    size.activation_bytes_per_unit = kept;
    size.flops_per_unit = 6.0 * products;
    size.maps = true;
    return size;
}

UnetConfig unet_of(const Json& json) {
    UnetConfig config;
    (void)schema::load(config, json, "backbone");
    return config;
}

}  // namespace

BackboneKind unet_kind() {
    auto kind = kind_of<BackboneKind, UnetConfig>(
        {.id = "unet",
         .title = "U-Net",
         .summary = "Convolutions down to a small map and up again to the picture's size, for objectives that draw or "
                    "mark every pixel.",
         .source = "Ronneberger, Fischer and Brox 2015, arXiv:1505.04597; Ho, Jain and Abbeel 2020, arXiv:2006.11239"},
        [](const UnetConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Unet>(config, inputs);
        });
    kind.needs = {"image"};
    kind.projections = {"convolution"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "map", noise_features}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        return size_of(unet_of(json), Pictures::facts_of(input));
    };
    kind.check_input = [](const Json& json, const InputFacts& input, const std::string& at) {
        schema::Problems problems;
        if (!input.image) return problems;
        const UnetConfig config = unet_of(json);
        for (const UnetPlan::Block& block : plan_of(config, *input.image).blocks)
            for (const std::int64_t channels : {block.in, block.out})
                if (problems.empty()) config.norm().check(channels, block.places(), at, problems);
        return problems;
    };
    return kind;
}

}  // namespace gw
