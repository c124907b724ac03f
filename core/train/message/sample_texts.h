#pragma once
#include "util/phrase.h"

// What a sample of pictures shows; among run_texts() as those of event_texts.h are.
namespace gw::say {

inline constexpr const char* drawn_sheet = GW_TEXT("Drawn out of nothing");
inline constexpr const char* classes_sheet = GW_TEXT("Drawn by class, a row of each in their order");
inline constexpr const char* redrawn_sheet = GW_TEXT("Seen, drawn again, and as it was, below each other");
inline constexpr const char* between_sheet =
    GW_TEXT("From a picture on the left to one on the right, drawn along the line between their codes");
inline constexpr const char* steps_sheet = GW_TEXT("From noise on the left to a picture on the right, step by step");

inline constexpr const char* scatter_sheet =
    GW_TEXT("Drawn rows (blue) and held-out ones (grey) by their first two values; of one value, how many lie where");
inline constexpr const char* redrawn_scatter_sheet = GW_TEXT(
    "Held-out rows (grey) and the same drawn again from their codes (blue) by their first two values; of one "
    "value, how many lie where");

}  // namespace gw::say
