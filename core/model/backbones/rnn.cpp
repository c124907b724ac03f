#include <torch/types.h>
#include <torch/utils.h>

#include "model/carried.h"
#include "model/catalog.h"
#include "model/layers.h"
#include "model/reading_direction.h"
#include "model/recurrent.h"

// Shape letters: B batch, T time, D width, V vocabulary.
namespace gw {

namespace {

struct RnnConfig {
    std::int64_t layers = 2, width = 256, context = 256, memory = 0;
    std::string cell = "lstm", direction = "auto", initialisation = "lecun";
    double dropout = 0.0;
    bool layer_norm = false, residual = false, tied = true, carry = false;

    static constexpr auto fields = std::tuple{
        schema::field<&RnnConfig::cell>(
            {.key = "cell",
             .label = "Cell",
             .help = "LSTM and GRU remember over long stretches; Elman's plain cell does not.",
             .choices = cell_choices}),
        schema::field<&RnnConfig::layers>({.key = "layers",
                                           .label = "Layers",
                                           .help = "Recurrent layers, one reading what the other makes.",
                                           .min = 1,
                                           .max = 64,
                                           .scale = schema::Scale::log,
                                           .sizes = true}),
        schema::field<&RnnConfig::width>(
            {.key = "width",
             .label = "Width",
             .help = "Size of the vector that stands for one token, and of a layer's state; where both sides are seen "
                     "each direction has half of it.",
             .min = 2,
             .max = 32768,
             .scale = schema::Scale::log,
             .sizes = true}),
        schema::field<&RnnConfig::context>(
            {.key = "context",
             .label = "Context",
             .help = "Tokens that are read in one go, and that gradients flow back over.",
             .unit = "tokens",
             .min = 2,
             .max = 131072,
             .scale = schema::Scale::log}),
        schema::field<&RnnConfig::carry>(
            {.key = "carry",
             .label = "Carry the state",
             .help = "The text is read in its order, a stretch for each row of a step, and a row begins with the state "
                     "that the same row of the step before ended with: memory reaches beyond the context, gradients do "
                     "not (truncated backpropagation through time). An epoch begins with an empty state. Evaluations "
                     "carry a state of their own, unless their windows overlap.",
             .weightless = true}),
        schema::field<&RnnConfig::dropout>({.key = "dropout",
                                            .label = "Dropout",
                                            .help = "Share of the values between layers that is zeroed while training.",
                                            .min = 0,
                                            .max = 0.9,
                                            .weightless = true}),
        schema::field<&RnnConfig::tied>({.key = "tied",
                                         .label = "Tied embeddings",
                                         .help = "The output layer shares the token embedding: fewer parameters."}),
        schema::field<&RnnConfig::direction>(
            {.key = "direction",
             .label = "Direction",
             .help = "From the beginning alone, or from both ends; auto takes what the objective needs.",
             .audience = schema::Audience::expert,
             .choices = "auto=Automatic|forward=Forward|both=Both directions"}),
        schema::field<&RnnConfig::layer_norm>({.key = "layer_norm",
                                               .label = "LayerNorm between layers",
                                               .help = "Normalise what each layer makes (Ba et al. 2016).",
                                               .audience = schema::Audience::expert}),
        schema::field<&RnnConfig::residual>({.key = "residual",
                                             .label = "Residual",
                                             .help = "Add to each layer's output what went into it; for deep stacks.",
                                             .audience = schema::Audience::expert,
                                             .weightless = true}),
        schema::field<&RnnConfig::memory>(memory_setting("tokens")),
        schema::field<&RnnConfig::initialisation>(initialisation_setting),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (carry && direction == "both")
            out.push_back({at + ".carry",
                           "a state is carried forward, and the direction is from both ends; set the "
                           "direction to forward or auto"});
        if (direction != "forward" && width % 2 != 0)
            out.push_back({at + ".width", "must be even, or the direction forward: both directions would share it"});
    }

