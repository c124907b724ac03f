#pragma once
#include <string>
#include <string_view>

namespace gw {

/// A text without what near copies differ by: case (full folding), the form of characters (NFKC: full width, ligatures,
/// composed or not), punctuation, and the kind and length of white space. A text of punctuation alone keeps it. Source:
/// Unicode Standard Annex 15 (normalisation forms), chapter 5.18 (case folding).
std::string near_text(std::string_view text);

/// The same, with punctuation kept.
std::string case_text(std::string_view text);

}  // namespace gw
