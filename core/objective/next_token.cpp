#include <torch/types.h>
#include <torch/utils.h>

#include "model/carried.h"
#include "model/layers.h"
#include "objective/catalog.h"

// Shape letters: B batch, T time, D width, V vocabulary, N counted positions.
namespace gw {

namespace {

struct NextTokenConfig {
    std::string teacher;
    double teacher_weight = 0.5, temperature = 2;

    static constexpr auto fields = std::tuple{
        schema::field<&NextTokenConfig::teacher>(
            {.key = "teacher",
             .label = "Teacher",
             .help = "Folder of a checkpoint whose model is imitated beside the text (distillation); empty = none. It "
                     "must have this run's tokenizer.",
             .audience = schema::Audience::expert,
             .holds = schema::Holds::checkpoint}),
        schema::field<&NextTokenConfig::teacher_weight>(
            {.key = "teacher_weight",
             .label = "Weight of the teacher",
             .help = "Share of the teacher in what is minimised; the text has the rest.",
             .min = 0,
             .max = 1,
             .audience = schema::Audience::expert}),
        schema::field<&NextTokenConfig::temperature>(
            {.key = "temperature",
             .label = "Temperature",
             .help = "Softens what the teacher and the pupil say before they are compared.",
             .min = 0.1,
             .max = 100,
             .audience = schema::Audience::expert}),
    };
};

/// Each position predicts the token that follows it: loss = sum of -log p(x[t+1] | x[0..t]).
/// Source: Bengio et al. 2003; as used by Radford et al. 2019 (GPT-2).
/// With a teacher p: (1 - w) times that, plus w T^2 KL(p_T || q_T) at each position, p_T and q_T being the softmax of
/// the logits over T (Hinton et al. 2015, section 2, arXiv:1503.02531).
class NextToken final : public Objective {
  public:
    NextToken(const NextTokenConfig& config, const ObjectiveInputs& inputs)
        : config_(config), embedding_(inputs.backbone.token_embedding), teacher_(inputs.teacher) {
        if (!inputs.backbone.tied) {
            const Initialiser init("gpt2", inputs.seed);
            output_ = init.table("output.weight", inputs.backbone.vocabulary, inputs.backbone.width);
        }
    }

    std::int64_t window_length(std::int64_t context) const override { return context + 1; }
    std::int64_t window_stride(std::int64_t context) const override { return context; }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        const torch::Tensor ids = Batch(rows)[array::tokens];
        const std::int64_t positions = rows.length() - 1;
        Batch batch;
        // Copies: of a single row both views are contiguous as they are and would share memory that the caller may
        // write to.
        batch.set(array::tokens, ids.narrow(1, 0, positions).clone());
        batch.set(array::targets, ids.narrow(1, 1, positions).clone());
        batch.count();
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor features_BTD = net.features(batch, pass).sequence_BTD;
        if (!teacher_) return loss_of_counted(features_BTD, batch, {weight()}, pass);
        const auto [features_ND, targets_N] = counted(features_BTD, batch);
        const torch::Tensor logits_NV = logits(features_ND, pass);
        return {{"cross_entropy", cross_entropy_sum(logits_NV, targets_N), 1 - config_.teacher_weight},
                {"distillation", divergence_N(taught_ND(batch), logits_NV).sum(), config_.teacher_weight}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor features_BTD = net.features(batch, pass).sequence_BTD;
        Measures found = measures_of_counted(features_BTD, batch, {weight()}, pass);
        if (!teacher_) return found;
        const torch::Tensor divergence =
            divergence_N(taught_ND(batch), logits(counted(features_BTD, batch).first, pass));
        found.criterion_N = (1 - config_.teacher_weight) * found.losses_N + config_.teacher_weight * divergence;
        found.parts = {{"distillation", divergence}};
        return found;
    }

    torch::Tensor logits(const torch::Tensor& features_ND, const Pass& pass) const override {
        return project(features_ND, weight(), {}, pass).to(torch::kFloat32);
    }

    Parameters parameters() const override {
        return output_.defined() ? Parameters{{"output.weight", output_}} : Parameters{};
    }
    bool is_language_model() const override { return true; }

  private:
    /// What the teacher makes of the counted positions. It is shown the tokens alone: a state that is carried is its
    /// pupil's.
    torch::Tensor taught_ND(const Batch& batch) const {
        const torch::NoGradGuard no_grad;
        const Batch shown = Batch::of_tokens(batch[array::tokens]);
        return counted(teacher_->net->features(shown, teacher_->pass).sequence_BTD, batch).first;
    }
    /// T^2 KL(p_T || q_T), position after position; so many at once that a block of logits takes 16 MiB at most.
    torch::Tensor divergence_N(const torch::Tensor& taught, const torch::Tensor& logits_NV) const {
        constexpr std::int64_t most_values = std::int64_t{1} << 22;
        const std::int64_t together = std::max<std::int64_t>(1, most_values / logits_NV.size(1));
        const double t = config_.temperature;
        std::vector<torch::Tensor> blocks;
        for (std::int64_t first = 0; first < taught.size(0); first += together) {
            const std::int64_t count = std::min(together, taught.size(0) - first);
            torch::Tensor log_p;
            {
                const torch::NoGradGuard no_grad;
                const torch::Tensor said = teacher_->objective->logits(taught.narrow(0, first, count), teacher_->pass);
                log_p = torch::log_softmax(said / t, -1);
            }
            const torch::Tensor log_q = torch::log_softmax(logits_NV.narrow(0, first, count) / t, -1);
            blocks.push_back((log_p.exp() * (log_p - log_q)).sum(-1) * (t * t));
        }
        return torch::cat(blocks);
    }
    const torch::Tensor& weight() const { return output_.defined() ? output_ : embedding_; }
    NextTokenConfig config_;
    torch::Tensor embedding_, output_;
    std::optional<Teacher> teacher_;
};

}  // namespace

ObjectiveKind next_token_kind() {
    auto kind = kind_of<ObjectiveKind, NextTokenConfig>(
        {.id = "next_token",
         .title = "Next token",
         .summary = "Predict each token from those before it: a language model that writes text.",
         .source = "Bengio et al. 2003; Radford et al. 2019; with a teacher Hinton et al. 2015, arXiv:1503.02531"},
        [](const NextTokenConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<NextToken>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "a backbone that reads left to right"};
    kind.offers = [](const Json&) { return std::vector<std::string>{text_in_order}; };
    kind.causal = true;
    kind.head_when_tied = false;
    kind.head_parameters = [](const Json&, const BackboneFacts& backbone) {
        return backbone.tied ? std::int64_t{0} : backbone.vocabulary * backbone.width;
    };
    kind.metrics = {"loss", "perplexity", "bits_per_byte", "nats_per_byte", "accuracy", "criterion", "distillation"};
    kind.main_metric = "loss";
    kind.teacher = [](const Json& settings) { return settings.value("teacher", std::string()); };
    return kind;
}

}  // namespace gw
