#include <torch/types.h>

#include <algorithm>

#include "model/layers.h"
#include "objective/catalog.h"
#include "util/rng.h"

// Shape letters: B batch, T time, D width, V vocabulary, N counted positions.
namespace gw {

namespace {

struct MaskedConfig {
    double rate = 0.15, mask_share = 0.8, random_share = 0.1;
    bool whole_words = false;

    static constexpr auto fields = std::tuple{
        schema::field<&MaskedConfig::rate>({.key = "rate",
                                            .label = "Masking rate",
                                            .help = "Share of the tokens that must be guessed.",
                                            .min = 0.01,
                                            .max = 0.9}),
        schema::field<&MaskedConfig::mask_share>({.key = "mask_share",
                                                  .label = "Replaced by the mask",
                                                  .help = "Share of the chosen tokens that the mask token replaces.",
                                                  .min = 0,
                                                  .max = 1,
                                                  .audience = schema::Audience::expert}),
        schema::field<&MaskedConfig::random_share>(
            {.key = "random_share",
             .label = "Replaced at random",
             .help = "Share replaced by a random token; the rest stays as it is.",
             .min = 0,
             .max = 1,
             .audience = schema::Audience::expert}),
        schema::field<&MaskedConfig::whole_words>(
            {.key = "whole_words",
             .label = "Whole words",
             .help = "Choose all pieces of a word together, so that a piece cannot be read off its neighbours."}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (mask_share + random_share > 1.0)
            out.push_back(
                {at + ".random_share", "the shares replaced by the mask and at random add up to more than 1"});
    }
};

/// BERT's masked language modelling (Devlin et al. 2019, section 3.1, arXiv:1810.04805): a share of the tokens is
/// chosen afresh for every batch; 80 % of them become the mask, 10 % a random token, 10 % stay; loss = sum of -log
/// p(original) over the chosen. The head is BERT's: dense, GELU, LayerNorm, then the (tied) embedding with a bias for
/// each token.
class Masked final : public Objective {
  public:
    Masked(const MaskedConfig& config, const ObjectiveInputs& inputs)
        : config_(config), tokenizer_(*inputs.tokenizer), embedding_(inputs.backbone.token_embedding) {
        const Initialiser init("gpt2", inputs.seed);
        const std::int64_t vocabulary = inputs.backbone.vocabulary;
        dense_ = Linear(init, "dense", inputs.backbone.width, inputs.backbone.width, /*bias=*/true);
        norm_ = Norm("norm", inputs.backbone.width, /*rms=*/false, /*bias=*/true);
        if (!inputs.backbone.tied) output_ = init.table("output.weight", vocabulary, inputs.backbone.width);
        output_bias_ = Initialiser::constant(vocabulary, 0.0);
    }

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        const std::int64_t length = rows.length();
        const torch::Tensor ids_BT = batch[array::tokens],
                            targets_BT = torch::full({rows.rows, length}, not_counted, torch::kInt64);
        std::int64_t* ids = ids_BT.data_ptr<std::int64_t>();
        std::int64_t* targets = targets_BT.data_ptr<std::int64_t>();
        const Token* tokens = rows.arrays.find(array::tokens)->second.values<Token>();
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            Rng rng(seeds.of(rows, row));
            mask_row(tokens + row * length, length, rng, ids + row * length, targets + row * length);
        }
        batch.set(array::targets, targets_BT);
        batch.count();
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return loss_of_counted(net.features(batch, pass).sequence_BTD, batch, output(pass), pass);
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return measures_of_counted(net.features(batch, pass).sequence_BTD, batch, output(pass), pass);
    }

    torch::Tensor logits(const torch::Tensor& features_ND, const Pass& pass) const override {
        const OutputLayer layer = output(pass);
        return project(layer.before(features_ND), layer.weight_VD, layer.bias_V, pass).to(torch::kFloat32);
    }

    Parameters parameters() const override {
        Parameters all;
        dense_.list(all);
        norm_.list(all);
        if (output_.defined()) all.push_back({"output.weight", output_});
        all.push_back({"output.bias", output_bias_});
        return all;
    }

    bool is_language_model() const override { return false; }

  private:
    OutputLayer output(const Pass& pass) const {
        return {output_.defined() ? output_ : embedding_, output_bias_,
                [this, &pass](const torch::Tensor& features_ND) {
                    return norm_(at::gelu(dense_(features_ND, pass)), pass);
                }};
    }

    /// Chooses units (tokens, or whole words) in random order until `rate` of the row is chosen; at least one unit.
    void mask_row(const Token* row, std::int64_t length, Rng& rng, std::int64_t* ids, std::int64_t* targets) const {
        std::vector<std::int64_t> unit_starts;
        for (std::int64_t i = 0; i < length; ++i) {
            const bool begins = i == 0 || !config_.whole_words || row[i] == tokenizer_.separator() ||
                                row[i - 1] == tokenizer_.separator() || tokenizer_.starts_word(row[i - 1], row[i]);
            if (begins) unit_starts.push_back(i);
        }
        std::vector<std::size_t> order;
        for (std::size_t unit = 0; unit < unit_starts.size(); ++unit)
            if (row[unit_starts[unit]] != tokenizer_.separator()) order.push_back(unit);
        const auto wanted =
            std::max<std::int64_t>(1, static_cast<std::int64_t>(config_.rate * static_cast<double>(length) + 0.5));
        std::int64_t chosen = 0;
        for (std::size_t i = 0; i < order.size() && chosen < wanted; ++i) {
            std::swap(order[i], order[i + rng.below(order.size() - i)]);
            const std::int64_t begin = unit_starts[order[i]];
            const std::int64_t end = order[i] + 1 < unit_starts.size() ? unit_starts[order[i] + 1] : length;
            if (chosen > 0 && chosen + end - begin > wanted) continue;
            for (std::int64_t at = begin; at < end; ++at) hide(at, rng, ids, targets);
            chosen += end - begin;
        }
    }

    void hide(std::int64_t at, Rng& rng, std::int64_t* ids, std::int64_t* targets) const {
        targets[at] = ids[at];
        const double draw = rng.uniform();
        if (draw < config_.mask_share)
            ids[at] = tokenizer_.mask();
        else if (draw < config_.mask_share + config_.random_share)
            ids[at] = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(tokenizer_.vocabulary())));
    }

    MaskedConfig config_;
    const Tokenizer& tokenizer_;
    torch::Tensor embedding_, output_, output_bias_;
    Linear dense_;
    Norm norm_;
};

}  // namespace

ObjectiveKind masked_kind() {
    auto kind = kind_of<ObjectiveKind, MaskedConfig>(
        {.id = "masked",
         .title = "Masked tokens",
         .summary = "Hide some tokens and guess them from both sides: features for understanding text.",
         .source = "Devlin et al. 2019, arXiv:1810.04805"},
        [](const MaskedConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Masked>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "a backbone that sees both sides"};
    kind.causal = false;
    // Dense, norm, a bias for each id, and the output layer where it is not the embedding.
    kind.head_parameters = [](const Json&, const BackboneFacts& backbone) {
        const std::int64_t width = backbone.width, vocabulary = backbone.vocabulary;
        return width * width + 3 * width + vocabulary + (backbone.tied ? 0 : vocabulary * width);
    };
    kind.metrics = {"loss", "accuracy"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
