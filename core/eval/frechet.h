#pragma once
#include <torch/types.h>

// How near drawn pictures come to real ones. N and M rows, D width of the features; any floating type on any device,
// counted in float64 on the CPU.
namespace gw {

/// |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)) of the means and covariances (over N and M, without correction) of two
/// sets of features (Heusel et al. 2017, arXiv:1706.08500, equation 6): 0 where both are the same. Few rows make it too
/// large, so that figures of unequal counts cannot be compared.
double frechet_distance(const torch::Tensor& first_ND, const torch::Tensor& second_MD);

/// Share of `drawn_MD` that lie within reach of a real row, and of `real_ND` within reach of a drawn one; a row reaches
/// as far as its third neighbour among its like (Kynkäänniemi et al. 2019, arXiv:1904.06991, equation 1). Each side
/// needs four rows.
struct Reach {
    double precision = 0, recall = 0;
};
Reach reach(const torch::Tensor& real_ND, const torch::Tensor& drawn_MD);

/// Sum of the variances of a set of features over that of another: 0 where all rows are alike.
double spread_beside(const torch::Tensor& features_ND, const torch::Tensor& others_MD);

/// How the rows that are drawn spread over the classes of real ones. A drawn row is near the class whose middle is
/// nearest in its deviations, if it lies within three of them; in more than two dimensions, where rows lie further out,
/// within three times the root of half their number. Srivastava et al. 2017 (arXiv:1705.07761) count so on rings of
/// normal distributions; in two dimensions 98.9 % of a perfect sampler's rows lie so near, in more at least as many.
struct ModeReach {
    std::int64_t drawn = 0;  ///< classes near which at least a tenth as many are drawn as are real
    double near = 0;         ///< share of the drawn rows that are near some class
};
/// `classes_N` int64 from 0 to `classes` - 1. The deviation of a class is one number, over all of its values.
ModeReach mode_reach(const torch::Tensor& real_ND, const torch::Tensor& classes_N, std::int64_t classes,
                     const torch::Tensor& drawn_MD);

/// What pictures look like from afar, for a distance that needs no model: the mean brightness in a grid of at most 8 x
/// 8 fields of each channel, in 0..1. uint8 [B, C, H, W] -> float32 [B, C * fields] on the CPU.
torch::Tensor from_afar(const torch::Tensor& bytes_BCHW);

}  // namespace gw
