#pragma once
#include <torch/types.h>

#include <span>
#include <string>
#include <variant>

#include "model/backbone.h"
#include "model/layers.h"

// Shape letters: B batch, C channels, H height, W width.
namespace gw {

/// Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167) of the second axis:
/// (x - mean) / sqrt(variance + 1e-5) * weight + bias.
///
/// Training takes the mean and the variance (over B, H and W) of the rows that it sees at once: of a micro-batch where
/// gradients are accumulated. It moves the running ones a tenth of the way to them, the variance unbiased there.
/// Everything else takes the running ones, so that a row's output depends on no other row. They stay as they were where
/// a pass is not finite, or where it sees one value a channel, which has no variance.
/// A norm whose weight is not trained (requires_grad) takes its running statistics while training as well, and leaves
/// them: what is frozen stays the function that it was.
/// Statistics are float32 at least, the output in the compute dtype. Not for two threads at once while training.
class BatchNorm {
  public:
    BatchNorm() = default;
    BatchNorm(const std::string& name, std::int64_t channels, double weight = 1.0);
    /// x [B, C] or [B, C, H, W]; with `rectified` ReLU after it, in the same pass over memory where the channels lie
    /// beside each other on a CPU.
    torch::Tensor operator()(const torch::Tensor& x, const Pass& pass, bool rectified = false) const;
    void list(Parameters& out) const;
    void list(Buffers& out) const;

  private:
    torch::Tensor trained(const torch::Tensor& x) const;
    torch::Tensor trained_by_kernels(const torch::Tensor& x, bool rectified) const;
    void remember(const torch::Tensor& mean, const torch::Tensor& variance) const;
    std::string name_;
    torch::Tensor weight_, bias_;    ///< [C]
    torch::Tensor mean_, variance_;  ///< [C], running
};

/// Group normalisation (Wu and He 2018, arXiv:1803.08494): each row's channels in `groups` of neighbours, each group
/// by the mean and the variance of its values over all places. Statistics are float32 at least, the output in the
/// compute dtype.
class GroupNorm {
  public:
    GroupNorm() = default;
    /// `groups` divides `channels`.
    GroupNorm(const std::string& name, std::int64_t channels, std::int64_t groups, double weight = 1.0);
    /// x [B, C] or [B, C, H, W].
    torch::Tensor operator()(const torch::Tensor& x, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    std::string name_;
    std::int64_t groups_ = 1;
    torch::Tensor weight_, bias_;  ///< [C]
};

inline constexpr const char* channel_norm_choices =
    "batch_norm=BatchNorm|layer_norm=LayerNorm|group_norm=GroupNorm|none=None";

/// How the layers of a backbone are normalised, by its settings.
struct NormChoice {
    std::string norm = "none";  ///< one of channel_norm_choices
    std::int64_t groups = 1;    ///< of group_norm
    bool is(const char* other) const { return norm == other; }
    bool present() const { return norm != "none"; }
    /// What a norm by the batch takes away with the mean needs no bias before it; the others keep a part of it.
    bool wants_bias() const { return norm != "batch_norm"; }
    /// Vectors of one value a channel that it trains.
    std::int64_t vectors() const { return present() ? 2 : 0; }
    /// Bytes of its input that a value keeps for the backward pass.
    double bytes() const { return present() ? 4.0 : 0.0; }
    /// Tells of groups that do not divide one of `channels`, at `at`.groups, and of a layer norm of one channel.
    void check(std::span<const std::int64_t> channels, const std::string& at, schema::Problems& out) const;
    /// Tells of groups that would hold one value each, of which a norm leaves nothing, where `places` (height x width)
    /// are normalised together.
    void check(std::int64_t channels, std::int64_t places, const std::string& at, schema::Problems& out) const;
};

/// The chosen norm of the second axis: by the batch, over the channels of each place alone (layer_norm, as in Liu et
/// al. 2022, arXiv:2201.03545), in groups of them over all places, or nothing.
class ChannelNorm {
  public:
    ChannelNorm() = default;
    /// `places` is height x width of what it will see. Its weights begin at `weight`. Throws Failure where a group
    /// would hold one value, of which a norm leaves nothing.
    ChannelNorm(const NormChoice& choice, const std::string& name, std::int64_t channels, std::int64_t places,
                double weight = 1.0);
    /// x [B, C] or [B, C, H, W].
    torch::Tensor operator()(const torch::Tensor& x, const Pass& pass) const;
    /// gw::activated() of it, in one where it can be.
    torch::Tensor activated(const torch::Tensor& x, const std::string& activation, const Pass& pass) const;
    void list(Parameters& out) const;
    void list(Buffers& out) const;

  private:
    std::variant<std::monostate, BatchNorm, Norm, GroupNorm> norm_;
};

}  // namespace gw
