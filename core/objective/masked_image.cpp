#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/blocks.h"
#include "model/patches.h"
#include "model/single_precision.h"
#include "objective/catalog.h"

// Shape letters: B batch, C channels, H height, W width of a picture; N patches of it, K kept and M hidden ones, P
// values of a patch, D width.
namespace gw {

namespace {

/// Numbers of patches, int64 [B, K] and [B, M], rising in every row.
constexpr const char *kept_patches = "kept_patches", *hidden_patches = "hidden_patches";

struct MaskedImageConfig {
    double share = 0.75;
    bool normalise = true;
    std::int64_t decoder_layers = 2, decoder_width = 64, decoder_heads = 4;

    static constexpr auto fields = std::tuple{
        schema::field<&MaskedImageConfig::share>(
            {.key = "share",
             .label = "Hidden share",
             .help = "Share of the patches that are hidden and must be filled in. Pictures repeat themselves: where "
                     "little is hidden, the neighbours of a patch give it away.",
             .min = 0.05,
             .max = 0.95}),
        schema::field<&MaskedImageConfig::normalise>(
            {.key = "normalise",
             .label = "Normalise patches",
             .help = "What is filled in is each patch in deviations from its own mean: then the shape in it counts, "
                     "and not how bright it is. A guess of zero costs 1."}),
        schema::field<&MaskedImageConfig::decoder_layers>(
            {.key = "decoder_layers",
             .label = "Layers of the decoder",
             .help = "Blocks that fill in what is hidden; they are thrown away after pretraining.",
             .min = 1,
             .max = 64,
             .audience = schema::Audience::expert}),
        schema::field<&MaskedImageConfig::decoder_width>({.key = "decoder_width",
                                                          .label = "Width of the decoder",
                                                          .help = "Size of the vector that stands for a patch in it.",
                                                          .min = 4,
                                                          .max = 8192,
                                                          .scale = schema::Scale::log,
                                                          .audience = schema::Audience::expert}),
        schema::field<&MaskedImageConfig::decoder_heads>(
            {.key = "decoder_heads",
             .label = "Heads of the decoder",
             .help = "Attention heads a layer of it; must divide its width.",
             .min = 1,
             .max = 256,
             .audience = schema::Audience::expert}),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (const auto problem = heads_problem(decoder_heads, decoder_width))
            out.push_back({at + ".decoder_heads", *problem});
    }

    BlocksShape decoder() const {
        return {.layers = decoder_layers,
                .width = decoder_width,
                .heads = decoder_heads,
                .kv_heads = decoder_heads,
                .hidden = 4 * decoder_width};
    }
};

/// Deviations of the values of each patch from their mean, in standard deviations (of the patch itself, as a whole: not
/// an estimate of a larger one's, so that a guess of zero costs exactly 1). A patch of one colour is zero.
struct Normalised {
    torch::Tensor mean, deviation;  ///< [.., 1]

