#pragma once
#include <torch/types.h>

#include <utility>
#include <vector>

#include "model/single_precision.h"

// Shape letters: B rows, N values of a row of a table, C channels, H height, W width; of a table C = N and H = W = 1.
namespace gw {

/// What an objective draws: pictures, by the brightness of their values from 0 to 1; or rows of a table, by their
/// values as a backbone sees them, which nothing bounds.
class Canvas {
  public:
    Canvas() = default;
    /// Of a backbone that reads pictures alone, or rows of tables.
    explicit Canvas(const BackboneFacts& backbone);
    /// What is drawn is as large as; a row of a table is a place of as many channels. For sizes: nothing while it is
    /// not known.
    static std::optional<ImageInput> shape_of(const BackboneFacts& backbone);
    const ImageInput& shape() const { return shape_; }
    bool of_pictures() const { return pictures_; }

    /// The rows of a batch, [B, C, H, W] float32 at least.
    torch::Tensor values(const Batch& batch) const;
    /// Such values as rows for a backbone, which sees them in deviations.
    Batch batch(const torch::Tensor& values_BCHW) const;
    /// Values that anything gave, as such values: between 0 and 1 where they are brightness.
    torch::Tensor bounded(const torch::Tensor& any_BCHW) const;
    /// Values that a model takes for a row, brought back to where rows lie: from 0 to 1 where they are brightness or
    /// say which category it is, else between the least and the greatest number of the training part, where these are
    /// known.
    torch::Tensor kept_in_range(const torch::Tensor& values_BCHW) const;
    /// What can be hidden of a row each by itself: a place of a picture in all its channels, a column of a table in all
    /// its values.
    std::int64_t parts() const;
    /// Hides one among the values of a row, [C, H, W] one after another: as black, or as the number 0 and no category.
    void hide(std::int64_t part, float* values) const;
    /// A pass that draws: rows of a table in no less than single precision, whose digits would be lost.
    Pass exact(Pass pass) const { return pictures_ ? pass : in_single_precision(std::move(pass)); }
    /// Tensors that go where the model goes.
    void list(Buffers& out) const;
    /// As Objective::drawn has them: bytes [B, C, H, W] of pictures, float32 [B, N] of rows.
    torch::Tensor drawn(const torch::Tensor& values_BCHW) const;

  private:
    ImageInput shape_;
    bool pictures_ = false;
    torch::Tensor least_N11_, most_N11_;   ///< of rows
    std::vector<std::int64_t> begins_{0};  ///< of columns: where each one's values begin, and where the last one's end
};

}  // namespace gw
