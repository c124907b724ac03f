#pragma once
#include "util/phrase.h"

// What is said of a sequence plan that does not fit the rest of its spec; listed in run_texts()
// (train/message/messages.h), by which a window finds the values in them again.
namespace gw::say {

inline constexpr const char* plan_no_strategy =
    GW_TEXT("\"%1\" is no strategy; there are sequential, lp_ft, ewc, si, replay and joint");
inline constexpr const char* plan_cuts_classes =
    GW_TEXT("cuts classes into tasks: choose data with one class an example");
inline constexpr const char* plan_needs_labels =
    GW_TEXT("needs an objective that learns from labels, such as classification");
inline constexpr const char* plan_needs_reading = GW_TEXT(
    "needs pictures, or a checkpoint to begin from, by whose tokenizer the texts of all tasks are read: set "
    "start.kind=checkpoint");
inline constexpr const char* plan_has_no_test = GW_TEXT("is the test part, which this split leaves empty");
inline constexpr const char* plan_has_its_own = GW_TEXT(
    "is passed over: the tasks of a sequence are trained with sequence.%1. Set that, or leave this as it comes");
inline constexpr const char* plan_trains_to_its_end =
    GW_TEXT("must be 0 in a sequence: each task is trained to its end, from where the next one goes on");

}  // namespace gw::say
