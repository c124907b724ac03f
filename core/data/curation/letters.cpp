#include "data/curation/letters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "util/text.h"

namespace gw {

namespace {

enum Script : std::uint8_t {
    latin,
    greek,
    cyrillic,
    armenian,
    hebrew,
    arabic,
    devanagari,
    bengali,
    gurmukhi,
    gujarati,
    oriya,
    tamil,
    telugu,
    kannada,
    malayalam,
    sinhala,
    thai,
    lao,
    tibetan,
    myanmar,
    georgian,
    hangul,
    ethiopic,
    khmer,
    mongolian,
    hiragana,
    katakana,
    bopomofo,
    han,
    other_script
};

constexpr std::array<std::string_view, other_script + 1> all_scripts{
    "Latin",     "Greek",    "Cyrillic", "Armenian", "Hebrew",   "Arabic",  "Devanagari", "Bengali",
    "Gurmukhi",  "Gujarati", "Oriya",    "Tamil",    "Telugu",   "Kannada", "Malayalam",  "Sinhala",
    "Thai",      "Lao",      "Tibetan",  "Myanmar",  "Georgian", "Hangul",  "Ethiopic",   "Khmer",
    "Mongolian", "Hiragana", "Katakana", "Bopomofo", "Han",      "Other"};

/// Blocks of letters, in order (Unicode 15, Blocks.txt; neighbours of one script as one).
struct ScriptBlock {
    char32_t first, last;
    Script script;
};
constexpr ScriptBlock script_blocks[] = {
    {0x0041, 0x02AF, latin},      {0x0370, 0x03FF, greek},    {0x0400, 0x052F, cyrillic},  {0x0530, 0x058F, armenian},
    {0x0590, 0x05FF, hebrew},     {0x0600, 0x06FF, arabic},   {0x0750, 0x077F, arabic},    {0x0870, 0x08FF, arabic},
    {0x0900, 0x097F, devanagari}, {0x0980, 0x09FF, bengali},  {0x0A00, 0x0A7F, gurmukhi},  {0x0A80, 0x0AFF, gujarati},
    {0x0B00, 0x0B7F, oriya},      {0x0B80, 0x0BFF, tamil},    {0x0C00, 0x0C7F, telugu},    {0x0C80, 0x0CFF, kannada},
    {0x0D00, 0x0D7F, malayalam},  {0x0D80, 0x0DFF, sinhala},  {0x0E00, 0x0E7F, thai},      {0x0E80, 0x0EFF, lao},
    {0x0F00, 0x0FFF, tibetan},    {0x1000, 0x109F, myanmar},  {0x10A0, 0x10FF, georgian},  {0x1100, 0x11FF, hangul},
    {0x1200, 0x139F, ethiopic},   {0x1780, 0x17FF, khmer},    {0x1800, 0x18AF, mongolian}, {0x1C80, 0x1C8F, cyrillic},
    {0x1C90, 0x1CBF, georgian},   {0x1D00, 0x1D25, latin},    {0x1E00, 0x1EFF, latin},     {0x1F00, 0x1FFF, greek},
    {0x2C60, 0x2C7F, latin},      {0x2D00, 0x2D2F, georgian}, {0x2D80, 0x2DDF, ethiopic},  {0x2DE0, 0x2DFF, cyrillic},
    {0x2E80, 0x2FDF, han},        {0x3005, 0x3007, han},      {0x3040, 0x309F, hiragana},  {0x30A0, 0x30FF, katakana},
    {0x3100, 0x312F, bopomofo},   {0x3130, 0x318F, hangul},   {0x31A0, 0x31BF, bopomofo},  {0x31F0, 0x31FF, katakana},
    {0x3400, 0x4DBF, han},        {0x4E00, 0x9FFF, han},      {0xA640, 0xA69F, cyrillic},  {0xA720, 0xA7FF, latin},
    {0xA960, 0xA97F, hangul},     {0xAB30, 0xAB6F, latin},    {0xAC00, 0xD7FF, hangul},    {0xF900, 0xFAFF, han},
    {0xFB00, 0xFB06, latin},      {0xFB1D, 0xFB4F, hebrew},   {0xFB50, 0xFDFF, arabic},    {0xFE70, 0xFEFF, arabic},
    {0xFF21, 0xFF5A, latin},      {0xFF66, 0xFF9F, katakana}, {0xFFA0, 0xFFDC, hangul},    {0x20000, 0x3FFFF, han},
};

utf8proc_category_t category_of(char32_t c) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}
bool is_mark(char32_t c) {
    const auto category = category_of(c);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}
bool is_white(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    const auto category = category_of(c);
    return category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
}

}  // namespace

std::span<const std::string_view> script_names() {
    return all_scripts;
}

std::size_t script_of(char32_t letter) {
    const auto* after = std::upper_bound(std::begin(script_blocks), std::end(script_blocks), letter,
                                         [](char32_t c, const ScriptBlock& block) { return c < block.first; });
    if (after == std::begin(script_blocks) || letter > (after - 1)->last) return other_script;
    return (after - 1)->script;
}

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const auto category = category_of(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_of_a_word(char32_t c) {
    if (c < 0x80) return is_letter(c) || (c >= '0' && c <= '9');
    const auto category = category_of(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool is_unspaced_letter(char32_t c) {
    if (c < 0x0E00) return false;
    switch (script_of(c)) {
        case thai:
        case lao:
        case tibetan:
        case myanmar:
        case khmer:
        case hiragana:
        case katakana:
        case bopomofo:
        case han:
            return is_letter(c);
        default:
            return false;
    }
}

bool is_unspaced_text(std::string_view text) {
    constexpr std::int64_t enough = 4000;
    std::int64_t letters = 0, unspaced = 0;
    for (std::size_t at = 0; at < text.size() && letters < enough;) {
        const char32_t c = next_code_point(text, at);
        if (!is_letter(c)) continue;
        ++letters;
        unspaced += is_unspaced_letter(c);
    }
    return unspaced * 2 > letters;
}

std::int64_t count_characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
}

void for_each_word(std::string_view text, const std::function<void(std::string_view)>& visit) {
    std::size_t begin = 0;              // of the word that is open
    bool open = false, wordly = false;  // wordly: it has a letter or a digit
    bool beside = false;                // whether an unspaced letter stands before it in this run
    auto close = [&](std::size_t end, bool next_unspaced) {
        if (open && (wordly || !(beside || next_unspaced))) visit(text.substr(begin, end - begin));
        open = wordly = false;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (is_white(c)) {
            close(here, false);
            beside = false;
        } else if (is_unspaced_letter(c)) {
            close(here, true);
            while (at < text.size()) {
                std::size_t next = at;
                if (!is_mark(next_code_point(text, next))) break;
                at = next;
            }
            visit(text.substr(here, at - here));
            beside = true;
        } else {
            if (!open) begin = here;
            open = true;
            wordly = wordly || is_of_a_word(c);
        }
    }
    close(text.size(), false);
}

std::int64_t count_words(std::string_view text) {
    std::int64_t count = 0;
    for_each_word(text, [&](std::string_view) { ++count; });
    return count;
}

void for_each_line(std::string_view text, const std::function<void(std::string_view)>& visit) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        visit(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

}  // namespace gw
