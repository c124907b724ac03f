#pragma once
#include "model/layers.h"
#include "objective/objective.h"

namespace gw {

/// The settings that all heads over pooled features share; a kind's config derives from it and puts its fields behind
/// its own (std::tuple_cat).
struct HeadSettings {
    double dropout = 0.1;
    std::string pooling = "mean";
    std::int64_t hidden = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&HeadSettings::dropout>({.key = "dropout",
                                               .label = "Dropout before the head",
                                               .help = "Share of the features zeroed while training.",
                                               .min = 0,
                                               .max = 0.9}),
        schema::field<&HeadSettings::pooling>({.key = "pooling",
                                               .label = "Pooling",
                                               .help = "How the features of a text's tokens, or of a window's points "
                                                       "in time, become one vector. Means nothing "
                                                       "for pictures and tables, which the backbone pools itself.",
                                               .audience = schema::Audience::expert,
                                               .choices = "mean=Mean|last=Last|first=First|max=Largest value"}),
        schema::field<&HeadSettings::hidden>({.key = "hidden",
                                              .label = "Hidden layer",
                                              .help = "Width of a layer between features and output; 0 = none.",
                                              .min = 0,
                                              .max = 65536,
                                              .audience = schema::Audience::expert}),
    };
};

/// The features of a row as one vector [B, D], float32 at least: as the backbone pooled them, or of a sequence over the
/// positions that hold a token.
torch::Tensor pooled(const Features& features, const torch::Tensor& valid_BT, const std::string& pooling);

/// 1 for each class, or n / (C n_c): rare classes weigh more, and the mean over the training part stays 1. Undefined
/// when off.
torch::Tensor balanced_weights(const LabelFacts& labels, bool balanced);

/// Of sets of classes: for each class the training texts without it over those with it, so that both sides weigh the
/// same in its question; 1 where all or none have it, which nothing can balance. Undefined when off.
torch::Tensor balanced_positives(const LabelFacts& labels, bool balanced);

/// What objectives offer to augmentations whose rows have one label each (or one set, or number), which a head scores
/// from the whole row.
std::vector<std::string> offers_of_whole_rows(const Json&);

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

/// What learns from labels by one head over the features of any backbone, pooled or of a sequence. One kind for each
/// sort of label (a class, a set of classes, a number, a class a word), which says how a row is scored against its
/// label: losses, metrics and what they need of the data differ by it, so that one kind for all would have settings
/// that mean nothing for most data. Of a row that is mixed with another (HostBatch::partners), both labels are scored
/// and count by what the row holds of each (Zhang et al. 2018, arXiv:1710.09412).
class LabelledObjective : public Objective {
  public:
    Batch feed(const HostBatch& rows, const RowSeeds&) const override;
    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override;
    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override;
    torch::Tensor predict(Backbone& net, const Batch& batch, const Pass& pass) const override;
    Parameters parameters() const override;

  protected:
    LabelledObjective(const ObjectiveInputs& inputs, const HeadSettings& head, std::int64_t outputs)
        : head_(inputs, head.hidden, head.dropout, outputs), pooling_(head.pooling) {}
    /// The labels of rows as array::labels.
    virtual torch::Tensor labels_of(const HostBatch& rows) const = 0;
    /// Head outputs: [B, outputs] of pooled features.
    virtual torch::Tensor scores(Backbone& net, const Batch& batch, const Pass& pass) const;
    /// Measures::losses_N.
    virtual torch::Tensor plain(const torch::Tensor& scores, const Batch& batch) const = 0;
    /// What training minimises, a value for each row, against array::labels.
    virtual torch::Tensor criterion(const torch::Tensor& scores, const Batch& batch) const = 0;
    /// Whether that is the plain measure itself.
    virtual bool criterion_is_plain() const = 0;
    /// Measures::said.
    virtual torch::Tensor said(const torch::Tensor& scores) const = 0;
    torch::Tensor head(const torch::Tensor& features_ND, const Pass& pass) const { return head_(features_ND, pass); }

  private:
    torch::Tensor mixed_criterion(const torch::Tensor& scores, const Batch& batch) const;
    LabelHead head_;
    std::string pooling_;
};

}  // namespace gw
