#include <torch/types.h>

#include <cmath>

#include "model/blocks.h"
#include "model/catalog.h"
#include "model/decoding.h"
#include "model/reading_direction.h"

// Shape letters: B batch, T time, D width, V vocabulary.
namespace gw {

namespace {

struct TransformerConfig {
    std::int64_t width = 128, layers = 4, heads = 4, kv_heads = 0, context = 256, ff_width = 0;
    std::string attention = "auto", norm = "layer_norm", norm_place = "pre", positions = "learned", activation = "gelu",
                initialisation = "gpt2", embedding_scale = "auto";
    bool tied = true, bias = true, depth_scaling = true;
    double dropout = 0.0, rotary_base = 10000.0;

    static constexpr auto fields = std::tuple{
        schema::field<&TransformerConfig::layers>({.key = "layers",
                                                   .label = "Layers",
                                                   .help = "Blocks of attention and feed-forward in the stack.",
                                                   .min = 1,
                                                   .max = 256,
                                                   .scale = schema::Scale::log,
                                                   .sizes = true}),
        schema::field<&TransformerConfig::width>({.key = "width",
                                                  .label = "Width",
                                                  .help = "Size of the vector that stands for one token.",
                                                  .min = 4,
                                                  .max = 32768,
                                                  .scale = schema::Scale::log,
                                                  .sizes = true}),
        schema::field<&TransformerConfig::heads>({.key = "heads",
                                                  .label = "Heads",
                                                  .help = "Attention heads a layer; must divide the width.",
                                                  .min = 1,
                                                  .max = 256,
                                                  .scale = schema::Scale::log}),
        schema::field<&TransformerConfig::context>({.key = "context",
                                                    .label = "Context",
                                                    .help = "Tokens that the model sees at once.",
                                                    .unit = "tokens",
                                                    .min = 2,
                                                    .max = 131072,
                                                    .scale = schema::Scale::log}),
        schema::field<&TransformerConfig::positions>(
            {.key = "positions",
             .label = "Positions",
             .help = "How order enters: a learned table, fixed sines, or rotation of queries and keys.",
             .choices = "learned=Learned table|sinusoidal=Fixed sines|rotary=Rotary|none=None"}),
        schema::field<&TransformerConfig::norm>({.key = "norm",
                                                 .label = "Normalisation",
                                                 .help = "LayerNorm as in GPT-2, or RMSNorm as in Llama.",
                                                 .choices = "layer_norm=LayerNorm|rms_norm=RMSNorm"}),
        schema::field<&TransformerConfig::activation>({.key = "activation",
                                                       .label = "Activation",
                                                       .help = "Non-linearity of the feed-forward part.",
                                                       .choices = activation_choices}),
        schema::field<&TransformerConfig::dropout>(
            {.key = "dropout",
             .label = "Dropout",
             .help = "Share of activations zeroed while training; 0 when every token is seen about once.",
             .min = 0,
             .max = 0.9,
             .weightless = true}),
        schema::field<&TransformerConfig::tied>(
            {.key = "tied",
             .label = "Tied embeddings",
             .help = "The output layer shares the token embedding: fewer parameters."}),
        schema::field<&TransformerConfig::attention>(
            {.key = "attention",
             .label = "Attention",
             .help = "Which tokens a token may look at; auto takes what the objective needs.",
             .audience = schema::Audience::expert,
             .choices = "auto=Automatic|causal=Causal|bidirectional=Bidirectional",
             .weightless = true}),
        schema::field<&TransformerConfig::kv_heads>(
            {.key = "kv_heads",
             .label = "Key-value heads",
             .help = "Fewer than heads = grouped queries; must divide the heads. 0 = as many as heads.",
             .min = 0,
             .max = 256,
             .audience = schema::Audience::expert}),
        schema::field<&TransformerConfig::ff_width>(
            {.key = "ff_width",
             .label = "Feed-forward width",
             .help = "Hidden size of the feed-forward part. 0 = 4 times the width (8/3 times for SwiGLU).",
             .min = 0,
             .max = 131072,
             .audience = schema::Audience::expert}),
        schema::field<&TransformerConfig::norm_place>(
            {.key = "norm_place",
             .label = "Normalisation place",
             .help = "Before each part (stable, today's custom) or after it (the first transformer, BERT).",
             .audience = schema::Audience::expert,
             .choices = "pre=Before each part|post=After each part"}),
        schema::field<&TransformerConfig::rotary_base>(
            {.key = "rotary_base",
             .label = "Rotary base",
             .help = "Slowest wavelength of rotary positions; larger for longer contexts.",
             .min = 10,
             .max = 1e8,
             .scale = schema::Scale::log,
             .audience = schema::Audience::expert,
             .shown_when = "positions=rotary"}),
        schema::field<&TransformerConfig::embedding_scale>(
            {.key = "embedding_scale",
             .label = "Embedding scale",
             .help = "What token vectors are multiplied by before positions join: nothing, or the root of the width as "
                     "in the first "
                     "transformer; auto does so with fixed sines, whose amplitude of 1 would drown vectors of 0.02.",
             .audience = schema::Audience::expert,
             .choices = "auto=Automatic|none=None|root_of_width=Root of the width",
             .before = "none"}),
        schema::field<&TransformerConfig::bias>({.key = "bias",
                                                 .label = "Biases",
                                                 .help = "Bias vectors in linear layers and LayerNorm.",
                                                 .audience = schema::Audience::expert}),
        schema::field<&TransformerConfig::initialisation>(initialisation_setting),
        schema::field<&TransformerConfig::depth_scaling>(
            {.key = "depth_scaling",
             .label = "Depth scaling",
             .help = "Divide the first weights of each residual branch by sqrt(2 layers), as GPT-2 does.",
             .audience = schema::Audience::expert,
             .weightless = true}),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (const auto problem = heads_problem(heads, width))
            out.push_back({at + ".heads", *problem});
        else if (positions == "rotary" && (width / heads) % 2 != 0)
            out.push_back({at + ".positions", "rotary positions need an even head width, but width / heads is " +
                                                  std::to_string(width / heads)});
        if (kv_heads > 0 && heads % kv_heads != 0)
            out.push_back({at + ".kv_heads", std::to_string(kv_heads) + " key-value heads do not divide the " +
                                                 std::to_string(heads) + " heads"});
    }

