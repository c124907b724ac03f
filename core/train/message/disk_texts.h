#pragma once
#include "util/phrase.h"

// What a run tells of its disk and of the machine's clocks; among run_texts() as those of event_texts.h are.
namespace gw::say {

inline constexpr const char* waits_for_disk = GW_TEXT(
    "Waiting: the disk takes nothing more. The run goes on by itself when there is room, with nothing lost. %1");
inline constexpr const char* disk_is_back = GW_TEXT("The disk could not be written for %1; the run has waited for it");
inline constexpr const char* network_disk = GW_TEXT(
    "The workspace lies on a network file system (%1), where locks may not work: let no other machine train in "
    "it or change its history meanwhile");
inline constexpr const char* machine_slept = GW_TEXT("The machine slept for %1");
inline constexpr const char* clock_forward = GW_TEXT("The machine's clock was set forward by %1");
inline constexpr const char* clock_back = GW_TEXT("The machine's clock was set back by %1");

}  // namespace gw::say
