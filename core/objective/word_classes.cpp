#include <torch/types.h>

#include "objective/catalog.h"
#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: B batch, T time, D width, C classes, N words.
namespace gw {

namespace {

struct WordClassesConfig {
    std::string loss = "cross_entropy";
    bool balanced = false;
    double smoothing = 0, gamma = 2, dropout = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&WordClassesConfig::loss>({.key = "loss",
                                                 .label = "Loss",
                                                 .help = "Cross entropy, or focal, which looks at hard words.",
                                                 .choices = "cross_entropy=Cross entropy|focal=Focal"}),
        schema::field<&WordClassesConfig::balanced>(
            {.key = "balanced",
             .label = "Balance classes",
             .help = "Weigh each class by the inverse of its share, so that rare ones count as much."}),
        schema::field<&WordClassesConfig::smoothing>(
            {.key = "smoothing",
             .label = "Label smoothing",
             .help = "Share of the target spread over all classes, against overconfidence.",
             .min = 0,
             .max = 0.9,
             .shown_when = "loss=cross_entropy"}),
        schema::field<&WordClassesConfig::gamma>({.key = "gamma",
                                                  .label = "Focus",
                                                  .help = "How little easy words count; 0 is cross entropy.",
                                                  .min = 0,
                                                  .max = 10,
                                                  .shown_when = "loss=focal"}),
        schema::field<&WordClassesConfig::dropout>({.key = "dropout",
                                                    .label = "Dropout before the head",
                                                    .help = "Share of the features zeroed while training.",
                                                    .min = 0,
                                                    .max = 0.9}),
    };
};

/// A class for each word, judged at the word's first token as BERT does (Devlin et al. 2019, section 5.3). Words past
/// the context do not count.
class WordClasses final : public LabelledObjective {
  public:
    WordClasses(const WordClassesConfig& config, const ObjectiveInputs& inputs)
        : LabelledObjective(inputs, {.dropout = config.dropout},
                            static_cast<std::int64_t>(inputs.labels.classes.size())),
          config_(config),
          weights_(balanced_weights(inputs.labels, config.balanced)) {}

    LabelKind labels() const override { return LabelKind::word_classes; }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        batch.set(array::targets, labels_of(rows));
        batch.count();
        return batch;
    }

    Buffers buffers() const override { return weights_.defined() ? Buffers{{"class_weights", weights_}} : Buffers{}; }

  private:
    /// [B, T], not_counted but at the first token of each word.
    torch::Tensor labels_of(const HostBatch& rows) const override {
        const std::int64_t length = rows.length();
        torch::Tensor all = torch::full({rows.rows, length}, not_counted, torch::kInt64);
        std::int64_t* targets = all.data_ptr<std::int64_t>();
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            const Example& example = *rows.examples[static_cast<std::size_t>(row)];
            for (std::size_t word = 0; word < example.word_starts.size(); ++word)
                if (example.word_starts[word] < rows.lengths[static_cast<std::size_t>(row)])
                    targets[row * length + example.word_starts[word]] = example.classes[word];
        }
        return all;
    }
    torch::Tensor scores(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor features_ND = net.features(batch, pass).sequence_BTD.flatten(0, 1),
                            positions_N = batch[array::positions];
        return head(positions_N.defined() ? features_ND.index_select(0, positions_N) : features_ND, pass);
    }
    torch::Tensor plain(const torch::Tensor& logits, const Batch& batch) const override {
        return cross_entropy_rows(logits, counted_targets(batch), {}, 0);
    }
    torch::Tensor criterion(const torch::Tensor& logits, const Batch& batch) const override {
        const torch::Tensor targets = counted_targets(batch);
        return config_.loss == "focal" ? focal_rows(logits, targets, weights_, config_.gamma)
                                       : cross_entropy_rows(logits, targets, weights_, config_.smoothing);
    }
    bool criterion_is_plain() const override {
        return config_.loss == "cross_entropy" && config_.smoothing == 0 && !weights_.defined();
    }
    torch::Tensor said(const torch::Tensor& logits) const override { return torch::softmax(logits, -1); }
    static torch::Tensor counted_targets(const Batch& batch) {
        const torch::Tensor flat = batch[array::targets].flatten(), positions_N = batch[array::positions];
        return positions_N.defined() ? flat.index_select(0, positions_N) : flat;
    }
    WordClassesConfig config_;
    torch::Tensor weights_;
};

}  // namespace

ObjectiveKind word_classes_kind() {
    auto kind = kind_of<ObjectiveKind, WordClassesConfig>(
        {.id = "word_classes",
         .title = "A class for each word",
         .summary = "Names, parts of speech: every word of a sentence gets a class.",
         .source = "Devlin et al. 2019, section 5.3, arXiv:1810.04805",
         .aliases = {"token_classification"}},
        [](const WordClassesConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<WordClasses>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "labels of the kind word"};
    kind.causal = false;
    kind.judged_as(LabelKind::word_classes);
    return kind;
}

}  // namespace gw