    std::int64_t groups() const { return kv_heads > 0 ? kv_heads : heads; }
    std::int64_t hidden() const { return ff_width > 0 ? ff_width : FeedForward::automatic_hidden(width, activation); }
    BlocksShape blocks(bool causal) const {
        return {.layers = layers,
                .width = width,
                .heads = heads,
                .kv_heads = groups(),
                .hidden = hidden(),
                .activation = activation,
                .causal = causal,
                .bias = bias,
                .pre = norm_place == "pre",
                .rms = norm == "rms_norm",
                .dropout = dropout,
                .gain = depth_scaling ? 1.0 / std::sqrt(2.0 * static_cast<double>(layers)) : 1.0};
    }
    /// Vaswani et al. 2017, section 3.4.
    double scale() const {
        const bool root =
            embedding_scale == "root_of_width" || (embedding_scale == "auto" && positions == "sinusoidal");
        return root ? std::sqrt(static_cast<double>(width)) : 1.0;
    }
};

/// Decoder-only (GPT, Llama) or encoder-only (BERT) transformer by options; Vaswani et al. 2017, arXiv:1706.03762.
class Transformer final : public Backbone {
  public:
    Transformer(const TransformerConfig& config, const BackboneInputs& inputs) : config_(config) {
        TORCH_CHECK(inputs.input.tokens, "a transformer reads tokens, and rows have none");
        vocabulary_ = inputs.input.tokens->vocabulary;
        causal_ = config.attention == "auto" ? inputs.causal : config.attention == "causal";
        const Initialiser init(config.initialisation, inputs.seed);
        tokens_ = TokenTable(init, "tokens", vocabulary_, config.width);
        if (config.positions == "learned") positions_ = init.table("positions.weight", config.context, config.width);
        if (config.positions == "sinusoidal") sinusoids_ = sinusoidal_positions(config.context, config.width);
        if (config.positions == "rotary")
            rotary_ = Rotary::make(config.context, config.width / config.heads, config.rotary_base);
        blocks_ = TransformerBlocks(init, "", config.blocks(causal_));
    }

    Features features(const Batch& batch, const Pass& asked) override {
        const torch::Tensor ids_BT = batch[array::tokens];
        TORCH_CHECK(ids_BT.defined(), "a batch without tokens");
        const std::int64_t time = ids_BT.size(1);
        Pass pass = asked;
        pass.valid_BT = batch[array::valid];
        TORCH_CHECK(time <= config_.context, "a sequence of ", time, " tokens is longer than the context of ",
                    config_.context);
        const torch::Tensor x = drop(embedded(ids_BT, 0), config_.dropout, pass);
        return {.sequence_BTD = blocks_(x, rotary_, pass)};
    }

