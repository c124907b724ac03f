#pragma once
#include <torch/types.h>

#include "adapt/checkpoint_model.h"
#include "study/drawing.h"

namespace gw {

/// A classifier that looks at drawn pictures and at held-out ones.
class DrawingJudge {
  public:
    /// `model` draws. Errors: see draw(); throws what the engine throws.
    static Result<DrawingJudge> make(const CheckpointModel& model, const DrawRequest& request);
    /// Of uint8 [N, C, H, W]. Throws the Failure that it was stopped.
    DrawnQuality judge(const torch::Tensor& drawn_NCHW, const std::stop_token& stop) const;

  private:
    DrawingJudge(CheckpointModel by, torch::Tensor real_NCHW) : by_(std::move(by)), real_NCHW_(std::move(real_NCHW)) {}
    CheckpointModel by_;
    torch::Tensor real_NCHW_;  ///< uint8, on the CPU
};

}  // namespace gw
