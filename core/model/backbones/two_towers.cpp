#include <torch/types.h>

#include <algorithm>

#include "model/catalog.h"
#include "model/layers.h"
#include "util/rng.h"

// Shape letters: B batch, T time, D width of the features.
namespace gw {

namespace {

struct TwoTowersConfig {
    std::int64_t width = 64, image_layers = 3, image_width = 32, patch = 4, text_layers = 2, text_width = 64, heads = 4,
                 context = 32;
    std::string image = "cnn";
    double dropout = 0.0;

    static constexpr auto fields = std::tuple{
        schema::field<&TwoTowersConfig::image>(
            {.key = "image",
             .label = "Image tower",
             .help = "What reads the pictures; what is not set here is as that architecture has it by default.",
             .choices =
                 "cnn=Convolutional network|resnet=Residual network|vit=Vision transformer|mlp=Multilayer perceptron"}),
        schema::field<&TwoTowersConfig::image_layers>(
            {.key = "image_layers",
             .label = "Image layers",
             .help =
                 "Stages of a convolutional or residual network, blocks of a transformer, or layers of a perceptron.",
             .min = 1,
             .max = 64,
             .sizes = true}),
        schema::field<&TwoTowersConfig::image_width>(
            {.key = "image_width",
             .label = "Image width",
             .help = "Filters of the first stage of a convolutional or residual network, or width of a transformer or "
                     "perceptron.",
             .min = 4,
             .max = 4096,
             .scale = schema::Scale::log,
             .sizes = true}),
        schema::field<&TwoTowersConfig::patch>({.key = "patch",
                                                .label = "Patch",
                                                .help = "Height and width of the patches that a picture is cut into.",
                                                .unit = "pixels",
                                                .min = 1,
                                                .max = 128,
                                                .shown_when = "image=vit"}),
        schema::field<&TwoTowersConfig::text_layers>({.key = "text_layers",
                                                      .label = "Text layers",
                                                      .help = "Blocks of the transformer that reads the captions.",
                                                      .min = 1,
                                                      .max = 64,
                                                      .sizes = true}),
        schema::field<&TwoTowersConfig::text_width>({.key = "text_width",
                                                     .label = "Text width",
                                                     .help = "Size of a token's vector in the text tower.",
                                                     .min = 4,
                                                     .max = 8192,
                                                     .scale = schema::Scale::log,
                                                     .sizes = true}),
        schema::field<&TwoTowersConfig::heads>({.key = "heads",
                                                .label = "Heads",
                                                .help = "Attention heads of a block, in both towers where they are "
                                                        "transformers; must divide their widths.",
                                                .min = 1,
                                                .max = 256}),
        schema::field<&TwoTowersConfig::context>({.key = "context",
                                                  .label = "Caption length",
                                                  .help = "Tokens of a caption that are read; the rest is cut off.",
                                                  .unit = "tokens",
                                                  .min = 1,
                                                  .max = 4096,
                                                  .scale = schema::Scale::log}),
        schema::field<&TwoTowersConfig::width>(
            {.key = "width",
             .label = "Shared width",
             .help = "Of the space that pictures and captions are projected into, and compared in.",
             .min = 1,
             .max = 8192,
             .scale = schema::Scale::log}),
        schema::field<&TwoTowersConfig::dropout>({.key = "dropout",
                                                  .label = "Dropout",
                                                  .help = "Share of activations zeroed in both towers while training.",
                                                  .min = 0,
                                                  .max = 0.9,
                                                  .weightless = true}),
    };

