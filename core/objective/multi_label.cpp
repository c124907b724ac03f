#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width, C classes.
namespace gw {

namespace {

struct MultiLabelConfig : HeadSettings {
    std::string loss = "binary";
    bool balanced = false;
    double gamma = 2;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&MultiLabelConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help = "Binary cross entropy of each class, or its focal form, which looks at hard cases.",
                 .choices = "binary=Binary cross entropy|focal=Focal"}),
            schema::field<&MultiLabelConfig::balanced>(
                {.key = "balanced",
                 .label = "Balance classes",
                 .help = "Weigh what has a class by how many lack it for each that has it, so that a rare class is not "
                         "simply denied."}),
            schema::field<&MultiLabelConfig::gamma>({.key = "gamma",
                                                     .label = "Focus",
                                                     .help = "How little easy cases count; 0 is binary cross entropy.",
                                                     .min = 0,
                                                     .max = 10,
                                                     .shown_when = "loss=focal"}),
        },
        HeadSettings::fields);
};

/// Any number of classes a row: each class is a question of its own.
class MultiLabel final : public LabelledObjective {
  public:
    MultiLabel(const MultiLabelConfig& config, const ObjectiveInputs& inputs)
        : LabelledObjective(inputs, config, static_cast<std::int64_t>(inputs.labels.classes.size())),
          config_(config),
          classes_(static_cast<std::int64_t>(inputs.labels.classes.size())),
          positives_(balanced_positives(inputs.labels, config.balanced)) {}

    LabelKind labels() const override { return LabelKind::class_set; }
    Buffers buffers() const override {
        return positives_.defined() ? Buffers{{"positive_weights", positives_}} : Buffers{};
    }

  private:
    torch::Tensor labels_of(const HostBatch& rows) const override {
        const torch::Tensor all = torch::zeros({rows.rows, classes_});
        auto sets = all.accessor<float, 2>();
        for (std::int64_t row = 0; row < rows.rows; ++row)
            for (const std::int32_t c : rows.examples[static_cast<std::size_t>(row)]->classes) sets[row][c] = 1.0f;
        return all;
    }
    torch::Tensor plain(const torch::Tensor& logits, const Batch& batch) const override {
        return binary_rows(logits, batch[array::labels], {});
    }
    torch::Tensor criterion(const torch::Tensor& logits, const Batch& batch) const override {
        return config_.loss == "focal" ? binary_focal_rows(logits, batch[array::labels], positives_, config_.gamma)
                                       : binary_rows(logits, batch[array::labels], positives_);
    }
    bool criterion_is_plain() const override { return config_.loss == "binary" && !positives_.defined(); }
    torch::Tensor said(const torch::Tensor& logits) const override { return torch::sigmoid(logits); }

    MultiLabelConfig config_;
    std::int64_t classes_;
    torch::Tensor positives_;
};

}  // namespace

ObjectiveKind multi_label_kind() {
    auto kind = kind_of<ObjectiveKind, MultiLabelConfig>(
        {.id = "multi_label",
         .title = "Several classes at once",
         .summary = "Any number of classes for each text or picture: tags, emotions, what stands in a picture.",
         .source = ""},
        [](const MultiLabelConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<MultiLabel>(config, inputs);
        });
    kind.needs = {"pooled features", "labels of the kind set"};
    kind.offers = offers_of_whole_rows;
    kind.causal = false;
    kind.judged_as(LabelKind::class_set);
    return kind;
}

}  // namespace gw
