#pragma once
#include "util/phrase.h"

// The sentences by which a host says how a run ended that could not say so itself; listed in run_texts().
namespace gw::say {

inline constexpr const char* mistake_in_program =
    GW_TEXT("This is a mistake in the program; the log of the run has the details");
inline constexpr const char* unknown_exception = GW_TEXT("Something was thrown that is no error of any known kind");

inline constexpr const char* process_by_signal =
    GW_TEXT("The process that trained the run was ended by signal %1 (%2)");
inline constexpr const char* process_killed =
    GW_TEXT("The process that trained the run was killed, by the system most likely, for want of memory");
inline constexpr const char* process_exited = GW_TEXT("The process that trained the run ended with exit code %1");
inline constexpr const char* process_forced = GW_TEXT("The process that trained the run was ended by force");
inline constexpr const char* process_silent_end = GW_TEXT("The process that trained the run ended without a word");
inline constexpr const char* process_garbled =
    GW_TEXT("The process that trained the run was ended: what it said could not be understood");
inline constexpr const char* process_deaf =
    GW_TEXT("The connection to the process that trains the run was lost; it trains on");
inline constexpr const char* resume_after_process = GW_TEXT("Resume the run: it goes on from its newest checkpoint");
inline constexpr const char* watch_again = GW_TEXT("Open the run again to watch it, or stop it");
inline constexpr const char* process_of_other_version =
    GW_TEXT("The process that trains the run is of another version of Groundwork");
inline constexpr const char* same_installation =
    GW_TEXT("Both programs must be of the same installation: install Groundwork again");
inline constexpr const char* train_inside =
    GW_TEXT("Try again, or have runs trained inside the program (Settings; --host thread)");
inline constexpr const char* process_does_not_answer = GW_TEXT("The process that trains the run does not answer");
inline constexpr const char* not_watchable_here = GW_TEXT("This run cannot be watched from here");
inline constexpr const char* only_apart =
    GW_TEXT("Only a run in a process of its own can be, and only on the machine where it is trained");
inline constexpr const char* said_at_last = GW_TEXT("it said at last: %1");
inline constexpr const char* not_watchable = GW_TEXT("This run cannot be watched again once this program is left: %1");

}  // namespace gw::say
