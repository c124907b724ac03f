#pragma once
#include <cstdint>

namespace gw {

/// What is made of a row of scores (logits) [count] in one thread.
struct SoftmaxRow {
    float loss;  ///< -log softmax(scores)[target], in nats; no number where a score is none
    bool hit;    ///< the target is the first of the largest scores
};

/// Looks at a row and leaves it as it is.
SoftmaxRow look_at_scores(const float* scores, std::int64_t count, std::int64_t target);

/// The same, and turns the row into the gradient of its loss: softmax(scores) - (1 at the target).
SoftmaxRow scores_to_gradient(float* scores, std::int64_t count, std::int64_t target);

/// sum += factor x.
void add_to(const float* x, std::int64_t count, float* sum, float factor = 1);

}  // namespace gw