    Result<std::unique_ptr<Decoder>> decoder(const Pass& pass) override {
        if (!causal_)
            return Error{Error::Code::bad_spec,
                         "A transformer that looks at both sides reads the whole text anew for every token",
                         "Set backbone.attention to causal",
                         {"field backbone.attention"}};
        return transformer_decoder(
            {[this](const torch::Tensor& ids_BT, std::int64_t place) { return embedded(ids_BT, place); }, &blocks_,
             rotary_ ? &*rotary_ : nullptr, config_.context},
            pass);
    }

    BackboneFacts facts() const override {
        return {config_.width, config_.context, vocabulary_, causal_, config_.tied, tokens_.weight()};
    }

    Parameters parameters() const override {
        Parameters all;
        tokens_.list(all);
        if (positions_.defined()) all.push_back({"positions.weight", positions_});
        blocks_.list(all);
        return all;
    }

    bool shares_work(const Pass& pass) const override { return blocks_.shares_work(pass); }

    Buffers buffers() const override {
        Buffers all;
        if (sinusoids_.defined()) all.push_back({"sinusoids", sinusoids_});
        if (rotary_) {
            all.push_back({"rotary.cosines", rotary_->cosines});
            all.push_back({"rotary.sines", rotary_->sines});
        }
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        tokens_.adapt(lora, seed, adapted);
        blocks_.adapt(lora, seed, adapted);
        return adapted;
    }

    void merge_adapters() override {
        tokens_.merge_adapter();
        blocks_.merge_adapters();
    }

  private:
    /// What goes into the first block: tokens whose first stands at `place`.
    torch::Tensor embedded(const torch::Tensor& ids_BT, std::int64_t place) const {
        const std::int64_t time = ids_BT.size(1);
        torch::Tensor x = tokens_(ids_BT);
        if (const double scale = config_.scale(); scale != 1.0) x = x * scale;
        if (positions_.defined()) x = x + positions_.narrow(0, place, time);
        if (sinusoids_.defined()) x = x + sinusoids_.narrow(0, place, time).to(x.scalar_type());
        return x;
    }

    TransformerConfig config_;
    std::int64_t vocabulary_ = 0;
    bool causal_ = true;
    TokenTable tokens_;
    torch::Tensor positions_, sinusoids_;
    std::optional<Rotary> rotary_;
    TransformerBlocks blocks_;
};

BackboneSize size_of(const TransformerConfig& c, std::int64_t vocabulary) {
    const BlocksShape blocks = c.blocks(/*causal=*/true);
    const std::int64_t d = c.width;
    BackboneSize size;
    size.parameters = vocabulary * d + (c.positions == "learned" ? c.context * d : 0) + blocks.parameters();
    size.context = c.context;
    size.width = d;
    size.layers = c.layers;
    size.tied = c.tied;
    size.activation_bytes_per_unit = blocks.activation_bytes(c.context);
    size.on_cpu = blocks.kept(c.context);
    // Kaplan et al. 2020 (arXiv:2001.08361), table 1, forward and backward: 6 N for the products, 12 L d T for the
    // attention.
    size.flops_per_unit = 6.0 * static_cast<double>(size.parameters) +
                          12.0 * static_cast<double>(size.layers * size.width * size.context);
    return size;
}

}  // namespace

BackboneKind transformer_kind() {
    auto kind = kind_of<BackboneKind, TransformerConfig>(
        {.id = "transformer",
         .title = "Transformer",
         .summary = "Blocks of self-attention and feed-forward layers; GPT, BERT and Llama styles are options of this "
                    "one kind.",
         .source = "Vaswani et al. 2017, arXiv:1706.03762"},
        [](const TransformerConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Transformer>(config, inputs);
        });
    kind.needs = {"tokens"};
    kind.projections = {"qkv", "out", "up", "down"};
    kind.more_projections = {"tokens"};
    read_as_set(kind, "attention", "causal", "bidirectional");
    kind.size = [](const Json& json, const InputFacts& input) {
        TransformerConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, input.tokens ? input.tokens->vocabulary : 1);
    };
    return kind;
}

}  // namespace gw
