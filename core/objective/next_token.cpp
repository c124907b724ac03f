#include <torch/torch.h>

#include "model/layers.h"
#include "objective/catalog.h"

// Shape letters: B batch, T time, D width, V vocabulary, N counted positions.
namespace gw {

namespace {

struct NextTokenConfig {
    static constexpr auto fields = std::tuple{};
};

/// Each position predicts the token that follows it: loss = sum of -log p(x[t+1] | x[0..t]).
/// Source: Bengio et al. 2003; as used by Radford et al. 2019 (GPT-2).
class NextToken final : public Objective {
  public:
    explicit NextToken(const ObjectiveInputs& inputs) : embedding_(inputs.backbone.token_embedding) {
        if (!inputs.backbone.tied) {
            const Initialiser init("gpt2", inputs.seed);
            output_ = init.table("output.weight", inputs.backbone.vocabulary, inputs.backbone.width);
        }
    }

    std::int64_t window_length(std::int64_t context) const override { return context + 1; }
    std::int64_t window_stride(std::int64_t context) const override { return context; }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        const torch::Tensor ids = Batch(rows)[array::tokens];
        const std::int64_t positions = rows.length() - 1;
        Batch batch;
        // Copies: of a single row both views are contiguous as they are and would share memory that the caller may
        // write to.
        batch.set(array::tokens, ids.narrow(1, 0, positions).clone());
        batch.set(array::targets, ids.narrow(1, 1, positions).clone());
        batch.count();
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return loss_of_counted(net.features(batch, pass).sequence_BTD, batch, [&](const torch::Tensor& features_ND) {
            return project(features_ND, weight(), {}, pass);
        });
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return measures_of_counted(
            net.features(batch, pass).sequence_BTD, batch, weight().size(0),
            [&](const torch::Tensor& features_ND) { return project(features_ND, weight(), {}, pass); });
    }

    torch::Tensor logits(const torch::Tensor& features_ND, const Pass& pass) const override {
        return project(features_ND, weight(), {}, pass).to(torch::kFloat32);
    }

    Parameters parameters() const override {
        return output_.defined() ? Parameters{{"output.weight", output_}} : Parameters{};
    }
    bool is_language_model() const override { return true; }

  private:
    const torch::Tensor& weight() const { return output_.defined() ? output_ : embedding_; }
    torch::Tensor embedding_, output_;
};

}  // namespace

ObjectiveKind next_token_kind() {
    auto kind = kind_of<ObjectiveKind, NextTokenConfig>(
        {.id = "next_token",
         .title = "Next token",
         .summary = "Predict each token from those before it: a language model that writes text.",
         .source = "Bengio et al. 2003; Radford et al. 2019"},
        [](const NextTokenConfig&, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<NextToken>(inputs);
        });
    kind.needs = {"tokens", "sequence", "causal attention"};
    kind.causal = true;
    kind.head_when_tied = false;
    kind.head_parameters = [](std::int64_t width, std::int64_t vocabulary, bool tied) {
        return tied ? std::int64_t{0} : vocabulary * width;
    };
    kind.metrics = {"loss", "perplexity", "bits_per_byte", "nats_per_byte", "accuracy"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
