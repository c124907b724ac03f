#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "objective/catalog.h"
#include "objective/contrastive.h"
#include "objective/label_head.h"

// Shape letters: N pairs of a batch, T tokens of a caption, D width of the shared space.
namespace gw {

namespace {

struct ImageTextConfig {
    double temperature = 0.07;
    static constexpr auto fields = std::tuple{
        schema::field<&ImageTextConfig::temperature>(
            {.key = "temperature",
             .label = "First temperature",
             .help = "What similarities are divided by when training begins; it is learnt, and never falls below 0.01. "
                     "A picture is held against the captions of its own micro-batch: accumulation adds none, a larger "
                     "micro-batch does.",
             .min = 0.01,
             .max = 1,
             .scale = schema::Scale::log,
             .weightless = true}),
    };
};

constexpr double most_scale = 100;

/// A picture is to find its caption among all captions of the batch, and the caption its picture. Another pair with the
/// same caption is held against it like any other, as in the paper.
class ImageText final : public Objective {
  public:
    explicit ImageText(const ImageTextConfig& config)
        : log_scale_(Initialiser::constant(1, std::min(-std::log(config.temperature), std::log(most_scale)))) {}

    bool adds_up() const override { return false; }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", both_ways(net, batch, pass).losses.sum()}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const Contrast found = both_ways(net, batch, pass);
        return {found.losses, {}, found.hits};
    }

    std::pair<torch::Tensor, torch::Tensor> pair_features(Backbone& net, const Batch& batch,
                                                          const Pass& pass) const override {
        const torch::Tensor images = batch[array::image], tokens_NT = batch[array::tokens];
        TORCH_CHECK(images.defined() && tokens_NT.defined(), "rows must hold a picture and its caption");
        Batch captions = Batch::of_tokens(tokens_NT);
        if (const torch::Tensor valid = batch[array::valid]; valid.defined()) captions.set(array::valid, valid);
        return {unit_rows(pooled(net.features(Batch::of_images(images), pass), {}, "mean")),
                unit_rows(pooled(net.features(captions, pass), {}, "mean"))};
    }

    Parameters parameters() const override { return {{"log_scale", log_scale_}}; }

    /// What is clipped is the weight, not the factor, so that it can come back (section 2.5 of the paper).
    void after_update(Backbone&) override {
        const torch::NoGradGuard no_grad;
        torch::Tensor(log_scale_).clamp_max_(std::log(most_scale));
    }

  private:
    /// Losses: the mean of both directions. Hits: what the picture finds first is its caption, or one of the same
    /// words.
    Contrast both_ways(Backbone& net, const Batch& batch, const Pass& pass) const {
        const auto [images_ND, captions_ND] = pair_features(net, batch, pass);
        const torch::Tensor scaled_ND = images_ND * log_scale_.exp();
        const torch::Tensor losses =
            (one_way(scaled_ND, captions_ND, 1).losses + one_way(captions_ND, scaled_ND, 1).losses) / 2;
        const torch::NoGradGuard no_grad;
        const torch::Tensor tokens_NT = batch[array::tokens],
                            first_N = torch::matmul(images_ND, captions_ND.t()).argmax(1);
        return {losses, tokens_NT.index_select(0, first_N).eq(tokens_NT).all(1)};
    }

    torch::Tensor log_scale_;  ///< [1]: logarithm of what similarities are multiplied by
};

}  // namespace

ObjectiveKind image_text_kind() {
    auto kind = kind_of<ObjectiveKind, ImageTextConfig>(
        {.id = "image_text",
         .title = "Image and text (CLIP)",
         .summary = "Each picture is found by its caption among those of the micro-batch, and the caption by its "
                    "picture: both are brought into one space.",
         .source = "Radford et al. 2021, arXiv:2103.00020"},
        [](const ImageTextConfig& config, const ObjectiveInputs&) -> std::unique_ptr<Objective> {
            return std::make_unique<ImageText>(config);
        });
    kind.needs = {"image", "captions", "tokens", "two towers"};
    // Tokenizers need text, and captions are that where somebody reads them.
    kind.offers = [](const Json&) { return std::vector<std::string>{"text"}; };
    kind.causal = false;
    kind.head_parameters = [](const Json&, const BackboneFacts&) { return std::int64_t{1}; };
    kind.least_rows = [](const Json&) { return std::int64_t{2}; };
    kind.metrics = {"loss",
                    "accuracy",
                    "image_to_text_recall_1",
                    "image_to_text_recall_5",
                    "text_to_image_recall_1",
                    "text_to_image_recall_5",
                    "zero_shot_accuracy"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
