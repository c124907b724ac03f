#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "schema/kind.h"

namespace gw {

/// How an average of the weights follows those that are trained. It is smoother than they are, and often better.
class Averaging {
  public:
    virtual ~Averaging() = default;
    struct Stand {
        std::int64_t step = 0;   ///< updates of the run, the last one included: 1 after the first
        double fraction = 0;     ///< of the run, 0 to 1
        std::int64_t taken = 0;  ///< weights that are in the average so far
    };
    /// The share of the way from the average to the weights that it goes after an update: 0 = it stays, 1 = it becomes
    /// them. Nothing while the average has not begun: it is the weights then, and counts none of them.
    virtual std::optional<double> pace(const Stand& at) const = 0;
};

using AveragingKind = Kind<std::unique_ptr<Averaging>>;  ///< of "none" a null pointer

/// All kinds, in the order people see them; the first averages nothing.
std::span<const AveragingKind> averagings();
/// Of a section "averaging"; null of one that averages nothing, and of a spec from before there was the section.
std::unique_ptr<Averaging> make_averaging(const Json& section);

}  // namespace gw
