#pragma once
#include <cstdint>

// Shape letters: T time, C width of a head.
namespace gw::kernels {

/// One head of one row of a batch, as its parts lie in memory: [T, C] each, `stride` floats from position to position.
/// Positions look at the first `length` of them, and if `causal` at none behind themselves.
struct HeadPlace {
    std::int64_t time, length, width;
    bool causal;
    const float *q, *k, *v;
    std::int64_t stride;
};

/// softmax(q k^T / sqrt(C)) v in the calling thread alone, scores in blocks that stay in the caches (Dao et al. 2022,
/// arXiv:2205.14135). out [T, C]; log_sums [T] is what attend_back() makes the weights from again.
void attend(const HeadPlace& head, float* out, std::int64_t out_stride, float* log_sums);

/// Gradients as the parts lie, `stride` floats from position to position too: q's is set, those of k and v are ADDED
/// to, since several heads may share them. Where `length` ends before T, k's and v's behind it are left alone.
void attend_back(const HeadPlace& head, const float* out, const float* gradient_out, std::int64_t out_stride,
                 const float* log_sums, float* gradient_q, float* gradient_k, float* gradient_v);

}  // namespace gw::kernels
