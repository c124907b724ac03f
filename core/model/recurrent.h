#pragma once
#include <torch/types.h>

#include <string>

#include "model/layers.h"

// Shape letters: B batch, T time, D width of the input, H of the state, G gates.
namespace gw {

inline constexpr const char* cell_choices = "lstm=LSTM|gru=GRU|elman=Elman";

/// How far a state reaches back before anything is learnt.
constexpr schema::Info memory_setting(std::string_view unit) {
    return {.key = "memory",
            .label = "Span of memory",
            .help =
                "Gates begin so that values are kept for up to so long: set it to the longest delay that matters. "
                "Below 3 it is as usual, some steps. Elman's cell has no gates.",
            .unit = unit,
            .min = 0,
            .max = 1000000,
            .audience = schema::Audience::expert,
            .shown_when = "cell=lstm|gru",
            .weightless = true};
}

/// What a recurrent layer has made of the tokens so far, [1, B, H] each; undefined before the first. `cell` of an LSTM
/// alone.
struct RecurrentState {
    torch::Tensor hidden, cell;
};

/// One recurrent layer in one direction: LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al.
/// 2000), GRU (Cho et al. 2014, arXiv:1406.1078, its reset gate behind the product) or Elman's (1990, tanh). Computes
/// in float32, or in float64 of float64 input: a state that is carried on and on would gather the rounding of bf16.
class RecurrentLayer {
  public:
    RecurrentLayer() = default;
    /// The forget gate of an LSTM begins at a bias of 1: it remembers until it learns to forget (Jozefowicz et al.
    /// 2015, proceedings.mlr.press/v37/jozefowicz15). With a `memory` the gates of LSTM and GRU begin so that each
    /// value of the state lasts for some span, up to so many steps (Tallec and Ollivier 2018, arXiv:1804.11188, section
    /// 2).
    RecurrentLayer(const Initialiser& init, const std::string& name, const std::string& cell, std::int64_t in,
                   std::int64_t hidden, std::int64_t memory = 0);
    /// x [B, T, D] -> [B, T, H]; reads and writes `state`.
    torch::Tensor operator()(const torch::Tensor& x_BTD, RecurrentState& state) const;
    void list(Parameters& out) const;
    static std::int64_t gates(const std::string& cell);
    /// Values of its state in a row.
    std::int64_t state_values() const { return cell_ == "lstm" ? 2 * hidden_ : hidden_; }
    /// A row's state as one vector, [B, state_values()], and back.
    torch::Tensor joined(const RecurrentState& state) const;
    RecurrentState parted(const torch::Tensor& state_BS) const;
    static std::int64_t parameters(const std::string& cell, std::int64_t in, std::int64_t hidden);

  private:
    std::string name_, cell_;
    std::int64_t hidden_ = 0;
    torch::Tensor input_, recurrent_, bias_;  ///< [G H, D], [G H, H], [G H]
};

/// The rows of x [B, T, D] from their own end to their beginning; what lies behind an end stays where it is. `valid_BT`
/// as in Pass, undefined where all rows are full.
torch::Tensor turned(const torch::Tensor& x_BTD, const torch::Tensor& valid_BT);

}  // namespace gw
