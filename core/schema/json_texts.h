#pragma once
#include "util/phrase.h"

// What is said of a text that is no JSON; listed in run_texts() (train/message/messages.h), by which a window finds the
// values in them again.
namespace gw::say {

inline constexpr const char* json_depth =
    GW_TEXT("This JSON is nested too deeply: more than %1 brackets are open at line %2, column %3");
inline constexpr const char* json_fields =
    GW_TEXT("An object of this JSON has more than %1 fields at line %2, column %3");
inline constexpr const char* json_number = GW_TEXT("The number at line %1, column %2 is too large for this program");
inline constexpr const char* json_doubled = GW_TEXT("The field at line %1, column %2 has a value already");
inline constexpr const char* json_syntax =
    GW_TEXT("This is not valid JSON: the text at line %1, column %2 does not belong there");
inline constexpr const char* json_empty = GW_TEXT("There is nothing in this file: it is empty");
inline constexpr const char* json_not_utf8 = GW_TEXT("This text is written in UTF-16 or UTF-32, not in UTF-8");
inline constexpr const char* json_give_object = GW_TEXT("Write at least {} into it, or name another file");
inline constexpr const char* json_save_as_utf8 = GW_TEXT("Save it as UTF-8 and try again");
inline constexpr const char* json_fewer_levels = GW_TEXT("Use fewer levels");
inline constexpr const char* json_fewer_fields = GW_TEXT("Use fewer fields, or a list");
inline constexpr const char* json_smaller_number = GW_TEXT("Write one below 1e308");
inline constexpr const char* json_one_value = GW_TEXT("Keep one of the two");
inline constexpr const char* json_look_before =
    GW_TEXT("Look for a missing comma, quote or bracket just before that place");

}  // namespace gw::say
