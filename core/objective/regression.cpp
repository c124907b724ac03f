#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width.
namespace gw {

namespace {

struct RegressionConfig : HeadSettings {
    RegressionConfig() { dropout = 0; }  // noise on the features blurs a number, as it does not blur a choice
    std::string loss = "squared";
    double delta = 1, quantile = 0.5;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&RegressionConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help = "Squared error; absolute error, which outliers pull less; Huber or log-cosh, squared near and "
                         "absolute far; or a quantile, for a number that labels stay below with this probability.",
                 .choices = "squared=Squared error|absolute=Absolute error|huber=Huber|log_cosh=Log-cosh|"
                            "quantile=Quantile"}),
            schema::field<&RegressionConfig::delta>(
                {.key = "delta",
                 .label = "Huber bend",
                 .help = "Error, in deviations of the labels, from which it grows linearly.",
                 .min = 0.001,
                 .max = 100,
                 .shown_when = "loss=huber"}),
            schema::field<&RegressionConfig::quantile>(
                {.key = "quantile",
                 .label = "Quantile",
                 .help = "Share of labels that lie below what is said: 0.5 is the median, 0.9 an upper bound that one "
                         "in ten passes.",
                 .min = 0.001,
                 .max = 0.999,
                 .shown_when = "loss=quantile"}),
        },
        HeadSettings::fields);
};

/// A number a row. Labels are learnt in deviations from their mean, so that the same learning rate serves all units.
class Regression final : public LabelledObjective {
  public:
    Regression(const RegressionConfig& config, const ObjectiveInputs& inputs)
        : LabelledObjective(inputs, config, /*outputs=*/1),
          config_(config),
          mean_(inputs.labels.mean),
          deviation_(inputs.labels.deviation) {}

    LabelKind labels() const override { return LabelKind::number; }

  private:
    torch::Tensor labels_of(const HostBatch& rows) const override {
        std::vector<float> values;
        for (const Example* example : rows.examples)
            values.push_back(static_cast<float>((example->value - mean_) / deviation_));
        return torch::tensor(values);
    }
    torch::Tensor scores(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return LabelledObjective::scores(net, batch, pass).squeeze(1);
    }
    /// The deviation of the training part is this run's own: other runs share the labels' unit alone.
    torch::Tensor plain(const torch::Tensor& values, const Batch& batch) const override {
        return squared_rows(values, batch[array::labels]) * (deviation_ * deviation_);
    }
    torch::Tensor criterion(const torch::Tensor& values, const Batch& batch) const override {
        return number_rows(config_.loss, values, batch[array::labels], config_.delta, config_.quantile);
    }
    bool criterion_is_plain() const override { return false; }
    torch::Tensor said(const torch::Tensor& values) const override {
        return (values * deviation_ + mean_).unsqueeze(1);
    }

    RegressionConfig config_;
    double mean_, deviation_;
};

}  // namespace

ObjectiveKind regression_kind() {
    auto kind = kind_of<ObjectiveKind, RegressionConfig>(
        {.id = "regression",
         .title = "Regression",
         .summary = "A number for each text, picture or row: a rating, a price, an angle.",
         .source = "",
         .aliases = {"sequence_regression"}},
        [](const RegressionConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Regression>(config, inputs);
        });
    kind.needs = {"pooled features", "labels of the kind number"};
    kind.offers = offers_of_whole_rows;
    kind.causal = false;
    kind.judged_as(LabelKind::number);
    return kind;
}

}  // namespace gw
