#include <torch/torch.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width.
namespace gw {

namespace {

struct RegressionConfig {
    std::string loss = "squared", pooling = "mean";
    double delta = 1, dropout = 0;
    std::int64_t hidden = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&RegressionConfig::loss>(
            {.key = "loss",
             .label = "Loss",
             .help = "Squared error; absolute error, which outliers pull less; or Huber, squared near and absolute far.",
             .choices = "squared|absolute|huber"}),
        schema::field<&RegressionConfig::delta>({.key = "delta",
                                                 .label = "Huber bend",
                                                 .help = "Error, in deviations of the labels, from which it grows linearly.",
                                                 .min = 0.001,
                                                 .max = 100,
                                                 .shown_when = "loss=huber"}),
        schema::field<&RegressionConfig::dropout>({.key = "dropout",
                                                   .label = "Dropout before the head",
                                                   .help = "Share of the features zeroed while training.",
                                                   .min = 0,
                                                   .max = 0.9}),
        schema::field<&RegressionConfig::pooling>({.key = "pooling",
                                                   .label = "Pooling",
                                                   .help = "How the features of a text become one vector.",
                                                   .audience = schema::Audience::expert,
                                                   .choices = pooling_choices}),
        schema::field<&RegressionConfig::hidden>({.key = "hidden",
                                                  .label = "Hidden layer",
                                                  .help = "Width of a layer between features and number; 0 = none.",
                                                  .min = 0,
                                                  .max = 65536,
                                                  .audience = schema::Audience::expert}),
    };
};

/// A number a text. Labels are learnt in deviations from their mean, so that the same learning rate serves all units.
class Regression final : public Objective {
  public:
    Regression(const RegressionConfig& config, const ObjectiveInputs& inputs)
        : config_(config),
          mean_(inputs.labels.mean),
          deviation_(inputs.labels.deviation),
          head_(inputs, config.hidden, config.dropout, 1) {}

    LabelKind labels() const override { return LabelKind::number; }

    FedBatch feed(const Windows& windows, const RowSeeds&) const override {
        FedBatch batch = feed_rows(windows);
        std::vector<float> values;
        for (const Example* example : windows.examples) values.push_back(static_cast<float>((example->value - mean_) / deviation_));
        batch.labels = torch::tensor(values);
        batch.counted = windows.rows;
        return batch;
    }

    LossParts loss(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        return {criterion(scores(features_BTD, batch, pass), batch).sum()};
    }

    /// The deviation of the training part is this run's own: other runs share the labels' unit alone.
    Measures measures(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        const torch::Tensor values = scores(features_BTD, batch, pass);
        return {squared_rows(values, batch.labels) * (deviation_ * deviation_), criterion(values, batch), {}};
    }

    torch::Tensor predict(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const override {
        return (scores(features_BTD, batch, pass) * deviation_ + mean_).unsqueeze(1);
    }

    Parameters parameters() const override {
        Parameters all;
        head_.list(all);
        return all;
    }

  private:
    torch::Tensor criterion(const torch::Tensor& values, const FedBatch& batch) const {
        if (config_.loss == "absolute") return absolute_rows(values, batch.labels);
        return config_.loss == "huber" ? huber_rows(values, batch.labels, config_.delta) : squared_rows(values, batch.labels);
    }
    torch::Tensor scores(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const {
        return head_(pooled(features_BTD, batch.valid_BT, config_.pooling), pass).squeeze(1);
    }
    RegressionConfig config_;
    double mean_, deviation_;
    LabelHead head_;
};

}  // namespace

ObjectiveKind sequence_regression_kind() {
    auto kind = kind_of<ObjectiveKind, RegressionConfig>(
        {.id = "sequence_regression",
         .title = "Text regression",
         .summary = "A number for each text: a rating, a price, a difficulty.",
         .source = ""},
        [](const RegressionConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Regression>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "labels of the kind number"};
    kind.causal = false;
    kind.judged_as(LabelKind::number);
    return kind;
}

}  // namespace gw
