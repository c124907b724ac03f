#pragma once
#include "model/layers.h"
#include "objective/objective.h"

namespace gw {

inline constexpr const char* pooling_choices = "mean|last|first|max";

/// The features of a row as one vector: features [B, T, D] -> [B, D] float32, over the positions that hold a token.
torch::Tensor pooled(const torch::Tensor& features_BTD, const torch::Tensor& valid_BT, const std::string& pooling);

/// Rows of labelled examples as a fed batch without labels: ids and which positions hold a token.
FedBatch feed_rows(const Windows& windows);

/// 1 for each class, or n / (C n_c): rare classes weigh more, and the mean over the training part stays 1. Undefined when off.
torch::Tensor balanced_weights(const LabelFacts& labels, bool balanced);

/// Of sets of classes: for each class the training texts without it over those with it, so that both sides weigh the same in its question;
/// 1 where all or none have it, which nothing can balance. Undefined when off.
torch::Tensor balanced_positives(const LabelFacts& labels, bool balanced);

/// Dropout, an optional hidden layer with tanh (as BERT's pooler), and a linear layer.
class LabelHead {
  public:
    LabelHead() = default;
    /// `hidden` = 0: no hidden layer.
    LabelHead(const ObjectiveInputs& inputs, std::int64_t hidden, double dropout, std::int64_t outputs);
    /// [N, D] -> [N, outputs] float32.
    torch::Tensor operator()(const torch::Tensor& features_ND, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    Linear hidden_, output_;
    bool has_hidden_ = false;
    double dropout_ = 0;
};

}  // namespace gw
