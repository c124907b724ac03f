#pragma once
#include <torch/types.h>

#include <string>

// Losses of labelled rows. N rows, C classes. Each gives the loss of every row, [N] float32 (float64 for float64
// input), in nats where it is one of probabilities.
namespace gw {

/// -log softmax(logits)[target], times the target class's weight; `smoothing` spreads that share of the target over all
/// classes (Szegedy et al. 2016, arXiv:1512.00567, section 7). `weights_C` may be undefined.
torch::Tensor cross_entropy_rows(const torch::Tensor& logits_NC, const torch::Tensor& targets_N,
                                 const torch::Tensor& weights_C, double smoothing);

/// -(1 - p)^gamma log p of the target class (Lin et al. 2017, arXiv:1708.02002, equation 4).
torch::Tensor focal_rows(const torch::Tensor& logits_NC, const torch::Tensor& targets_N, const torch::Tensor& weights_C,
                         double gamma);

/// max(0, 1 - score of the target + best score of the others) (Crammer and Singer 2001).
torch::Tensor hinge_rows(const torch::Tensor& scores_NC, const torch::Tensor& targets_N,
                         const torch::Tensor& weights_C);

/// Sum over classes of -log p(class is in the set or not), sigmoid probabilities; `sets_NC` holds zeros and ones. The
/// terms of rows that have a class are multiplied by its `positive_C`, which may be undefined.
torch::Tensor binary_rows(const torch::Tensor& logits_NC, const torch::Tensor& sets_NC,
                          const torch::Tensor& positive_C);

/// The same, each term times (1 - p of what is true)^gamma.
torch::Tensor binary_focal_rows(const torch::Tensor& logits_NC, const torch::Tensor& sets_NC,
                                const torch::Tensor& positive_C, double gamma);

/// (x - y)^2; |x - y|; Huber 1964: quadratic within `delta`, linear beyond: delta (|x - y| - delta / 2).
torch::Tensor squared_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N);
torch::Tensor absolute_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N);
torch::Tensor huber_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N, double delta);

/// ln cosh(x - y), which is squared near and absolute far without a bend (Saleh and Saleh 2022, arXiv:2208.04564).
torch::Tensor log_cosh_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N);

/// q (y - x) where the value x lies below its target y, (1 - q) (x - y) above: in expectation least at the quantile q
/// (Koenker and Bassett 1978, doi:10.2307/1913643, equation 2.2).
torch::Tensor quantile_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N, double quantile);

/// The one that a setting names: "squared", "absolute", "huber", "log_cosh" or "quantile".
torch::Tensor number_rows(const std::string& loss, const torch::Tensor& values_N, const torch::Tensor& targets_N,
                          double delta, double quantile);

/// The loss of rows that are mixed with others: by the share of its own that a row holds against its own label, by the
/// rest against its partner's.
torch::Tensor mixed_rows(const torch::Tensor& own_N, const torch::Tensor& partner_N, const torch::Tensor& shares_N);

}  // namespace gw
