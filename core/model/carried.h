#pragma once
#include <torch/types.h>

#include <string_view>

#include "model/backbone.h"

// Shape letters: B batch, S values of a state.
namespace gw {

namespace array {
inline constexpr const char* carried = "carried";  ///< [B, S], float32: the state that each row begins with
/// [B, S], float32: memory that the state behind each row's end is written to. Rows of a batch are views of it.
inline constexpr const char* left_behind = "left_behind";
}  // namespace array

/// Before the names of what a run carries from step to step, in Model::held.
inline constexpr std::string_view carried_prefix = "carried.";

/// What text must be learnt from in for a state to be carried over it.
inline constexpr const char* text_in_order = "text that is learnt from stretch by stretch";

/// A backbone whose rows can go on where others ended: it begins with array::carried, where a batch has it, and fills
/// array::left_behind. Both are off the graph: gradients end where a row begins.
class CarriesState {
  public:
    virtual ~CarriesState() = default;
    virtual std::int64_t carried_values() const = 0;  ///< S; 0 = as it is set it begins every row from nothing
};

/// S of a backbone; 0 of one that carries nothing.
inline std::int64_t carried_values(const Backbone& backbone) {
    const auto* carries = dynamic_cast<const CarriesState*>(&backbone);
    return carries ? carries->carried_values() : 0;
}

}  // namespace gw
