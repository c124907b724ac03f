#pragma once
#include <torch/types.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "schema/field.h"

namespace gw {

/// What a leaky ReLU multiplies values below zero by (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve
/// neural network acoustic models").
inline constexpr double leaky_slope = 0.01;

/// Initialisation schemes by name: how a weight with `in` values behind each output, and `out` outputs that each value
/// has a part in, is drawn.
/// - gpt2: normal, standard deviation 0.02 (Radford et al. 2019)
/// - xavier: variance 2 / (in + out) (Glorot and Bengio 2010)
/// - he: variance 2 / in (He et al. 2015, arXiv:1502.01852)
/// - lecun: variance 1 / in (LeCun et al. 1998, "Efficient BackProp")
/// - he_leaky: normal, variance 2 / ((1 + slope^2) in), for leaky ReLU (He et al. 2015, equation 15)
/// - pytorch: uniform, variance 1 / (3 in), which torch.nn draws linear layers and convolutions from unasked
/// - orthogonal: all directions keep their length as far as the shape allows; of several gates each for itself (Saxe,
///   McClelland and Ganguli 2014, arXiv:1312.6120)
/// - identity: where there are as many outputs as inputs each is the input of its number, of several gates each for
///   itself, and of a convolution by the tap in the middle of its kernel, of one over time by its last; all others as
///   lecun, for outputs that begin alike would stay so (Le, Jaitly and Hinton 2015, arXiv:1504.00941)
/// Three of them are normal by their plain name and uniform with "_uniform" behind it, of the same variance.
inline constexpr schema::Info initialisation_setting{
    .key = "initialisation",
    .label = "Initialisation",
    .help = "How the first weights are drawn; but for GPT-2's 0.02 and PyTorch's, so that signals keep their size.",
    .audience = schema::Audience::expert,
    .choices =
        "gpt2=GPT-2|xavier=Xavier|xavier_uniform=Xavier, uniform|he=He|he_uniform=He, uniform|lecun=LeCun|"
        "lecun_uniform=LeCun, uniform|pytorch=PyTorch's default|orthogonal=Orthogonal|identity=Identity",
    .weightless = true};
/// These, or what suits the activation.
inline constexpr schema::Info fitted_initialisation_setting{
    .key = "initialisation",
    .label = "Initialisation",
    .help = "How the first weights are drawn: He suits ReLU, Xavier and LeCun suit tanh.",
    .audience = schema::Audience::expert,
    .choices =
        "by_activation=By activation|gpt2=GPT-2|xavier=Xavier|xavier_uniform=Xavier, uniform|he=He|"
        "he_uniform=He, uniform|lecun=LeCun|lecun_uniform=LeCun, uniform|pytorch=PyTorch's default|"
        "orthogonal=Orthogonal|identity=Identity",
    .weightless = true};

/// The scheme that a choice of fitted_initialisation_setting comes to: `by_activation` is Xavier for tanh and sigmoid,
/// which Glorot and Bengio derive it for, He for ReLU and its smooth kin, and He with its leak for leaky ReLU.
std::string fitted_scheme(const std::string& choice, const std::string& activation);

/// Makes the parameters of one model. Each tensor has a random stream of its own, keyed by the seed and its name, so
/// that adding a layer changes no other layer's start.
class Initialiser {
  public:
    Initialiser(std::string scheme, std::uint64_t seed);
    /// Float32 leaf [out, in] by the scheme, times `gain`.
    torch::Tensor matrix(const std::string& name, std::int64_t out, std::int64_t in, double gain = 1.0) const;
    /// Float32 leaf of any shape by the scheme, times `gain`. A convolution's [out, in, kernel, kernel] has
    /// in * kernel^2 and out * kernel^2.
    torch::Tensor tensor(const std::string& name, const std::vector<std::int64_t>& shape, std::int64_t fan_in,
                         std::int64_t fan_out, double gain = 1.0) const;
    /// Float32 leaf [count, width], normal with standard deviation `spread`: look-up tables have no fan-in.
    torch::Tensor table(const std::string& name, std::int64_t count, std::int64_t width, double spread = 0.02) const;
    /// Float32 leaf [size], drawn evenly between two values.
    torch::Tensor vector(const std::string& name, std::int64_t size, double low, double high) const;
    /// Float32 leaf [size] of one value.
    static torch::Tensor constant(std::int64_t size, double value);

  private:
    /// What a tensor is drawn from: the same name and seed give the same values.
    torch::Generator stream(const std::string& name) const;
    torch::Tensor normal(const std::string& name, const std::vector<std::int64_t>& shape, double spread) const;
    torch::Tensor uniform(const std::string& name, const std::vector<std::int64_t>& shape, double spread) const;
    torch::Tensor orthogonal(const std::string& name, const std::vector<std::int64_t>& shape, std::int64_t block,
                             double gain) const;
    static torch::Tensor identity(const std::vector<std::int64_t>& shape, double gain);
    std::string scheme_;
    bool uniform_ = false;
    std::uint64_t seed_;
};

}  // namespace gw
