#include <torch/types.h>

#include "model/initialise.h"
#include "objective/catalog.h"

// Shape letters: D width, N counted positions, V vocabulary.
namespace gw {

namespace {

struct SampleTokenAfterNextConfig {
    std::int64_t ahead = 2;
    static constexpr auto fields = std::tuple{
        schema::field<&SampleTokenAfterNextConfig::ahead>({.key = "ahead",
                                                           .label = "Ahead",
                                                           .help = "How many tokens ahead the predicted one stands.",
                                                           .unit = "tokens",
                                                           .min = 1,
                                                           .max = 8}),
    };
};

/// Each position predicts a token some places ahead: loss = sum of -log p(x[t + ahead] | x[0..t]).
class SampleTokenAfterNext final : public Objective {
  public:
    SampleTokenAfterNext(const SampleTokenAfterNextConfig& config, const ObjectiveInputs& inputs)
        : ahead_(config.ahead),
          output_(Initialiser("gpt2", inputs.seed)
                      .table("output.weight", inputs.backbone.vocabulary, inputs.backbone.width)) {}

    std::int64_t window_length(std::int64_t context) const override { return context + ahead_; }
    std::int64_t window_stride(std::int64_t context) const override { return context; }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        const torch::Tensor ids_BT = Batch(rows)[array::tokens];
        const std::int64_t positions = rows.length() - ahead_;
        Batch batch;
        batch.set(array::tokens, ids_BT.narrow(1, 0, positions).clone());
        batch.set(array::targets, ids_BT.narrow(1, ahead_, positions).clone());
        batch.count();
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return loss_of_counted(net.features(batch, pass).sequence_BTD, batch, {output_}, pass);
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return measures_of_counted(net.features(batch, pass).sequence_BTD, batch, {output_}, pass);
    }

    Parameters parameters() const override { return {{"output.weight", output_}}; }

  private:
    std::int64_t ahead_;
    torch::Tensor output_;  ///< [V, D]
};

}  // namespace

ObjectiveKind sample_token_after_next_kind() {
    auto kind = kind_of<ObjectiveKind, SampleTokenAfterNextConfig>(
        {.id = "sample_token_after_next",
         .title = "Token after the next",
         .summary = "Predict a token some places ahead.",
         .source = "Gloeckle et al. 2024, arXiv:2404.19737"},
        [](const SampleTokenAfterNextConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<SampleTokenAfterNext>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "a backbone that reads left to right"};
    kind.head_parameters = [](const Json&, const BackboneFacts& backbone) {
        return backbone.vocabulary * backbone.width;
    };
    kind.metrics = {"loss", "accuracy"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
