#pragma once
#include <torch/types.h>

#include <map>
#include <string>

// Whether features still tell pictures apart: a model that learns without labels can make its loss small by saying the
// same of all of them. N pictures, D width of the features. Each takes features of any floating type on any device and
// counts in float64 on the CPU.
namespace gw {

/// Values as these figures count: float64 on the CPU, off the graph.
torch::Tensor in_full(const torch::Tensor& features_ND);

/// Standard deviation over pictures of each value of the features, brought to length 1; mean over values, times
/// sqrt(D). 1 = spread evenly over all directions, 0 = all alike (Chen and He 2021, arXiv:2011.10566, section 4.1).
double feature_std(const torch::Tensor& features_ND);

/// exp of the entropy of the singular values as shares of their sum (Roy and Vetterli 2007, "The effective rank"): 1 to
/// min(N, D). Of the features as they are, so that a mean that all share is one direction; 0 where all are zero.
double effective_rank(const torch::Tensor& features_ND);

/// Mean squared distance of the two views of a picture, features brought to length 1 (Wang and Isola 2020,
/// arXiv:2005.10242, equation 1 with alpha = 2): 0 to 4.
double alignment(const torch::Tensor& first_ND, const torch::Tensor& second_ND);

/// log of the mean over pairs of different pictures of exp(-2 squared distance), features brought to length 1 (Wang and
/// Isola 2020, equation 2 with t = 2): -8 to 0. Needs two pictures.
double uniformity(const torch::Tensor& features_ND);

/// Values of codes whose variance over rows is above 0.01 (Burda, Grosse and Salakhutdinov 2015, arXiv:1509.00519,
/// section 5): the others say nothing of a picture.
double active_codes(const torch::Tensor& codes_NK);

/// Those of features by the names of schema/metric.h: those of one view, and with a second (undefined = none) the
/// alignment. What cannot be told is left out: uniformity of fewer than two pictures, and everything of features that
/// are not finite or of none.
std::map<std::string, double> collapse_meters(const torch::Tensor& features_ND, const torch::Tensor& second_ND);

}  // namespace gw
