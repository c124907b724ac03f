#include <torch/torch.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width, C classes.
namespace gw {

namespace {

struct MultiLabelConfig {
    std::string loss = "binary", pooling = "mean";
    bool balanced = false;
    double gamma = 2, dropout = 0.1;
    std::int64_t hidden = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&MultiLabelConfig::loss>({.key = "loss",
                                                .label = "Loss",
                                                .help = "Binary cross entropy of each class, or its focal form, which looks at hard cases.",
                                                .choices = "binary|focal"}),
        schema::field<&MultiLabelConfig::balanced>(
            {.key = "balanced",
             .label = "Balance classes",
             .help = "Weigh the texts that have a class by how many lack it for each that has it, so that a rare class is not simply denied."}),
        schema::field<&MultiLabelConfig::gamma>({.key = "gamma",
                                                 .label = "Focus",
                                                 .help = "How little easy cases count; 0 is binary cross entropy.",
                                                 .min = 0,
                                                 .max = 10,
                                                 .shown_when = "loss=focal"}),
        schema::field<&MultiLabelConfig::dropout>({.key = "dropout",
                                                   .label = "Dropout before the head",
                                                   .help = "Share of the features zeroed while training.",
                                                   .min = 0,
                                                   .max = 0.9}),
        schema::field<&MultiLabelConfig::pooling>({.key = "pooling",
                                                   .label = "Pooling",
                                                   .help = "How the features of a text become one vector.",
                                                   .audience = schema::Audience::expert,
                                                   .choices = pooling_choices}),
        schema::field<&MultiLabelConfig::hidden>({.key = "hidden",
                                                  .label = "Hidden layer",
                                                  .help = "Width of a layer between features and classes; 0 = none.",
                                                  .min = 0,
                                                  .max = 65536,
                                                  .audience = schema::Audience::expert}),
    };
};

/// Any number of classes a text: each class is a question of its own.
class MultiLabel final : public Objective {
  public:
    MultiLabel(const MultiLabelConfig& config, const ObjectiveInputs& inputs)
        : config_(config),
          classes_(static_cast<std::int64_t>(inputs.labels.classes.size())),
          positives_(balanced_positives(inputs.labels, config.balanced)),
          head_(inputs, config.hidden, config.dropout, classes_) {}

    LabelKind labels() const override { return LabelKind::class_set; }

    FedBatch feed(const Windows& windows, const RowSeeds&) const override {
        FedBatch batch = feed_rows(windows);
        batch.labels = torch::zeros({windows.rows, classes_});
        auto sets = batch.labels.accessor<float, 2>();
        for (std::int64_t row = 0; row < windows.rows; ++row)
            for (const std::int32_t c : windows.examples[static_cast<std::size_t>(row)]->classes) sets[row][c] = 1.0f;
        batch.counted = windows.rows;
        return batch;
    }

    LossParts loss(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        return {criterion(scores(features_BTD, batch, pass), batch).sum()};
    }

    Measures measures(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        const torch::Tensor logits = scores(features_BTD, batch, pass);
        const bool plain = config_.loss == "binary" && !positives_.defined();
        return {binary_rows(logits, batch.labels, {}), plain ? torch::Tensor() : criterion(logits, batch), {}};
    }

    torch::Tensor predict(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        return torch::sigmoid(scores(features_BTD, batch, pass));
    }

    Parameters parameters() const override {
        Parameters all;
        head_.list(all);
        return all;
    }

    Buffers buffers() const override { return positives_.defined() ? Buffers{{"positive_weights", positives_}} : Buffers{}; }

  private:
    torch::Tensor criterion(const torch::Tensor& logits, const FedBatch& batch) const {
        return config_.loss == "focal" ? binary_focal_rows(logits, batch.labels, positives_, config_.gamma)
                                       : binary_rows(logits, batch.labels, positives_);
    }
    torch::Tensor scores(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const {
        return head_(pooled(features_BTD, batch.valid_BT, config_.pooling), pass);
    }
    MultiLabelConfig config_;
    std::int64_t classes_;
    torch::Tensor positives_;
    LabelHead head_;
};

}  // namespace

ObjectiveKind multi_label_kind() {
    auto kind = kind_of<ObjectiveKind, MultiLabelConfig>(
        {.id = "multi_label",
         .title = "Several labels a text",
         .summary = "Any number of classes for each text: tags, emotions.",
         .source = ""},
        [](const MultiLabelConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<MultiLabel>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "labels of the kind set"};
    kind.causal = false;
    kind.judged_as(LabelKind::class_set);
    return kind;
}

}  // namespace gw
