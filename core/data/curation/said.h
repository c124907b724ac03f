#pragma once
#include "util/phrase.h"

// What a curation says of files it passes over and of what it refuses; a window finds the values in these forms again.
namespace gw::say {

inline constexpr const char* archive_closed = GW_TEXT("an archive, which is not opened");
inline constexpr const char* wide_text = GW_TEXT("in UTF-16 or UTF-32, not in UTF-8");
inline constexpr const char* binary_file = GW_TEXT("a binary file, or text in UTF-16");
inline constexpr const char* unreadable_file = GW_TEXT("a file that cannot be read");
inline constexpr const char* document_too_long = GW_TEXT("a document of more than %1");
inline constexpr const char* row_no_object = GW_TEXT("a row that is no JSON object");
inline constexpr const char* row_without_text = GW_TEXT("a row without text in the field \"%1\"");

inline constexpr const char* no_text_among = GW_TEXT("None of these files is text that can be read: the first is %1");
inline constexpr const char* choose_text = GW_TEXT("Choose text files in UTF-8; unpack archives first");
inline constexpr const char* steps_left_nothing =
    GW_TEXT("No document is left, so that nothing was written: the step %1 dropped the last %2, as in: %3");
inline constexpr const char* nothing_was_read =
    GW_TEXT("No document is left, so that nothing was written: none could be read");
inline constexpr const char* loosen_steps = GW_TEXT("Loosen the steps; only to count shows what each of them drops");
inline constexpr const char* result_inside =
    GW_TEXT("The result would lie inside the data that is read, %1, and be read with it");
inline constexpr const char* folder_outside = GW_TEXT("Name a folder outside of it");
inline constexpr const char* data_inside = GW_TEXT("The data that is read lies in the folder for the result: %1");
inline constexpr const char* folder_there = GW_TEXT("There is a folder %1 already");
inline constexpr const char* folder_of_others = GW_TEXT("The folder %1 was not made by a curation");
inline constexpr const char* folder_with_more = GW_TEXT("The folder %1 holds more than the result of a curation: %2");
inline constexpr const char* folder_kept = GW_TEXT("Choose another name; only the result of a curation is replaced");

/// All of them.
inline constexpr const char* curation_texts[] = {
    archive_closed,   wide_text,        binary_file,      unreadable_file, document_too_long,
    row_no_object,    row_without_text, no_text_among,    choose_text,     steps_left_nothing,
    nothing_was_read, loosen_steps,     result_inside,    folder_outside,  data_inside,
    folder_there,     folder_of_others, folder_with_more, folder_kept};

}  // namespace gw::say