    bool forward_alone(bool causal) const { return direction == "auto" ? causal || carry : direction == "forward"; }
};

/// Recurrent layers over tokens, from the beginning or from both ends of each row.
class Rnn final : public Backbone, public CarriesState {
  public:
    Rnn(const RnnConfig& config, const BackboneInputs& inputs) : config_(config) {
        TORCH_CHECK(inputs.input.tokens, "a recurrent network reads tokens, and rows have none");
        vocabulary_ = inputs.input.tokens->vocabulary;
        causal_ = config.forward_alone(inputs.causal);
        const Initialiser init(config.initialisation, inputs.seed);
        tokens_ = TokenTable(init, "tokens", vocabulary_, config.width);
        const std::int64_t hidden = causal_ ? config.width : config.width / 2;
        for (std::int64_t i = 0; i < config.layers; ++i) {
            const std::string name = "blocks." + std::to_string(i);
            Layer layer;
            layer.forward = RecurrentLayer(init, name + ".forward", config.cell, config.width, hidden, config.memory);
            if (!causal_)
                layer.backward =
                    RecurrentLayer(init, name + ".backward", config.cell, config.width, hidden, config.memory);
            if (config.layer_norm) layer.norm = Norm(name + ".norm", config.width, /*rms=*/false, /*bias=*/true);
            layers_.push_back(std::move(layer));
        }
        norm_ = Norm("norm", config.width, /*rms=*/false, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& asked) override {
        const torch::Tensor ids_BT = batch[array::tokens];
        TORCH_CHECK(ids_BT.defined(), "a batch without tokens");
        TORCH_CHECK(ids_BT.size(1) <= config_.context, "a sequence of ", ids_BT.size(1),
                    " tokens is longer than the context of ", config_.context);
        Pass pass = asked;
        pass.valid_BT = batch[array::valid];
        std::vector<RecurrentState> states = carried_to(batch);
        const torch::Tensor out_BTD = run(ids_BT, states, pass);
        leave(states, batch[array::left_behind]);
        return {.sequence_BTD = out_BTD};
    }

    std::int64_t carried_values() const override { return config_.carry ? state_values() : 0; }

    Result<std::unique_ptr<Decoder>> decoder(const Pass& pass) override {
        if (!causal_)
            return Error{Error::Code::bad_spec,
                         "A recurrent network that reads from both ends reads the whole text anew for every token",
                         "Set backbone.direction to forward",
                         {"field backbone.direction"}};
        return std::unique_ptr<Decoder>(std::make_unique<Carried>(*this, pass));
    }

    BackboneFacts facts() const override {
        return {config_.width, config_.context, vocabulary_, causal_, config_.tied, tokens_.weight()};
    }

    Parameters parameters() const override {
        Parameters all;
        tokens_.list(all);
        for (const Layer& layer : layers_) {
            layer.forward.list(all);
            if (!causal_) layer.backward.list(all);
            if (config_.layer_norm) layer.norm.list(all);
        }
        norm_.list(all);
        return all;
    }

  private:
    struct Layer {
        RecurrentLayer forward, backward;
        Norm norm;
    };

    /// Keeps the state of every layer behind the last token.
    class Carried final : public Decoder {
      public:
        Carried(const Rnn& rnn, const Pass& pass) : rnn_(rnn), pass_(pass), states_(rnn.layers_.size()) {}
        torch::Tensor read(const torch::Tensor& ids_T) override {
            const torch::Tensor x_BTD = rnn_.run(ids_T.unsqueeze(0), states_, pass_);
            length_ += ids_T.size(0);
            return x_BTD.select(1, ids_T.size(0) - 1);
        }
        std::int64_t length() const override { return length_; }
        void begin_anew() override {
            length_ = 0;
            states_.assign(states_.size(), {});
        }

      private:
        const Rnn& rnn_;
        const Pass pass_;
        std::vector<RecurrentState> states_;
        std::int64_t length_ = 0;
    };

    std::int64_t state_values() const {
        std::int64_t sum = 0;
        for (const Layer& layer : layers_) sum += layer.forward.state_values();
        return sum;
    }

    /// What the rows of a batch begin with; undefined where nothing is carried to them.
    std::vector<RecurrentState> carried_to(const Batch& batch) const {
        const torch::Tensor carried_BS = batch[array::carried];
        if (!carried_BS.defined()) return std::vector<RecurrentState>(layers_.size());
        TORCH_CHECK(causal_ && carried_BS.size(1) == state_values(), "a state of another network");
        std::vector<RecurrentState> states;
        std::int64_t first = 0;
        for (const Layer& layer : layers_) {
            const std::int64_t values = layer.forward.state_values();
            states.push_back(layer.forward.parted(carried_BS.narrow(1, first, values)));
            first += values;
        }
        return states;
    }

    void leave(const std::vector<RecurrentState>& states, torch::Tensor behind_BS) const {
        if (!behind_BS.defined()) return;
        const torch::NoGradGuard no_grad;
        std::int64_t first = 0;
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            const std::int64_t values = layers_[i].forward.state_values();
            behind_BS.narrow(1, first, values).copy_(layers_[i].forward.joined(states[i]));
            first += values;
        }
    }

