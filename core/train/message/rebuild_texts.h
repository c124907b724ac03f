#pragma once
#include "util/phrase.h"

// What is said of a history that was made again from the folders of its runs; among run_texts() as those of
// event_texts.h are.
namespace gw::say {

inline constexpr const char* rebuilt_in_part =
    GW_TEXT("\"%1\" (%2): not all of its rows could be read in the damaged history");
inline constexpr const char* rebuilt_beginning =
    GW_TEXT("\"%1\" (%2): its beginning has no journal; what its log tells of it is there");
inline constexpr const char* rebuilt_without_journal = GW_TEXT(
    "\"%1\" (%2): it has no journal; it was made again from its settings, its log and its checkpoints as far as they "
    "tell");
inline constexpr const char* rebuilt_unread = GW_TEXT("\"%1\" (%2): its journal could not be read to its end. %3");
inline constexpr const char* rebuilt_damaged_lines =
    GW_TEXT("\"%1\" (%2): %3 damaged lines of its journal were left out");
inline constexpr const char* rebuilt_from_former =
    GW_TEXT("\"%1\" (%2): %3 entries that its journal lacks were taken over from the former history");
inline constexpr const char* rebuilt_without_saved = GW_TEXT(
    "Filters, comparisons and pilots that were kept under a name lie in no run's folder: some could not be had back");
inline constexpr const char* rebuilt_no_run = GW_TEXT("The folder %1 holds no settings of a run: it was left out");
inline constexpr const char* rebuilt_left_out = GW_TEXT("\"%1\" was left out: %2");
inline constexpr const char* rebuilt_checkpoints = GW_TEXT("\"%1\": its checkpoints could not be compared. %2");

}  // namespace gw::say