    void check(schema::Problems& out, const std::string& at) const;
    const BackboneKind* image_kind() const { return find_kind(backbones(), image); }
};

/// A setting of a tower by the names that it may have there, and what it has here.
struct Mapped {
    std::vector<std::string> theirs;
    std::string own;  ///< empty = of no field of this kind
    Json value;
};

std::vector<Mapped> image_settings(const TwoTowersConfig& c) {
    // A layer over all values of the last map: the mean of each channel would forget where in the picture things are.
    return {{{"stages", "layers"}, "image_layers", c.image_layers},
            {{"channels", "width"}, "image_width", c.image_width},
            {{"heads"}, "heads", c.heads},
            {{"patch", "patch_size"}, "patch", c.patch},
            {{"dropout"}, "dropout", c.dropout},
            {{"hidden"}, "", 2 * c.width},
            {{"activation"}, "", "gelu"}};
}

std::vector<Mapped> text_settings(const TwoTowersConfig& c) {
    return {{{"layers"}, "text_layers", c.text_layers},
            {{"width"}, "text_width", c.text_width},
            {{"heads"}, "heads", c.heads},
            {{"context"}, "context", c.context},
            {{"dropout"}, "dropout", c.dropout}};
}

/// The settings of a tower, as far as its kind has them; the rest keeps that kind's defaults.
Json section_of(const BackboneKind& tower, const std::vector<Mapped>& settings) {
    Json out = {{"kind", tower.card.id}};
    for (const Mapped& one : settings)
        for (const schema::Row& row : tower.rows)
            if (std::find(one.theirs.begin(), one.theirs.end(), row.info.key) != one.theirs.end())
                out[std::string(row.info.key)] = one.value;
    return out;
}

/// A text of a tower with its settings, "backbone.stages", named as they are here.
std::string renamed(std::string text, const std::vector<Mapped>& settings, const std::string& at) {
    for (const Mapped& one : settings) {
        if (one.own.empty()) continue;
        for (const std::string& their : one.theirs) {
            const std::string from = at + "." + their, to = at + "." + one.own;
            for (std::size_t i = text.find(from); i != std::string::npos; i = text.find(from, i + to.size()))
                text.replace(i, from.size(), to);
        }
    }
    return text;
}

schema::Problems renamed(schema::Problems problems, const std::vector<Mapped>& settings, const std::string& at) {
    for (schema::Problem& problem : problems) {
        problem.path = renamed(problem.path, settings, at);
        // What the tower would have a person change may be a setting that there is none of here.
        problem.message.resize(std::min(problem.message.size(), problem.message.find("; set " + at + ".")));
    }
    return problems;
}

/// The kind that reads the captions: the first that reads tokens.
const BackboneKind& text_kind() {
    for (const BackboneKind& kind : backbones())
        if (std::find(kind.needs.begin(), kind.needs.end(), "tokens") != kind.needs.end()) return kind;
    throw Failure({Error::Code::internal, "No architecture reads text", "", {}});
}

void TwoTowersConfig::check(schema::Problems& out, const std::string& at) const {
    const BackboneKind* tower = image_kind();
    if (!tower) {
        out.push_back({at + ".image", "is no architecture that this program has"});
        return;
    }
    const std::vector<Mapped> of_image = image_settings(*this), of_text = text_settings(*this);
    for (const auto& problem : renamed(tower->check(section_of(*tower, of_image), at), of_image, at))
        out.push_back(problem);
    for (const auto& problem : renamed(text_kind().check(section_of(text_kind(), of_text), at), of_text, at))
        out.push_back(problem);
}

std::unique_ptr<Backbone> built(const BackboneKind& kind, const std::vector<Mapped>& settings,
                                const BackboneInputs& inputs) {
    try {
        return kind.build(section_of(kind, settings), inputs);
    } catch (const Failure& failure) {
        Error error = failure.error();
        for (std::string& place : error.where) place = renamed(place, settings, "backbone");
        error.hint = "Lower backbone.image_layers, or choose another backbone.image or backbone.patch";
        throw Failure(error);
    }
}

/// Half of a backbone: a backbone of another kind, whose pooled features are projected into the shared space.
class Tower {
  public:
    Tower() = default;
    Tower(const std::string& name, std::unique_ptr<Backbone> trunk, std::int64_t width, std::uint64_t seed)
        : prefix_(name + "."), trunk_(std::move(trunk)) {
        // Projections without a bias, as in the paper.
        projection_ = Linear(Initialiser("lecun", seed), prefix_ + "projection", trunk_->facts().width, width, false);
    }
    explicit operator bool() const { return trunk_ != nullptr; }