    torch::Tensor run(const torch::Tensor& ids_BT, std::vector<RecurrentState>& states, const Pass& pass) const {
        torch::Tensor x_BTD = tokens_(ids_BT);
        if (pass.compute == torch::kFloat64) x_BTD = x_BTD.to(torch::kFloat64);
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            const torch::Tensor in_BTD = drop(x_BTD, config_.dropout, pass);
            x_BTD = layers_[i].forward(in_BTD, states[i]);
            if (!causal_) {
                RecurrentState from_the_end;
                const torch::Tensor back_BTD = layers_[i].backward(turned(in_BTD, pass.valid_BT), from_the_end);
                x_BTD = torch::cat({x_BTD, turned(back_BTD, pass.valid_BT)}, 2);
            }
            if (config_.layer_norm) x_BTD = layers_[i].norm.wide(x_BTD);
            if (config_.residual) x_BTD = x_BTD + in_BTD;
            if (pass.observe) pass.observe("blocks." + std::to_string(i), x_BTD);
        }
        return norm_(drop(x_BTD, config_.dropout, pass), pass);
    }

    RnnConfig config_;
    std::int64_t vocabulary_ = 0;
    bool causal_ = true;
    TokenTable tokens_;
    std::vector<Layer> layers_;
    Norm norm_;
};

BackboneSize size_of(const RnnConfig& c, std::int64_t vocabulary) {
    const bool both = c.direction == "both";
    const std::int64_t hidden = both ? c.width / 2 : c.width,
                       layer = RecurrentLayer::parameters(c.cell, c.width, hidden) * (both ? 2 : 1);
    BackboneSize size;
    size.parameters = vocabulary * c.width + c.layers * (layer + (c.layer_norm ? 2 * c.width : 0)) + 2 * c.width;
    size.context = c.context;
    size.width = c.width;
    size.layers = c.layers;
    size.tied = c.tied;
    // Of each layer, in 4-byte values: its input, the gates before and behind their functions, the cell and the state.
    const auto gates = static_cast<double>(RecurrentLayer::gates(c.cell));
    size.activation_bytes_per_unit =
        4.0 * static_cast<double>(c.width) * (2.0 + static_cast<double>(c.layers) * (4.0 + 2.0 * gates));
    size.flops_per_unit = 6.0 * static_cast<double>(c.layers * layer);
    return size;
}

}  // namespace

BackboneKind rnn_kind() {
    auto kind = kind_of<BackboneKind, RnnConfig>(
        {.id = "rnn",
         .title = "Recurrent (LSTM, GRU)",
         .summary = "Layers that read token after token and carry a state along.",
         .source = "Elman 1990; Hochreiter and Schmidhuber 1997; Cho et al. 2014, arXiv:1406.1078"},
        [](const RnnConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<Rnn>(config, inputs);
        });
    kind.needs = {"tokens"};
    read_as_set(kind, "direction", "forward", "both");
    // A state that is carried goes from left to right, whatever the objective would have.
    const auto with_direction = [](const Json& json) {
        Json out = json;
        if (json.value("carry", false) && json.value("direction", "auto") == "auto") out["direction"] = "forward";
        return out;
    };
    kind.offers = [=, offers = kind.offers](const Json& json) { return offers(with_direction(json)); };
    kind.settled = [=, settled = kind.settled](const Json& json, bool causal) {
        return settled(with_direction(json), causal);
    };
    kind.needs_as_set = [](const Json& json) {
        return json.value("carry", false) ? std::vector<std::string>{text_in_order} : std::vector<std::string>{};
    };
    for (auto& [word, change] : kind.remedies) change += " and backbone.carry to false";
    kind.remedies.emplace_back(text_in_order, "set backbone.carry to false");
    kind.size = [](const Json& json, const InputFacts& input) {
        RnnConfig config;
        (void)schema::load(config, json, "backbone");
        return size_of(config, input.tokens ? input.tokens->vocabulary : 1);
    };
    return kind;
}

}  // namespace gw
