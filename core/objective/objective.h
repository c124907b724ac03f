#pragma once
#include <torch/types.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/batch_source.h"
#include "model/backbone.h"
#include "schema/kind.h"

namespace gw {

/// What is fed to the backbone and what is expected of it.
struct FedBatch {
    torch::Tensor ids_BT;      ///< int64 [batch, time]
    torch::Tensor targets_BT;  ///< int64 [batch, time]; `not_counted` where nothing is asked
    torch::Tensor labels;      ///< of labelled rows: classes int64 [B], sets float [B, C] of zeros and ones, or numbers float [B]
    torch::Tensor valid_BT;    ///< bool [batch, time], false in the padding behind a row's end; undefined = all rows are full
    torch::Tensor positions_N; ///< int64 [counted], flat indices of the counted positions; undefined = all of them
    std::int64_t counted = 0;  ///< positions that count, known on the CPU: the divisor of the mean

    /// Fills `positions_N` and `counted` from the targets (on the CPU, before the batch goes to a device).
    void count();
    FedBatch to(torch::Device device) const;
    /// The pass that this batch goes through a backbone with.
    Pass through(Pass pass) const {
        pass.valid_BT = valid_BT;
        return pass;
    }
};
inline constexpr std::int64_t not_counted = -100;

/// Sum over rows of -log softmax(logits)[target], float32; logits [N, V], targets [N] int64.
torch::Tensor cross_entropy_sum(const torch::Tensor& logits_NV, const torch::Tensor& targets_N);

/// A loss with its named parts. All tensors stay on the device; nothing here waits for it.
struct LossParts {
    torch::Tensor loss_sum;    ///< scalar float32, sum over counted positions, in nats; differentiable
    std::vector<std::pair<std::string, torch::Tensor>> sums;  ///< other sums over counted positions, e.g. {"accuracy", hits}
};

/// Cross entropy and, outside training, accuracy over the counted positions alone: `logits_of` maps [N, width] to [N, vocabulary].
LossParts loss_of_counted(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass,
                          const std::function<torch::Tensor(const torch::Tensor&)>& logits_of);

/// What is learnt: it turns windows of tokens into a fed batch, owns the head, and gives the loss.
class Objective {
  public:
    virtual ~Objective() = default;
    /// The labels it learns from; with `none` it learns from the stream itself.
    virtual LabelKind labels() const { return LabelKind::none; }
    /// Tokens that a window must hold for `context` positions to be fed.
    virtual std::int64_t window_length(std::int64_t context) const { return context; }
    /// How far windows step, so that every token is a target once an epoch.
    virtual std::int64_t window_stride(std::int64_t context) const { return context; }
    /// Pure in (windows, seed): the same step always feeds the same batch. CPU tensors.
    virtual FedBatch feed(const Windows& windows, std::uint64_t seed) const = 0;
    /// features [B, T, width] from the backbone -> loss. `batch` lies on the features' device.
    /// With `pass.training` off, "accuracy" (hits of the likeliest token) is among the sums.
    virtual LossParts loss(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const = 0;
    /// features [N, width] -> logits [N, vocabulary], float32; of objectives without labels.
    virtual torch::Tensor logits(const torch::Tensor& features_ND, const Pass& pass) const;
    /// What it says of labelled rows: probabilities [B, classes] or numbers [B, 1], float32; of words [words, classes], in the order of
    /// the counted positions. Of objectives with labels.
    virtual torch::Tensor predict(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const;
    virtual Parameters parameters() const = 0;  ///< of the head alone
    /// Whether the loss is a code length of the text, so that perplexity and bits per byte mean something.
    virtual bool is_language_model() const { return false; }
};

struct ObjectiveInputs {
    BackboneFacts backbone;
    const Tokenizer& tokenizer;
    std::uint64_t seed = 0;  ///< of the head's initial weights
    LabelFacts labels = {};
};

struct ObjectiveKind : Kind<std::unique_ptr<Objective>, const ObjectiveInputs&> {
    bool causal = true;      ///< what `attention: auto` becomes
    /// Judged as labels of this kind are.
    void judged_as(LabelKind labels) {
        metrics = task_metric_names(labels);
        main_metric = gw::main_metric(labels);
    }
};

/// All objective kinds, in the order people see them.
std::span<const ObjectiveKind> objectives();

}  // namespace gw
