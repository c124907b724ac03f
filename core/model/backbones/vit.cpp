#include <torch/types.h>

#include "model/blocks.h"
#include "model/catalog.h"
#include "model/patches.h"
#include "model/pictures.h"

// Shape letters: B batch, C channels, H height, W width of a picture; N patches of it, K those that are seen, P values
// of a patch, T what the blocks see (K, and the class token), D width.
namespace gw {

namespace {

struct VitConfig {
    std::int64_t patch = 4, layers = 6, width = 64, heads = 4, ff_factor = 4;
    std::string positions = "learned", pooling = "mean", activation = "gelu", norm = "layer_norm", norm_place = "pre",
                initialisation = "xavier";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&VitConfig::patch>({.key = "patch",
                                          .label = "Patch",
                                          .help = "Height and width of the squares that a picture is cut into; must "
                                                  "divide its height and its width. Half of it makes four times the "
                                                  "patches.",
                                          .unit = "pixels",
                                          .min = 1,
                                          .max = 256,
                                          .scale = schema::Scale::log}),
        schema::field<&VitConfig::layers>({.key = "layers",
                                           .label = "Layers",
                                           .help = "Blocks of attention and feed-forward in the stack.",
                                           .min = 1,
                                           .max = 256,
                                           .scale = schema::Scale::log,
                                           .sizes = true}),
        schema::field<&VitConfig::width>({.key = "width",
                                          .label = "Width",
                                          .help = "Size of the vector that stands for one patch.",
                                          .min = 4,
                                          .max = 32768,
                                          .scale = schema::Scale::log,
                                          .sizes = true}),
        schema::field<&VitConfig::heads>({.key = "heads",
                                          .label = "Heads",
                                          .help = "Attention heads a layer; must divide the width.",
                                          .min = 1,
                                          .max = 256,
                                          .scale = schema::Scale::log}),
        schema::field<&VitConfig::ff_factor>({.key = "ff_factor",
                                              .label = "Feed-forward factor",
                                              .help = "Hidden size of the feed-forward part, in times of the width.",
                                              .min = 1,
                                              .max = 16}),
        schema::field<&VitConfig::positions>(
            {.key = "positions",
             .label = "Positions",
             .help = "How the place of a patch enters: a learned table, or fixed sines of its row and its column. "
                     "Without, the order of the patches is not seen.",
             .choices = "learned=Learned table|sinusoidal=Fixed sines|none=None"}),
        schema::field<&VitConfig::pooling>(
            {.key = "pooling",
             .label = "Pooling",
             .help = "What stands for the whole picture: the mean of its patches, or a further token that looks at "
                     "them all, as in the first vision transformer.",
             .choices = "mean=Mean|class_token=Class token"}),
        schema::field<&VitConfig::activation>({.key = "activation",
                                               .label = "Activation",
                                               .help = "Non-linearity of the feed-forward part.",
                                               .choices = activation_choices}),
        schema::field<&VitConfig::dropout>({.key = "dropout",
                                            .label = "Dropout",
                                            .help = "Share of activations zeroed while training.",
                                            .min = 0,
                                            .max = 0.9,
                                            .weightless = true}),
        schema::field<&VitConfig::norm>({.key = "norm",
                                         .label = "Normalisation",
                                         .help = "LayerNorm as in GPT-2, or RMSNorm as in Llama.",
                                         .audience = schema::Audience::expert,
                                         .choices = "layer_norm=LayerNorm|rms_norm=RMSNorm"}),
        schema::field<&VitConfig::norm_place>(
            {.key = "norm_place",
             .label = "Normalisation place",
             .help = "Before each part (stable, today's custom) or after it (the first transformer, BERT).",
             .audience = schema::Audience::expert,
             .choices = "pre=Before each part|post=After each part"}),
        schema::field<&VitConfig::initialisation>(initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (const auto problem = heads_problem(heads, width)) out.push_back({at + ".heads", *problem});
    }

