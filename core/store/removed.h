#pragma once

namespace gw {

/// Status of a run whose rows are being deleted: it is in no list and cannot be found any more. What a program that
/// ended meanwhile has left is deleted by the next one that empties the trash.
inline constexpr char removed_status[] = "removed";

}  // namespace gw