    /// [B, D], in the compute dtype.
    torch::Tensor operator()(const Batch& batch, const Pass& asked) const {
        Pass pass = asked;
        if (asked.observe)
            pass.observe = [&](const std::string& name, const torch::Tensor& values) {
                asked.observe(prefix_ + name, values);
            };
        const Features found = trunk_->features(batch, pass);
        return projection_(found.pooled_BD.defined() ? found.pooled_BD : mean(found.sequence_BTD, batch), pass);
    }

    void list(Parameters& out) const {
        for (const Parameter& p : trunk_->parameters()) out.push_back({prefix_ + p.name, p.tensor});
        projection_.list(out);
    }
    void list(Buffers& out) const {
        for (const Buffer& b : trunk_->buffers()) out.push_back({prefix_ + b.name, b.tensor, b.state});
    }
    void adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) const {
        for (const Adapted& one : trunk_->adapt(lora, seed)) adapted.push_back({one.projection, prefix_ + one.weight});
    }
    void merge_adapters() const { trunk_->merge_adapters(); }

  private:
    /// Over the positions that hold a token.
    static torch::Tensor mean(const torch::Tensor& x_BTD, const Batch& batch) {
        const torch::Tensor valid_BT = batch[array::valid];
        if (!valid_BT.defined()) return x_BTD.mean(1);
        const torch::Tensor counted_BT1 = valid_BT.unsqueeze(2).to(x_BTD.scalar_type());
        return (x_BTD * counted_BT1).sum(1) / counted_BT1.sum(1);
    }
    std::string prefix_;
    std::unique_ptr<Backbone> trunk_;
    Linear projection_;
};

/// A tower for pictures and one for captions that meet in one space (Radford et al. 2021, arXiv:2103.00020). Where rows
/// have no captions there is no text tower.
class TwoTowers final : public Backbone {
  public:
    TwoTowers(const TwoTowersConfig& config, const BackboneInputs& inputs)
        : config_(config), pictures_(inputs.input.image) {
        TORCH_CHECK(inputs.input.image, "two towers read pictures, and rows have none");
        constexpr std::uint64_t of_text = 0x74657874;  // blocks of both towers have the same names
        image_ = Tower("image",
                       built(*config.image_kind(), image_settings(config),
                             {{std::nullopt, inputs.input.image}, /*causal=*/false, inputs.seed}),
                       config.width, inputs.seed);
        if (!inputs.input.tokens) return;
        vocabulary_ = inputs.input.tokens->vocabulary;
        const std::uint64_t seed = mix64(inputs.seed, of_text);
        text_ = Tower(
            "text",
            built(text_kind(), text_settings(config), {{inputs.input.tokens, std::nullopt}, /*causal=*/false, seed}),
            config.width, seed);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        if (batch[array::image].defined()) return {.pooled_BD = image_(batch, pass)};
        TORCH_CHECK(text_, "captions for a model that was made for pictures alone");
        return {.pooled_BD = text_(batch, pass)};
    }

    BackboneFacts facts() const override {
        return {.width = config_.width,
                .context = text_ ? config_.context : 1,
                .vocabulary = vocabulary_,
                .causal = false,
                .image = text_ ? std::nullopt : pictures_};
    }

    Parameters parameters() const override {
        Parameters all;
        image_.list(all);
        if (text_) text_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        image_.list(all);
        if (text_) text_.list(all);
        return all;
    }

