#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B pictures, C channels, H height, W width, N rotated pictures (4 B).
namespace gw {

namespace {

constexpr std::int64_t quarters = 4;

/// "8 x 12 pixels do not ...", of pictures that are not square.
std::string no_turn(std::int64_t height, std::int64_t width) {
    return std::to_string(height) + " x " + std::to_string(width) +
           " pixels do not keep their shape when they are turned by a quarter";
}

struct RotationConfig {
    static constexpr auto fields = std::tuple{};
};

/// Each picture is shown upright and turned by one, two and three quarters, and a linear layer over the features says
/// which: loss = sum of -log p(turn) over the four. All four stand in one pass, picture after picture, and each counts.
class Rotation final : public Objective {
  public:
    explicit Rotation(const ObjectiveInputs& inputs) : head_(inputs, /*hidden=*/0, /*dropout=*/0, quarters) {}

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        const torch::Tensor images = batch[array::image];
        if (images.size(2) != images.size(3))
            throw Failure({Error::Code::bad_spec,
                           "Pictures of " + no_turn(images.size(2), images.size(3)),
                           "Give pictures that are as high as wide, or set objective.kind=simclr",
                           {"field objective.kind"}});
        batch.counted = quarters * rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", guess(net, batch, pass).first.sum()}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [losses_N, hits_N] = guess(net, batch, pass);
        return {losses_N, {}, hits_N};
    }

    Parameters parameters() const override {
        Parameters all;
        head_.list(all);
        return all;
    }

  private:
    std::pair<torch::Tensor, torch::Tensor> guess(Backbone& net, const Batch& batch, const Pass& pass) const {
        const torch::Tensor images = batch[array::image];
        std::vector<torch::Tensor> turned;
        for (std::int64_t k = 0; k < quarters; ++k) turned.push_back(torch::rot90(images, k, {2, 3}));
        const torch::Tensor all = torch::stack(turned, 1).flatten(0, 1);
        const torch::Tensor targets_N =
            torch::arange(quarters, torch::TensorOptions(torch::kInt64).device(images.device()))
                .repeat({images.size(0)});
        const torch::Tensor logits = head_(pooled(net.features(Batch::of_images(all), pass), {}, "mean"), pass);
        return {cross_entropy_rows(logits, targets_N, {}, 0), logits.argmax(1).eq(targets_N)};
    }
    LabelHead head_;
};

}  // namespace

ObjectiveKind rotation_kind() {
    auto kind = kind_of<ObjectiveKind, RotationConfig>(
        {.id = "rotation",
         .title = "Rotation",
         .summary = "Say by how many quarters a picture was turned, which takes to know what it shows: features from "
                    "pictures without labels. Each step sees every picture four times.",
         .source = "Gidaris et al. 2018, arXiv:1803.07728"},
        [](const RotationConfig&, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Rotation>(inputs);
        });
    kind.passes = 4;
    kind.needs = {"image", "pooled features"};
    kind.causal = false;
    kind.head_parameters = [](const Json&, const BackboneFacts& backbone) { return (backbone.width + 1) * quarters; };
    kind.check_input = [](const InputFacts& input, const std::string& at) {
        if (!input.image || input.image->height == input.image->width) return schema::Problems{};
        return schema::Problems{{at + ".kind", "pictures of " + no_turn(input.image->height, input.image->width) +
                                                   "; give pictures that are as high as wide, or choose another "
                                                   "objective"}};
    };
    kind.metrics = {"loss", "accuracy"};
    kind.main_metric = "accuracy";
    return kind;
}

}  // namespace gw
