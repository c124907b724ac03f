#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width, C classes.
namespace gw {

namespace {

struct ClassificationConfig : HeadSettings {
    std::string loss = "cross_entropy";
    bool balanced = false;
    double smoothing = 0, gamma = 2;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&ClassificationConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help = "Cross entropy; focal, which looks at hard examples; or hinge, which asks for a margin of 1.",
                 .choices = "cross_entropy=Cross entropy|focal=Focal|hinge=Hinge"}),
            schema::field<&ClassificationConfig::balanced>(
                {.key = "balanced",
                 .label = "Balance classes",
                 .help = "Weigh each class by the inverse of its share, so that rare ones count as much."}),
            schema::field<&ClassificationConfig::smoothing>(
                {.key = "smoothing",
                 .label = "Label smoothing",
                 .help = "Share of the target spread over all classes, against overconfidence.",
                 .min = 0,
                 .max = 0.9,
                 .shown_when = "loss=cross_entropy"}),
            schema::field<&ClassificationConfig::gamma>({.key = "gamma",
                                                         .label = "Focus",
                                                         .help = "How little easy examples count; 0 is cross entropy.",
                                                         .min = 0,
                                                         .max = 10,
                                                         .shown_when = "loss=focal"}),
        },
        HeadSettings::fields);
};

/// One class a row, from its pooled features.
class Classification final : public LabelledObjective {
  public:
    Classification(const ClassificationConfig& config, const ObjectiveInputs& inputs)
        : LabelledObjective(inputs, config, static_cast<std::int64_t>(inputs.labels.classes.size())),
          config_(config),
          weights_(balanced_weights(inputs.labels, config.balanced)) {}

    LabelKind labels() const override { return LabelKind::one_class; }
    Buffers buffers() const override { return weights_.defined() ? Buffers{{"class_weights", weights_}} : Buffers{}; }

  private:
    torch::Tensor labels_of(const HostBatch& rows) const override {
        std::vector<std::int64_t> classes;
        for (const Example* example : rows.examples) classes.push_back(example->classes.front());
        return torch::tensor(classes, torch::kInt64);
    }
    torch::Tensor plain(const torch::Tensor& logits, const Batch& batch) const override {
        return cross_entropy_rows(logits, batch[array::labels], {}, 0);
    }
    torch::Tensor criterion(const torch::Tensor& logits, const Batch& batch) const override {
        const torch::Tensor labels = batch[array::labels];
        if (config_.loss == "focal") return focal_rows(logits, labels, weights_, config_.gamma);
        if (config_.loss == "hinge") return hinge_rows(logits, labels, weights_);
        return cross_entropy_rows(logits, labels, weights_, config_.smoothing);
    }
    bool criterion_is_plain() const override {
        return config_.loss == "cross_entropy" && config_.smoothing == 0 && !weights_.defined();
    }
    torch::Tensor said(const torch::Tensor& logits) const override { return torch::softmax(logits, -1); }

    ClassificationConfig config_;
    torch::Tensor weights_;
};

}  // namespace

ObjectiveKind classification_kind() {
    auto kind = kind_of<ObjectiveKind, ClassificationConfig>(
        {.id = "classification",
         .title = "Classification",
         .summary = "One class for each text, picture or row: topics, sentiment, digits. Also the supervised continued "
                    "pretraining of Sun et al. 2023.",
         .source = "Devlin et al. 2019, section 4.1, arXiv:1810.04805; Sun et al. 2023, arXiv:2302.13289",
         .aliases = {"sequence_classification"}},
        [](const ClassificationConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Classification>(config, inputs);
        });
    kind.needs = {"pooled features", "labels of the kind class"};
    kind.offers = offers_of_whole_rows;
    kind.causal = false;
    kind.judged_as(LabelKind::one_class);
    return kind;
}

}  // namespace gw
