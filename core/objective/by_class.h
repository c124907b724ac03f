#pragma once
#include <torch/types.h>

#include <optional>

#include "objective/objective.h"

namespace gw {

/// What an objective that draws can do besides, where it was told the classes of rows: draw rows of those that are
/// asked for.
class DrawsByClass {
  public:
    virtual ~DrawsByClass() = default;
    /// Classes that it can be asked for, by their numbers in LabelFacts; 0 = it was told none.
    virtual std::int64_t classes() const = 0;
    /// Whether it was also trained without, as guidance needs.
    virtual bool can_be_guided() const = 0;
    /// As Objective::drawn, one row of each class in `classes_B` (int64 on the CPU). `guidance` 0 or more: how far past
    /// what the class says; nothing = as its settings say.
    virtual torch::Tensor drawn_of(Backbone& net, const torch::Tensor& classes_B, std::optional<double> guidance,
                                   std::uint64_t seed, const Pass& pass) const = 0;
};

/// That of an objective; null where it is told no classes.
inline const DrawsByClass* by_class(const Objective& objective) {
    const auto* found = dynamic_cast<const DrawsByClass*>(&objective);
    return found && found->classes() > 0 ? found : nullptr;
}

/// `count` classes in stretches as equal as can be, the first ones longer: so that a sheet has a row of each.
torch::Tensor evenly_of_classes(std::int64_t count, std::int64_t classes);

}  // namespace gw
