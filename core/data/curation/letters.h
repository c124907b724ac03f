#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace gw {

/// The writing systems that letters are counted by; what is none of the others is "Other".
std::span<const std::string_view> script_names();
/// The script of a letter by the block of Unicode 15 that it stands in, as its place among script_names(). Letters that
/// several scripts share (the long vowel mark of kana) count for the one whose block they stand in.
std::size_t script_of(char32_t letter);

/// Letters of any script, by their general category.
bool is_letter(char32_t c);
/// A letter, a digit, or a mark that stands on one.
bool is_of_a_word(char32_t c);
/// Letters of scripts that are written without spaces between words: Han, kana, Thai and their like.
bool is_unspaced_letter(char32_t c);
/// Whether most letters of the beginning of a text are of such scripts.
bool is_unspaced_text(std::string_view text);

/// Characters of a well-formed text.
std::int64_t count_characters(std::string_view text);

/// The words of a well-formed text: what stands between white space, and of scripts without spaces each letter on its
/// own, with its marks. Punctuation beside such letters is no word.
void for_each_word(std::string_view text, const std::function<void(std::string_view)>& visit);
std::int64_t count_words(std::string_view text);

/// The lines of a text without their ends.
void for_each_line(std::string_view text, const std::function<void(std::string_view)>& visit);

}  // namespace gw