    bool has_class_token() const { return pooling == "class_token"; }
    BlocksShape blocks() const {
        return {.layers = layers,
                .width = width,
                .heads = heads,
                .kv_heads = heads,
                .hidden = ff_factor * width,
                .activation = activation,
                .causal = false,
                .bias = true,
                .pre = norm_place == "pre",
                .rms = norm == "rms_norm",
                .dropout = dropout};
    }
};

std::string pixels(std::int64_t height, std::int64_t width) {
    return std::to_string(height) + " x " + std::to_string(width);
}

/// "4, 7"
std::string fitting(const VitConfig& config, const ImageInput& image) {
    std::string out;
    for (const std::int64_t side : fitting_sides(image, config.patch))
        out += (out.empty() ? "" : ", ") + std::to_string(side);
    return out;
}

PatchGrid grid_of(const VitConfig& config, const ImageInput& image) {
    const auto grid = patch_grid(image, config.patch);
    if (!grid)
        throw Failure({Error::Code::bad_spec,
                       "Patches of " + pixels(config.patch, config.patch) + " pixels do not fill a picture of " +
                           pixels(image.height, image.width) + " evenly",
                       "Set backbone.patch to a side that does: " + fitting(config, image),
                       {"field backbone.patch"}});
    return *grid;
}

/// A picture as a row of patches, which a transformer's blocks read as they read words; Dosovitskiy et al. 2020,
/// arXiv:2010.11929.
class Vit final : public Backbone, public PatchEncoder {
  public:
    Vit(const VitConfig& config, const BackboneInputs& inputs)
        : config_(config), pictures_(inputs.input), grid_(grid_of(config, pictures_.facts())) {
        const Initialiser init(config.initialisation, inputs.seed);
        // Of pixels with a variance of 1, vectors with a variance of 1, whatever the blocks begin with: as the authors'
        // own program has it.
        patches_ = Linear(Initialiser("lecun", inputs.seed), "patches", grid_.values(), config.width, /*bias=*/true);
        if (config.has_class_token()) class_token_ = init.table("class_token.weight", 1, config.width);
        if (config.positions == "learned")
            positions_ = init.table("positions.weight", first() + grid_.count(), config.width);
        if (config.positions == "sinusoidal") sinusoids_ = sinusoidal_places(grid_.rows, grid_.columns, config.width);
        blocks_ = TransformerBlocks(init, "", config.blocks());
    }

    Features features(const Batch& batch, const Pass& pass) override {
        const torch::Tensor x_BTD = through(patches(batch, pass), {}, pass),
                            x_BND = x_BTD.narrow(1, first(), grid_.count());
        const torch::Tensor map_BCHW =
            x_BND.transpose(1, 2).reshape({x_BND.size(0), config_.width, grid_.rows, grid_.columns});
        if (config_.has_class_token()) return {.map_BCHW = map_BCHW, .pooled_BD = x_BTD.select(1, 0)};
        return {.map_BCHW = map_BCHW, .pooled_BD = at_least_float(x_BND).mean(1).to(pass.compute)};
    }

    PatchEncoder* by_patches() override { return this; }
    PatchGrid grid() const override { return grid_; }

    torch::Tensor patches(const Batch& batch, const Pass& pass) override {
        return cut_into_patches(pictures_(batch, pass), grid_);
    }

    torch::Tensor encode(const torch::Tensor& patches_BNP, const torch::Tensor& kept_BK, const Pass& pass) override {
        return through(patches_BNP, kept_BK, pass).narrow(1, first(), kept_BK.size(1));
    }

    torch::Tensor drawn(const torch::Tensor& patches_BNP) const override {
        return pictures_.bytes(joined_patches(patches_BNP, grid_));
    }

    BackboneFacts facts() const override {
        return {.width = config_.width, .causal = false, .patches = grid_, .image = pictures_.facts()};
    }

    Parameters parameters() const override {
        Parameters all;
        patches_.list(all);
        if (class_token_.defined()) all.push_back({"class_token.weight", class_token_});
        if (positions_.defined()) all.push_back({"positions.weight", positions_});
        blocks_.list(all);
        return all;
    }

    bool shares_work(const Pass& pass) const override { return blocks_.shares_work(pass); }

    Buffers buffers() const override {
        Buffers all;
        pictures_.list(all);
        if (sinusoids_.defined()) all.push_back({"sinusoids", sinusoids_});
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        blocks_.adapt(lora, seed, adapted);
        return adapted;
    }

    void merge_adapters() override { blocks_.merge_adapters(); }

