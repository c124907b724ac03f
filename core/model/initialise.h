#pragma once
#include <torch/types.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gw {

/// What a leaky ReLU multiplies values below zero by (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve
/// neural network acoustic models").
inline constexpr double leaky_slope = 0.01;

/// Initialisation schemes by name: the spread of a weight with `in` values behind each output, and `out` outputs that
/// each value has a part in.
/// - gpt2: normal, standard deviation 0.02 (Radford et al. 2019)
/// - xavier: normal, variance 2 / (in + out) (Glorot and Bengio 2010)
/// - he: normal, variance 2 / in (He et al. 2015, arXiv:1502.01852)
/// - lecun: normal, variance 1 / in (LeCun et al. 1998, "Efficient BackProp")
/// - he_leaky: normal, variance 2 / ((1 + slope^2) in), for leaky ReLU (He et al. 2015, equation 15)
inline constexpr const char* initialisation_choices = "gpt2=GPT-2|xavier=Xavier|he=He|lecun=LeCun";
/// These, or what suits the activation.
inline constexpr const char* fitted_initialisation_choices =
    "by_activation=By activation|gpt2=GPT-2|xavier=Xavier|he=He|lecun=LeCun";

/// The scheme that one of fitted_initialisation_choices comes to: `by_activation` is Xavier for tanh and sigmoid, which
/// Glorot and Bengio derive it for, He for ReLU and its smooth kin, and He with its leak for leaky ReLU.
std::string fitted_scheme(const std::string& choice, const std::string& activation);

/// Makes the parameters of one model. Each tensor has a random stream of its own, keyed by the seed and its name, so
/// that adding a layer changes no other layer's start.
class Initialiser {
  public:
    Initialiser(std::string scheme, std::uint64_t seed) : scheme_(std::move(scheme)), seed_(seed) {}
    /// Float32 leaf [out, in] by the scheme, times `gain`.
    torch::Tensor matrix(const std::string& name, std::int64_t out, std::int64_t in, double gain = 1.0) const;
    /// Float32 leaf of any shape by the scheme, times `gain`. A convolution's [out, in, kernel, kernel] has
    /// in * kernel^2 and out * kernel^2.
    torch::Tensor tensor(const std::string& name, const std::vector<std::int64_t>& shape, std::int64_t fan_in,
                         std::int64_t fan_out, double gain = 1.0) const;
    /// Float32 leaf [count, width], normal with standard deviation `spread`: look-up tables have no fan-in.
    torch::Tensor table(const std::string& name, std::int64_t count, std::int64_t width, double spread = 0.02) const;
    /// Float32 leaf [size] of one value.
    static torch::Tensor constant(std::int64_t size, double value);

  private:
    torch::Tensor normal(const std::string& name, const std::vector<std::int64_t>& shape, double spread) const;
    std::string scheme_;
    std::uint64_t seed_;
};

}  // namespace gw
