#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/contrastive.h"

// Shape letters: N pictures, D width of the embeddings.
namespace gw {

namespace {

struct SimclrConfig : ProjectionSettings {
    double temperature = 0.5;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&SimclrConfig::temperature>(
                {.key = "temperature",
                 .label = "Temperature",
                 .help = "What similarities are divided by: the lower, the more the loss looks at the likest of the "
                         "other pictures. Those are the ones of the same micro-batch: accumulation adds none, a larger "
                         "micro-batch does.",
                 .min = 0.01,
                 .max = 10,
                 .scale = schema::Scale::log}),
        },
        ProjectionSettings::fields);
};

/// Two views of a picture are to be each other's likest among all views of the batch.
class Simclr final : public ViewContrast {
  public:
    Simclr(const SimclrConfig& config, const ObjectiveInputs& inputs)
        : ViewContrast(inputs, config), temperature_(config.temperature) {}

  private:
    Contrast contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND, const Batch&) const override {
        return nt_xent(first_ND, second_ND, temperature_);
    }
    double temperature_;
};

}  // namespace

ObjectiveKind simclr_kind() {
    auto kind = kind_of<ObjectiveKind, SimclrConfig>(
        {.id = "simclr",
         .title = "SimCLR",
         .summary = "Two views of each picture, changed by chance, are found among all others: features from pictures "
                    "without labels. The loss depends on the number of pictures in a micro-batch.",
         .source = "Chen et al. 2020, arXiv:2002.05709"},
        [](const SimclrConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Simclr>(config, inputs);
        });
    kind.needs = {"image", "pooled features", "views that differ"};
    learns_from_views(kind);
    return kind;
}

}  // namespace gw