  private:
    /// Of the patches in what the blocks see.
    std::int64_t first() const { return config_.has_class_token() ? 1 : 0; }

    /// Class token (where there is one) and patches behind the blocks. Without `kept_BK` all patches are seen.
    torch::Tensor through(const torch::Tensor& patches_BNP, const torch::Tensor& kept_BK, const Pass& pass) const {
        torch::Tensor x = patches_(kept_BK.defined() ? chosen_patches(patches_BNP, kept_BK) : patches_BNP, pass);
        x = at_least_float(x);  // the stream that the blocks add to
        if (const torch::Tensor table_ND = places(); table_ND.defined()) {
            x = x + (kept_BK.defined() ? at::embedding(table_ND, kept_BK) : table_ND);
        }
        if (class_token_.defined()) {
            const torch::Tensor token_1D =
                positions_.defined() ? class_token_ + positions_.narrow(0, 0, 1) : class_token_;
            x = torch::cat({token_1D.expand({x.size(0), 1, config_.width}), x}, 1);
        }
        return blocks_(drop(x, config_.dropout, pass), std::nullopt, pass);
    }

    /// Of the patches, [N, D]; undefined where there are none.
    torch::Tensor places() const {
        return positions_.defined() ? positions_.narrow(0, first(), grid_.count()) : sinusoids_;
    }

    VitConfig config_;
    Pictures pictures_;
    PatchGrid grid_;
    Linear patches_;
    torch::Tensor class_token_;  ///< [1, D], or undefined
    torch::Tensor positions_;    ///< [N, D], before them a row for the class token; or undefined
    torch::Tensor sinusoids_;    ///< [N, D], or undefined
    TransformerBlocks blocks_;
};

BackboneSize size_of(const VitConfig& c, const InputFacts& input) {
    const ImageInput image = Pictures::facts_of(input);
    const std::int64_t patches = std::max<std::int64_t>(1, image.height / c.patch) *
                                 std::max<std::int64_t>(1, image.width / c.patch),
                       seen = patches + (c.has_class_token() ? 1 : 0), values = image.channels * c.patch * c.patch;
    const BlocksShape blocks = c.blocks();
    BackboneSize size;
    size.width = c.width;
    size.layers = c.layers;
    if (input.image) size.patches = patch_grid(image, c.patch);
    size.parameters = values * c.width + c.width + (c.has_class_token() ? c.width : 0) +
                      (c.positions == "learned" ? seen * c.width : 0) + blocks.parameters();
    const auto places = static_cast<double>(seen);
    size.activation_bytes_per_unit =
        places * blocks.activation_bytes(seen) + 2.0 * static_cast<double>(patches * values);
    // Products of the weights with every patch, and of the patches with each other.
    size.flops_per_unit = 6.0 * (static_cast<double>(values * c.width * patches) +
                                 static_cast<double>(c.layers * blocks.weights()) * places) +
                          12.0 * static_cast<double>(c.layers * c.width) * places * places;
    return size;
}

}  // namespace

BackboneKind vit_kind() {
    auto kind = kind_of<BackboneKind, VitConfig>(
        {.id = "vit",
         .title = "Vision transformer",
         .summary = "Cuts a picture into patches and reads them with a transformer's blocks of self-attention and "
                    "feed-forward layers.",
         .source = "Dosovitskiy et al. 2020, arXiv:2010.11929; the mean over patches: Beyer et al. 2022, "
                   "arXiv:2205.01580"},
        [](const VitConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Vit>(config, inputs);
        });
    kind.needs = {"image"};
    kind.projections = {"qkv", "out", "up", "down"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "map", "patches"}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        VitConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, input);
    };
    kind.check_input = [](const Json& json, const InputFacts& input, const std::string& at) {
        VitConfig config;
        (void)schema::load(config, json, at);
        if (!input.image || patch_grid(*input.image, config.patch)) return schema::Problems{};
        return schema::Problems{
            {at + ".patch", "patches of " + pixels(config.patch, config.patch) + " pixels do not fill a picture of " +
                                pixels(input.image->height, input.image->width) +
                                " evenly; sides next to it that do: " + fitting(config, *input.image)}};
    };
    return kind;
}

}  // namespace gw
