#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/contrastive.h"

// Shape letters: N pictures, D width of the embeddings.
namespace gw {

namespace {

struct SupervisedContrastiveConfig : ProjectionSettings {
    double temperature = 0.1;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&SupervisedContrastiveConfig::temperature>(
                {.key = "temperature",
                 .label = "Temperature",
                 .help = "What similarities are divided by: the lower, the more the loss looks at the likest pictures. "
                         "A picture is compared with those of its micro-batch: accumulation adds none, a larger "
                         "micro-batch does.",
                 .min = 0.01,
                 .max = 10,
                 .scale = schema::Scale::log}),
        },
        ProjectionSettings::fields);
};

/// All views of a class are to be likest to each other. It reads labels but says none of a row, so that what it reports
/// is how well rows find their like, and labels() is that of an objective without labels.
class SupervisedContrastive final : public ViewContrast {
  public:
    SupervisedContrastive(const SupervisedContrastiveConfig& config, const ObjectiveInputs& inputs)
        : ViewContrast(inputs, config), temperature_(config.temperature) {}

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch = ViewContrast::feed(rows, seeds);
        batch.set(array::labels, classes_of(rows));
        return batch;
    }

  private:
    Contrast contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND,
                      const Batch& batch) const override {
        return supervised_contrast(first_ND, second_ND, batch[array::labels], temperature_);
    }
    double temperature_;
};

}  // namespace

ObjectiveKind supervised_contrastive_kind() {
    auto kind = kind_of<ObjectiveKind, SupervisedContrastiveConfig>(
        {.id = "supervised_contrastive",
         .title = "Supervised contrastive",
         .summary = "Views of pictures of one class are pulled together and those of others pushed away; a classifier "
                    "is then trained on the features.",
         .source = "Khosla et al. 2020, arXiv:2004.11362"},
        [](const SupervisedContrastiveConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<SupervisedContrastive>(config, inputs);
        });
    kind.needs = {"image", "pooled features", "labels of the kind class"};
    learns_from_views(kind);
    return kind;
}

}  // namespace gw
