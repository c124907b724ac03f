#pragma once
#include <optional>

#include "adapt/model_state.h"
#include "data/batch_source.h"
#include "eval/world.h"
#include "train/message/standing.h"

// Shape letters: L lanes, S values of a state.
namespace gw {

/// Training rows cut from a stream: in the order of the text, in a lane for each of the `step_rows` rows of a step,
/// where the backbone carries a state; in a random order otherwise. Throws Failure where the text is too short.
std::unique_ptr<BatchSource> windows_for(const Backbone& backbone, const Objective& objective,
                                         const TokenStream& stream, std::int64_t step_rows, std::uint64_t seed);

/// The state of every row of a step, with which that row of the next step begins (truncated backpropagation through
/// time; Williams and Peng 1990, "An efficient gradient-based algorithm for on-line training of recurrent network
/// trajectories"). Where an epoch begins, or where the step goes on elsewhere than the one before ended (data is
/// skipped, another batch), a row begins with zeros. It lies in Model::held, and so in checkpoints.
class Lanes {
  public:
    struct Shape {
        std::int64_t lanes = 1;           ///< rows of a step, over all processes
        std::int64_t values = 1;          ///< of a state
        std::int64_t rows_per_epoch = 1;  ///< of a lane_source() with as many lanes
    };
    Lanes(const Shape& shape, torch::Device device, Parameters& held);
    /// Nothing where the model carries no state.
    static std::optional<Lanes> of(Model& model, std::int64_t step_rows, std::int64_t rows_per_epoch);

    /// Before the rows of the step after `at` are drawn.
    void begin(const Standing& at);
    /// Lets a micro-batch whose first row is the `first` of the step begin with what is carried.
    void show(Batch& batch, std::int64_t first) const;
    /// The step is made: what its rows left behind is what the next begins with. States that are not finite stay out:
    /// one would spoil every step to come.
    void end(const Standing& at, World& world);

  private:
    Shape shape_;
    torch::Tensor state_LS_;              ///< kept between steps
    torch::Tensor next_;                  ///< int64 [1], on the CPU: the sample that goes on with it
    torch::Tensor begun_LS_, behind_LS_;  ///< of the step on its way
};

}  // namespace gw
