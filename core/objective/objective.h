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
#include "util/rng.h"

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

/// What training minimises. It stays on the device; nothing here waits for it.
struct LossParts {
    torch::Tensor loss_sum;  ///< scalar float32, sum over counted positions; differentiable
};

/// What evaluation asks of a batch: a value for each counted position (row of labelled data), in their order, float32 on the device.
struct Measures {
    /// The plain measure, which runs with different losses can share: -log p of what is true, without smoothing, weights or focus (of
    /// scores that were trained by a margin: of their softmax); of numbers the squared error in the labels' own unit.
    torch::Tensor losses_N;
    torch::Tensor criterion_N;  ///< what training minimises, where that is something else; else undefined
    torch::Tensor hits_N;       ///< bool: the likeliest guess is right; undefined with labels, whose predictions tell more
};

using LogitsOf = std::function<torch::Tensor(const torch::Tensor& features_ND)>;
/// Cross entropy over the counted positions alone: `logits_of` maps [N, width] to [N, vocabulary].
LossParts loss_of_counted(const torch::Tensor& features_BTD, const FedBatch& batch, const LogitsOf& logits_of);
/// The same position after position, with hits. Logits are made for so many positions at once that they take 16 MiB at most.
Measures measures_of_counted(const torch::Tensor& features_BTD, const FedBatch& batch, std::int64_t vocabulary, const LogitsOf& logits_of);

/// Names the random choices in each row of a batch: by the row, so that a training batch is pure in its seed; or by the row's place in
/// the data, so that a window is fed the same whatever stands beside it.
class RowSeeds {
  public:
    RowSeeds(std::uint64_t seed) : seed_(seed) {}  // implicit: a seed alone is one by row
    static RowSeeds by_place(std::uint64_t seed) {
        RowSeeds seeds(seed);
        seeds.by_place_ = true;
        return seeds;
    }
    std::uint64_t of(const Windows& windows, std::int64_t row) const {
        return mix64(seed_, static_cast<std::uint64_t>(by_place_ ? windows.starts[static_cast<std::size_t>(row)] : row));
    }

  private:
    std::uint64_t seed_;
    bool by_place_ = false;
};

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
    /// Pure in (windows, seeds): the same step always feeds the same batch. CPU tensors.
    virtual FedBatch feed(const Windows& windows, const RowSeeds& seeds) const = 0;
    /// features [B, T, width] from the backbone -> loss. `batch` lies on the features' device.
    virtual LossParts loss(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const = 0;
    /// The same features -> what they are judged by.
    virtual Measures measures(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const = 0;
    /// features [N, width] -> logits [N, vocabulary], float32; of objectives without labels.
    virtual torch::Tensor logits(const torch::Tensor& features_ND, const Pass& pass) const;
    /// What it says of labelled rows: probabilities [B, classes] or numbers [B, 1], float32; of words [words, classes], in the order of
    /// the counted positions. Of objectives with labels.
    virtual torch::Tensor predict(const torch::Tensor& features_BTD, const FedBatch& batch, const Pass& pass) const;
    virtual Parameters parameters() const = 0;        ///< of the head alone
    virtual Buffers buffers() const { return {}; }  ///< likewise
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
    bool causal = true;          ///< what `attention: auto` becomes
    bool head_when_tied = true;  ///< the head has weights of its own where the output shares the token embedding
    /// Judged as labels of this kind are.
    void judged_as(LabelKind labels) {
        metrics = task_metric_names(labels);
        metrics.insert(metrics.begin() + 1, "criterion");
        main_metric = gw::main_metric(labels);
    }
};

/// All objective kinds, in the order people see them.
std::span<const ObjectiveKind> objectives();

}  // namespace gw
