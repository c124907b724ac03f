#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/contrastive.h"

// Shape letters: N pictures, M views of them (2 N), D width of the embeddings.
namespace gw {

namespace {

struct MetricLearningConfig : ProjectionSettings {
    std::string loss = "triplet";
    double margin = 0.2;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&MetricLearningConfig::loss>(
                {.key = "loss",
                 .label = "Loss",
                 .help = "Triplets: of each picture the farthest of its class is to be nearer, by the margin, than the "
                         "nearest of another. Pairs: pictures of a class lie together, others a margin apart. Both go "
                         "over the micro-batch.",
                 .choices = "triplet=Triplets|pairs=Pairs"}),
            schema::field<&MetricLearningConfig::margin>(
                {.key = "margin",
                 .label = "Margin",
                 .help = "Between embeddings of length 1: of triplets a difference of squared distances, which are 4 "
                         "at most; of pairs a distance, which is 2 at most.",
                 .min = 0.001,
                 .max = 4}),
        },
        ProjectionSettings::fields);
};

/// Classes are told apart by distances of embeddings. It reads labels but says none of a row, as
/// supervised_contrastive.
class MetricLearning final : public ViewContrast {
  public:
    MetricLearning(const MetricLearningConfig& config, const ObjectiveInputs& inputs)
        : ViewContrast(inputs, config), by_triplets_(config.loss == "triplet"), margin_(config.margin) {}

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch = ViewContrast::feed(rows, seeds);
        batch.set(array::labels, classes_of(rows));
        return batch;
    }

  private:
    Contrast contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND,
                      const Batch& batch) const override {
        const torch::Tensor classes_N = batch[array::labels];
        return by_triplets_ ? triplet_contrast(first_ND, second_ND, classes_N, margin_)
                            : pair_contrast(first_ND, second_ND, classes_N, margin_);
    }

    bool by_triplets_;
    double margin_;
};

}  // namespace

ObjectiveKind metric_learning_kind() {
    auto kind = kind_of<ObjectiveKind, MetricLearningConfig>(
        {.id = "metric_learning",
         .title = "Metric learning",
         .summary =
             "Distances of embeddings tell classes apart, by triplets or pairs of pictures; new classes can then "
             "be told by their nearest pictures.",
         .source = "Hermans, Beyer and Leibe 2017, arXiv:1703.07737; Hadsell, Chopra and LeCun 2006, \"Dimensionality "
                   "reduction by learning an invariant mapping\""},
        [](const MetricLearningConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<MetricLearning>(config, inputs);
        });
    kind.needs = {"image", "pooled features", "labels of the kind class"};
    learns_from_views(kind);
    return kind;
}

}  // namespace gw
