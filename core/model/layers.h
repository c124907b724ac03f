#pragma once
#include <torch/types.h>

#include <string>

#include "model/backbone.h"
#include "model/initialise.h"

// Shape letters: B batch, T time, D width, F hidden width of the feed-forward part, N any number of rows.
namespace gw {

/// The halves of a low-rank adapter for a weight [out, in] or [out, in, kernel, kernel], of its dtype: A [rank, in] or
/// [rank, in, kernel, kernel] random, B [out, rank] at zero, so that their product begins at nothing. Throws Failure
/// where the rank is above that of the weight as a matrix.
void make_adapter(const LoraShape& lora, std::uint64_t seed, const std::string& name, const torch::Tensor& weight,
                  torch::Tensor& a, torch::Tensor& b);

/// y = x W^T + b with the product in the pass's compute dtype; weights stay float32.
class Linear {
  public:
    Linear() = default;
    Linear(const Initialiser& init, const std::string& name, std::int64_t in, std::int64_t out, bool bias,
           double gain = 1.0);
    torch::Tensor operator()(const torch::Tensor& x, const Pass& pass) const;
    void list(Parameters& out) const;
    /// Puts an adapter beside the weight if `lora` names `projection`, and adds itself to `adapted`. A begins random
    /// and B at zero: the product begins as it was.
    void adapt(const LoraShape& lora, const std::string& projection, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapter();
    const torch::Tensor& weight() const { return weight_; }
    const torch::Tensor& bias() const { return bias_; }  ///< undefined without one
    bool is_adapted() const { return lora_a_.defined(); }

  private:
    std::string name_;
    torch::Tensor weight_, bias_;
    torch::Tensor lora_a_, lora_b_;  ///< [rank, in], [out, rank]; undefined without an adapter
    double lora_scale_ = 0, lora_dropout_ = 0;
};

/// One row of a table for each token id. The table may be shared with an output layer, which does not see the adapter.
class TokenTable {
  public:
    TokenTable() = default;
    TokenTable(const Initialiser& init, const std::string& name, std::int64_t count, std::int64_t width);
    /// ids_BT int64 -> [B, T, width] float32.
    torch::Tensor operator()(const torch::Tensor& ids_BT) const;
    void list(Parameters& out) const;
    /// As Linear::adapt, of the projection "tokens". Its dropout does not apply: the input is the choice of one row.
    void adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapter();
    const torch::Tensor& weight() const { return weight_; }

  private:
    std::string name_;
    torch::Tensor weight_;           ///< [count, width]
    torch::Tensor lora_a_, lora_b_;  ///< [rank, width], [count, rank]; undefined without an adapter
    double lora_scale_ = 0;
};

/// x W^T with W [out, in] float32, the product in the compute dtype.
torch::Tensor project(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias, const Pass& pass);

/// Layer normalisation (Ba et al. 2016, arXiv:1607.06450) or root-mean-square normalisation (Zhang and Sennrich 2019,
/// arXiv:1910.07467) over the last axis. Statistics in float32 (or float64 for float64 input), output in the compute
/// dtype.
class Norm {
  public:
    Norm() = default;
    Norm(const std::string& name, std::int64_t width, bool rms, bool bias, double weight = 1.0);
    torch::Tensor operator()(const torch::Tensor& x, const Pass& pass) const;
    /// The same before it is rounded to the compute dtype: for a residual stream that runs through norms.
    torch::Tensor wide(const torch::Tensor& x) const;
    void list(Parameters& out) const;
    bool is_rms() const { return rms_; }
    const torch::Tensor& weight() const { return weight_; }
    const torch::Tensor& bias() const { return bias_; }  ///< undefined without one

  private:
    std::string name_;
    bool rms_ = false;
    torch::Tensor weight_, bias_;
};

inline constexpr const char* activation_choices = "gelu=GELU|relu=ReLU|swiglu=SwiGLU";

/// D -> F -> D with GELU (Hendrycks and Gimpel 2016, arXiv:1606.08415, the exact form), ReLU, or SwiGLU
/// (Shazeer 2020, arXiv:2002.05202: one matrix gives gate and value).
class FeedForward {
  public:
    FeedForward() = default;
    FeedForward(const Initialiser& init, const std::string& name, std::int64_t width, std::int64_t hidden,
                const std::string& activation, bool bias, double residual_gain);
    torch::Tensor operator()(const torch::Tensor& x_BTD, const Pass& pass) const;
    void list(Parameters& out) const;
    void adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapters();
    /// F when the settings leave it at 0: 4 D, or for SwiGLU 8/3 D rounded up to a multiple of 32 (the same parameter
    /// count).
    static std::int64_t automatic_hidden(std::int64_t width, const std::string& activation);
    const std::string& activation() const { return activation_; }
    const Linear& up() const { return up_; }
    const Linear& down() const { return down_; }

  private:
    std::string activation_;
    Linear up_, down_;
};

inline constexpr const char* elementwise_choices =
    "relu=ReLU|leaky_relu=Leaky ReLU|gelu=GELU|silu=SiLU|tanh=tanh|sigmoid=Sigmoid";

/// One of them of every value, or with "none" the value. SiLU is x sigmoid(x) (Hendrycks and Gimpel 2016,
/// arXiv:1606.08415); leaky ReLU lets `leaky_slope` through below zero.
torch::Tensor activated(const torch::Tensor& x, const std::string& activation);

/// Zeroes a share `rate` of the elements while training and scales the rest, from the pass's generator.
torch::Tensor drop(const torch::Tensor& x, double rate, const Pass& pass);

}  // namespace gw
