#pragma once
#include <string_view>

namespace gw {

/// How the names of a model's weights begin, in the bank and in checkpoints.
inline constexpr std::string_view backbone_prefix = "backbone.", head_prefix = "head.";

}  // namespace gw
