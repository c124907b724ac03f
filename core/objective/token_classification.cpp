#include <torch/torch.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width, C classes, N words.
namespace gw {

namespace {

struct TokenClassificationConfig {
    std::string loss = "cross_entropy";
    bool balanced = false;
    double smoothing = 0, gamma = 2, dropout = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&TokenClassificationConfig::loss>({.key = "loss",
                                                         .label = "Loss",
                                                         .help = "Cross entropy, or focal, which looks at hard words.",
                                                         .choices = "cross_entropy|focal"}),
        schema::field<&TokenClassificationConfig::balanced>(
            {.key = "balanced",
             .label = "Balance classes",
             .help = "Weigh each class by the inverse of its share, so that rare ones count as much."}),
        schema::field<&TokenClassificationConfig::smoothing>(
            {.key = "smoothing",
             .label = "Label smoothing",
             .help = "Share of the target spread over all classes, against overconfidence.",
             .min = 0,
             .max = 0.9,
             .shown_when = "loss=cross_entropy"}),
        schema::field<&TokenClassificationConfig::gamma>({.key = "gamma",
                                                          .label = "Focus",
                                                          .help = "How little easy words count; 0 is cross entropy.",
                                                          .min = 0,
                                                          .max = 10,
                                                          .shown_when = "loss=focal"}),
        schema::field<&TokenClassificationConfig::dropout>({.key = "dropout",
                                                            .label = "Dropout before the head",
                                                            .help = "Share of the features zeroed while training.",
                                                            .min = 0,
                                                            .max = 0.9}),
    };
};

/// A class for each word, judged at the word's first token as BERT does (Devlin et al. 2019, section 5.3). Words past the context do not
/// count.
class TokenClassification final : public Objective {
  public:
    TokenClassification(const TokenClassificationConfig& config, const ObjectiveInputs& inputs)
        : config_(config),
          weights_(balanced_weights(inputs.labels, config.balanced)),
          head_(inputs, /*hidden=*/0, config.dropout, static_cast<std::int64_t>(inputs.labels.classes.size())) {}

    LabelKind labels() const override { return LabelKind::word_classes; }

    FedBatch feed(const Windows& windows, const RowSeeds&) const override {
        FedBatch batch = feed_rows(windows);
        std::int64_t* targets = batch.targets_BT.data_ptr<std::int64_t>();
        for (std::int64_t row = 0; row < windows.rows; ++row) {
            const Example& example = *windows.examples[static_cast<std::size_t>(row)];
            for (std::size_t word = 0; word < example.word_starts.size(); ++word)
                if (example.word_starts[word] < windows.lengths[static_cast<std::size_t>(row)])
                    targets[row * windows.length + example.word_starts[word]] = example.classes[word];
        }
        batch.count();
        return batch;
    }

    LossParts loss(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        return {criterion(scores(features_BTD, batch, pass), counted_targets(batch)).sum()};
    }

    Measures measures(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        const torch::Tensor logits = scores(features_BTD, batch, pass), targets = counted_targets(batch);
        const bool plain = config_.loss == "cross_entropy" && config_.smoothing == 0 && !weights_.defined();
        return {cross_entropy_rows(logits, targets, {}, 0), plain ? torch::Tensor() : criterion(logits, targets), {}};
    }

    torch::Tensor predict(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        return torch::softmax(scores(features_BTD, batch, pass), -1);
    }

    Parameters parameters() const override {
        Parameters all;
        head_.list(all);
        return all;
    }

    Buffers buffers() const override { return weights_.defined() ? Buffers{{"class_weights", weights_}} : Buffers{}; }

  private:
    torch::Tensor criterion(const torch::Tensor& logits, const torch::Tensor& targets) const {
        return config_.loss == "focal" ? focal_rows(logits, targets, weights_, config_.gamma)
                                       : cross_entropy_rows(logits, targets, weights_, config_.smoothing);
    }
    torch::Tensor scores(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const {
        const torch::Tensor features_ND = features_BTD.flatten(0, 1);
        return head_(batch.positions_N.defined() ? features_ND.index_select(0, batch.positions_N) : features_ND, pass);
    }
    static torch::Tensor counted_targets(const FedBatch& batch) {
        const torch::Tensor flat = batch.targets_BT.flatten();
        return batch.positions_N.defined() ? flat.index_select(0, batch.positions_N) : flat;
    }
    TokenClassificationConfig config_;
    torch::Tensor weights_;
    LabelHead head_;
};

}  // namespace

ObjectiveKind token_classification_kind() {
    auto kind = kind_of<ObjectiveKind, TokenClassificationConfig>(
        {.id = "token_classification",
         .title = "A class for each word",
         .summary = "Names, parts of speech: every word of a sentence gets a class.",
         .source = "Devlin et al. 2019, section 5.3, arXiv:1810.04805"},
        [](const TokenClassificationConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<TokenClassification>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "labels of the kind word"};
    kind.causal = false;
    kind.judged_as(LabelKind::word_classes);
    return kind;
}

}  // namespace gw