    std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) override {
        std::vector<Adapted> adapted;
        image_.adapt(lora, seed, adapted);
        if (text_) text_.adapt(lora, mix64(seed, 1), adapted);
        return adapted;
    }

    void merge_adapters() override {
        image_.merge_adapters();
        if (text_) text_.merge_adapters();
    }

  private:
    TwoTowersConfig config_;
    std::optional<ImageInput> pictures_;
    std::int64_t vocabulary_ = 0;
    Tower image_, text_;
};

/// As if each tower stood alone: the layers of both are counted from the input on, and the projections go with the
/// last.
LayerPlace place_in_towers(const std::string& parameter) {
    const std::size_t dot = parameter.find('.');
    const std::string tower = parameter.substr(0, dot);
    if ((tower != "image" && tower != "text") || dot == std::string::npos) return place_by_block(parameter);
    LayerPlace place = place_by_block(parameter.substr(dot + 1));
    if (place.name == "projection") place.layer = LayerPlace::last;
    place.name = tower + "." + place.name;
    if (!place.part.empty()) place.part = tower + "." + place.part;
    const bool image = tower == "image";
    if (place.layer == LayerPlace::last)
        place.title = {image ? GW_TEXT("End of the image tower") : GW_TEXT("End of the text tower"), {}};
    else if (place.layer == 0)
        place.title = {image ? GW_TEXT("Tables of the image tower") : GW_TEXT("Tables of the text tower"), {}};
    else
        place.title = {image ? GW_TEXT("Image tower, block %1") : GW_TEXT("Text tower, block %1"),
                       {std::to_string(place.layer)}};
    return place;
}

BackboneSize size_of(const TwoTowersConfig& c, const InputFacts& input) {
    const BackboneKind& tower = *c.image_kind();
    BackboneSize size = tower.size(section_of(tower, image_settings(c)), {std::nullopt, input.image});
    const std::int64_t projection = size.width * c.width;
    size.parameters += projection;
    size.flops_per_unit += 6.0 * static_cast<double>(projection);
    size.width = c.width;
    size.context = 1;
    size.tied = false;
    size.patches.reset();
    if (!input.tokens) return size;
    const BackboneSize text = text_kind().size(section_of(text_kind(), text_settings(c)), {input.tokens, std::nullopt});
    size.parameters += text.parameters + text.width * c.width;
    size.context = c.context;
    size.layers = std::max(size.layers, text.layers);
    // A unit is a picture with its caption.
    size.activation_bytes_per_unit += text.activation_bytes_per_unit * static_cast<double>(c.context);
    size.flops_per_unit +=
        text.flops_per_unit * static_cast<double>(c.context) + 6.0 * static_cast<double>(text.width * c.width);
    return size;
}

}  // namespace

BackboneKind two_towers_kind() {
    auto kind = kind_of<BackboneKind, TwoTowersConfig>(
        {.id = "two_towers",
         .title = "Two towers",
         .summary = "A tower for pictures and one for captions, which meet in one space; of pictures alone the image "
                    "tower by itself.",
         .source = "Radford et al. 2021, arXiv:2103.00020"},
        [](const TwoTowersConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<TwoTowers>(config, inputs);
        });
    kind.needs = {"image"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"pooled features", "two towers"}; };
    kind.projections = {"qkv", "out", "up", "down"};  // of transformers
    kind.place = place_in_towers;
    kind.size = [](const Json& json, const InputFacts& input) {
        TwoTowersConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, input);
    };
    kind.check_input = [](const Json& json, const InputFacts& input, const std::string& at) {
        TwoTowersConfig config;
        if (!schema::load(config, json, at).empty() || !config.image_kind()) return schema::Problems{};
        const BackboneKind& tower = *config.image_kind();
        const std::vector<Mapped> settings = image_settings(config);
        return renamed(tower.check_input(section_of(tower, settings), {std::nullopt, input.image}, at), settings, at);
    };
    return kind;
}

}  // namespace gw
