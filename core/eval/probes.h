#pragma once
#include <torch/types.h>

#include "eval/predictions.h"

// How much frozen features say of labels. N examples, D width of the features.
namespace gw {

/// Features and labels of examples.
struct FeatureSet {
    torch::Tensor features_ND;          ///< float32 on the CPU
    std::vector<std::int32_t> classes;  ///< of each example, with classes
    std::vector<double> values;         ///< of each example, with numbers
    std::vector<std::int64_t> documents;
};

/// Votes of the `k` nearest by cosine, each exp(cosine / 0.07) (Wu et al. 2018, arXiv:1805.01978, section 3.4); of
/// numbers their mean.
Predictions knn_probe(const FeatureSet& train, const FeatureSet& test, LabelKind kind,
                      const std::vector<std::string>& classes, std::int64_t k = 20);

/// Multinomial logistic regression on standardised features with an L2 penalty of `l2` / 2 |w|^2 a mean of losses, by
/// L-BFGS; of numbers ridge regression in closed form (Alain and Bengio 2017, arXiv:1610.01644).
Predictions linear_probe(const FeatureSet& train, const FeatureSet& test, LabelKind kind,
                         const std::vector<std::string>& classes, double l2 = 1e-3);

/// Logarithm of maximum evidence a label: how likely the labels are under a Bayesian linear model of the features, its
/// two precisions chosen to make them likeliest (You et al. 2021, arXiv:2102.11005, algorithm 1). Higher is better;
/// mean over classes.
double log_maximum_evidence(const FeatureSet& set, LabelKind kind, std::int64_t classes);

}  // namespace gw
