#pragma once
#include <torch/types.h>

#include <map>
#include <string>
#include <vector>

#include "model/backbone.h"
#include "model/stand_ins.h"

// Shape letters: O outputs of a weight, I values behind each (of a convolution in * kernel^2).
namespace gw {

/// Spectral normalisation (Miyato et al. 2018, arXiv:1802.05957, algorithm 1): each weight as a matrix [O, I] divided
/// by its largest singular value, of which an estimate follows by one power iteration a step. Of each weight a vector u
/// is kept, which passes read and follow() alone moves, so that a pass is pure in weights and u.
class SpectralNorm {
  public:
    SpectralNorm() = default;
    /// Of `weights`, whose values u is fitted to at first.
    SpectralNorm(const Parameters& weights, std::uint64_t seed);
    /// The normalised weights among `all`, by their names; every weight must be there. The gradient takes both singular
    /// vectors for constants, as the paper's (section 2.1, equation 12).
    StandIns of(const Parameters& all) const;
    /// One power iteration, for the weights as they are now.
    void follow(const Parameters& all);
    /// u of each weight, [O], as state.
    void list(Buffers& out) const;
    std::vector<std::string> names() const;

  private:
    struct Kept {
        std::string name;
        torch::Tensor u_O;
    };
    /// By name; throws where one is missing.
    static std::map<std::string, torch::Tensor> by_name(const Parameters& all);
    std::vector<Kept> kept_;
};

}  // namespace gw