    explicit Normalised(const torch::Tensor& patches) {
        constexpr double epsilon = 1e-6;  // as the authors' own program has it
        mean = patches.mean(-1, /*keepdim=*/true);
        deviation = (patches - mean).square().mean(-1, /*keepdim=*/true).add(epsilon).sqrt();
    }
    torch::Tensor of(const torch::Tensor& patches) const { return (patches - mean) / deviation; }
    torch::Tensor back(const torch::Tensor& values) const { return values * deviation + mean; }
};

/// The masked autoencoder of He et al. 2021 (arXiv:2111.06377): the backbone sees the patches that are kept and nothing
/// else; a small decoder gets what it made of them, with one learnt vector in the place of each hidden patch and fixed
/// positions on all, and fills those in. Loss of a picture = mean squared error over the values of its hidden patches.
/// What is hidden is drawn afresh for every batch.
class MaskedImage final : public Objective {
  public:
    MaskedImage(const MaskedImageConfig& config, const ObjectiveInputs& inputs) : config_(config) {
        TORCH_CHECK(inputs.backbone.patches, "a backbone that does not read pictures by patches");
        grid_ = *inputs.backbone.patches;
        if (grid_.count() < 2)
            throw Failure({Error::Code::bad_spec,
                           "A picture of one patch leaves nothing to fill in",
                           "Set backbone.patch to less than the picture's height or width",
                           {"field backbone.patch"}});
        const auto wanted = std::llround(config.share * static_cast<double>(grid_.count()));
        hidden_ = std::clamp<std::int64_t>(wanted, 1, grid_.count() - 1);
        const Initialiser init("xavier", inputs.seed);
        into_ = Linear(init, "decoder.into", inputs.backbone.width, config.decoder_width, /*bias=*/true);
        mask_ = init.table("decoder.mask.weight", 1, config.decoder_width);
        positions_ = sinusoidal_places(grid_.rows, grid_.columns, config.decoder_width);
        blocks_ = TransformerBlocks(init, "decoder.", config.decoder());
        output_ = Linear(init, "output", config.decoder_width, grid_.values(), /*bias=*/true);
    }

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        const std::int64_t all = grid_.count(), kept = all - hidden_;
        const torch::Tensor kept_BK = torch::empty({rows.rows, kept}, torch::kInt64),
                            hidden_BM = torch::empty({rows.rows, hidden_}, torch::kInt64);
        std::vector<std::int64_t> order(static_cast<std::size_t>(all));
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            Rng rng(seeds.of(rows, row));
            std::iota(order.begin(), order.end(), 0);
            for (std::size_t i = 0; i < static_cast<std::size_t>(hidden_); ++i)
                std::swap(order[i], order[i + rng.below(order.size() - i)]);
            const auto behind = order.begin() + hidden_;
            std::sort(order.begin(), behind);
            std::sort(behind, order.end());
            std::copy(order.begin(), behind, hidden_BM.data_ptr<std::int64_t>() + row * hidden_);
            std::copy(behind, order.end(), kept_BK.data_ptr<std::int64_t>() + row * kept);
        }
        batch.set(kept_patches, kept_BK);
        batch.set(hidden_patches, hidden_BM);
        batch.counted = rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", losses(net, batch, pass).sum(), 1, LossPart::Per::row}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {losses(net, batch, pass), {}, {}};
    }

    /// Of normalised patches the shape is the model's, mean and deviation are the original's: it is not asked for
    /// those.
    torch::Tensor redrawn(Backbone& net, const Batch& batch, const Pass& pass) const override {
        constexpr int grey = 128;
        PatchEncoder& encoder = by_patches(net);
        const torch::Tensor patches_BNP = encoder.patches(batch, wide(pass)), hidden_BM = batch[hidden_patches],
                            index = hidden_BM.unsqueeze(2).expand({-1, -1, grid_.values()}),
                            truth_BMP = patches_BNP.gather(1, index);
        torch::Tensor filled_BMP = filled_in(encoder, patches_BNP, batch, pass).detach();
        if (config_.normalise) filled_BMP = Normalised(truth_BMP).back(filled_BMP);
        const torch::Tensor original = encoder.drawn(patches_BNP),
                            filled = encoder.drawn(patches_BNP.scatter(1, index, filled_BMP)),
                            seen = joined_patches(cut_into_patches(original, grid_).scatter(1, index, grey), grid_);
        return torch::stack({seen, filled, original}, 1);
    }

    Parameters parameters() const override {
        Parameters all;
        into_.list(all);
        all.push_back({"decoder.mask.weight", mask_});
        blocks_.list(all);
        output_.list(all);
        return all;
    }

    Buffers buffers() const override { return {{"decoder.positions", positions_}}; }

  private:
    static PatchEncoder& by_patches(Backbone& net) {
        PatchEncoder* encoder = net.by_patches();
        TORCH_CHECK(encoder, "a backbone that does not read pictures by patches");
        return *encoder;
    }

