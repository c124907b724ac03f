#pragma once
#include "util/phrase.h"

// What reading and preparing data says of itself while it goes on; a window finds the values in these forms again.
namespace gw::say {

inline constexpr const char* checking_files = GW_TEXT("checking files");
inline constexpr const char* checking_again = GW_TEXT("checking files again");
inline constexpr const char* reading_text = GW_TEXT("reading text");
inline constexpr const char* reading_pictures = GW_TEXT("reading pictures");
inline constexpr const char* reading_series = GW_TEXT("reading series");
inline constexpr const char* reading_table = GW_TEXT("reading a table");
inline constexpr const char* looking_into_archives = GW_TEXT("looking into archives");
inline constexpr const char* drawing_pictures = GW_TEXT("drawing pictures");
inline constexpr const char* writing_stories = GW_TEXT("writing stories");
inline constexpr const char* writing_pictures = GW_TEXT("writing pictures");
inline constexpr const char* training_tokenizer = GW_TEXT("training the tokenizer: %1");
inline constexpr const char* tokenising = GW_TEXT("tokenising %1 of %2");

/// All of them.
inline constexpr const char* progress_texts[] = {
    checking_files,        checking_again,   reading_text,    reading_pictures, reading_series,     reading_table,
    looking_into_archives, drawing_pictures, writing_stories, writing_pictures, training_tokenizer, tokenising};

}  // namespace gw::say