    /// Targets are not rounded to the compute dtype.
    static Pass wide(const Pass& pass) { return in_single_precision(pass); }

    /// [B], float32 at least.
    torch::Tensor losses(Backbone& net, const Batch& batch, const Pass& pass) const {
        PatchEncoder& encoder = by_patches(net);
        const torch::Tensor patches_BNP = encoder.patches(batch, wide(pass));
        torch::Tensor truth_BMP = chosen_patches(patches_BNP, batch[hidden_patches]);
        if (config_.normalise) truth_BMP = Normalised(truth_BMP).of(truth_BMP);
        return (filled_in(encoder, patches_BNP, batch, pass) - truth_BMP).square().mean({1, 2});
    }

    /// What the model makes of the hidden patches [B, M, P], float32 at least.
    torch::Tensor filled_in(PatchEncoder& encoder, const torch::Tensor& patches_BNP, const Batch& batch,
                            const Pass& pass) const {
        const torch::Tensor kept_BK = batch[kept_patches];
        const torch::Tensor kept_BKD = at_least_float(into_(encoder.encode(patches_BNP, kept_BK, pass), pass));
        const torch::Tensor all_BND =
            mask_.expand({kept_BK.size(0), grid_.count(), config_.decoder_width})
                .scatter(1, kept_BK.unsqueeze(2).expand({-1, -1, config_.decoder_width}), kept_BKD);
        Pass unseen = pass;  // who looks on looks at the backbone
        unseen.observe = {};
        unseen.attended = {};
        const torch::Tensor behind_BND = blocks_(all_BND + positions_, std::nullopt, unseen);
        return at_least_float(output_(chosen_patches(behind_BND, batch[hidden_patches]), pass));
    }

    MaskedImageConfig config_;
    PatchGrid grid_;
    std::int64_t hidden_ = 0;
    Linear into_, output_;
    torch::Tensor mask_;       ///< [1, decoder width]
    torch::Tensor positions_;  ///< [N, decoder width]
    TransformerBlocks blocks_;
};

}  // namespace

ObjectiveKind masked_image_kind() {
    auto kind = kind_of<ObjectiveKind, MaskedImageConfig>(
        {.id = "masked_image",
         .title = "Masked patches",
         .summary = "Hide most of a picture and fill it in from the rest: features without labels.",
         .source = "He et al. 2021, arXiv:2111.06377"},
        [](const MaskedImageConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<MaskedImage>(config, inputs);
        });
    kind.needs = {"image", "patches"};
    kind.causal = false;
    // The way in, the learnt vector, the blocks and the output layer, which is known with the patches.
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        MaskedImageConfig config;
        (void)schema::load(config, settings, "objective");
        if (!backbone.patches) return 0;
        const std::int64_t width = config.decoder_width, values = backbone.patches->values();
        return (backbone.width + 2) * width + config.decoder().parameters() + (width + 1) * values;
    };
    // The backbone sees what is not hidden, the decoder all patches; of the hidden ones their values and the guess.
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        MaskedImageConfig config;
        (void)schema::load(config, settings, "objective");
        ObjectiveCost out{.share = 1 - config.share};
        if (!backbone.patches) return out;
        const BlocksShape blocks = config.decoder();
        const auto places = static_cast<double>(backbone.patches->count()),
                   width = static_cast<double>(config.decoder_width),
                   values = static_cast<double>(backbone.patches->values());
        out.activation_bytes =
            places * blocks.activation_bytes(backbone.patches->count()) + 2.0 * 4.0 * config.share * places * values;
        out.flops_per_unit =
            6.0 * places *
                (static_cast<double>(blocks.layers * blocks.weights()) +
                 (1 - config.share) * static_cast<double>(backbone.width) * width + config.share * width * values) +
            12.0 * static_cast<double>(blocks.layers) * width * places * places;
        return out;
    };
    kind.metrics = {"loss"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
