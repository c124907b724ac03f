#include "data/curation/personal_scan.h"

#include <arpa/inet.h>

#include <algorithm>
#include <vector>

namespace gw {

namespace {

bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name_sign(char c) {
    return is_ascii_digit(c) || is_ascii_letter(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}
char at_or_nothing(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : '\0';
}

/// name@host.domain, by the signs that people's addresses have (a part of RFC 5322).
std::size_t end_of_email(std::string_view text, std::size_t begin) {
    constexpr std::size_t longest_name = 64, longest_host = 255;
    if (!is_ascii_digit(text[begin]) && !is_ascii_letter(text[begin])) return 0;
    std::size_t at = begin;
    while (at < text.size() && at - begin <= longest_name && is_name_sign(text[at])) ++at;
    if (at_or_nothing(text, at) != '@' || text[at - 1] == '.') return 0;
    const std::size_t host = ++at;
    while (at < text.size() && at - host < longest_host &&
           (is_ascii_digit(text[at]) || is_ascii_letter(text[at]) || text[at] == '.' || text[at] == '-'))
        ++at;
    while (at > host && (text[at - 1] == '.' || text[at - 1] == '-')) --at;
    const std::size_t in_host = text.substr(host, at - host).rfind('.');
    if (in_host == std::string_view::npos || in_host == 0) return 0;
    const std::size_t dot = host + in_host;
    if (at - dot < 3) return 0;
    const std::string_view domain = text.substr(dot + 1, at - dot - 1);
    return std::all_of(domain.begin(), domain.end(), is_ascii_letter) ? at : 0;
}

/// An IPv4 address in four numbers, or an IPv6 address with a digit in it.
std::size_t end_of_address(std::string_view text, std::size_t begin) {
    constexpr std::size_t longest = 45;
    std::size_t end = begin;
    auto is_hex = [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    while (end < text.size() && end - begin <= longest && (is_hex(text[end]) || text[end] == ':' || text[end] == '.'))
        ++end;
    if (end < text.size() && is_ascii_letter(text[end])) return 0;
    while (end > begin && text[end - 1] == '.') --end;
    while (end > begin + 1 && text[end - 1] == ':' && text[end - 2] != ':') --end;
    std::string word(text.substr(begin, end - begin));
    if (word.size() > longest || word.find_first_of(".:") == std::string::npos) return 0;
    unsigned char bytes[16];
    const auto colons = std::count(word.begin(), word.end(), ':');
    if (colons == 1) {  // a port behind it
        end -= word.size() - word.find(':');
        word.erase(word.find(':'));
    }
    if (colons < 2) return ::inet_pton(AF_INET, word.c_str(), bytes) == 1 ? end : 0;
    constexpr std::size_t shortest = 6;  // shorter ones, "a::b", are names in programs as well
    const bool any_digit = std::any_of(word.begin(), word.end(), is_ascii_digit);
    return word.size() >= shortest && any_digit && ::inet_pton(AF_INET6, word.c_str(), bytes) == 1 ? end : 0;
}

/// Groups of digits with one sign between them, "+81 90-1234-5678" or "(555) 123-4567".
struct DigitGroups {
    std::vector<std::string> groups;
    std::vector<std::size_t> ends;  ///< behind each group, its bracket too
    bool plus = false, bracket = false;
    std::string digits(std::size_t many) const {
        std::string out;
        for (std::size_t i = 0; i < many; ++i) out += groups[i];
        return out;
    }
};

DigitGroups groups_at(std::string_view text, std::size_t begin) {
    constexpr std::size_t most_groups = 8;
    DigitGroups out;
    std::size_t at = begin;
    if (at_or_nothing(text, at) == '+') {
        out.plus = true;
        ++at;
    }
    while (at < text.size() && out.groups.size() < most_groups) {
        const bool opened = text[at] == '(';
        if (opened) ++at;
        std::size_t end = at;
        while (end < text.size() && is_ascii_digit(text[end])) ++end;
        if (end == at) break;
        if (opened) {
            if (at_or_nothing(text, end) != ')') break;
            out.bracket = true;
        }
        out.groups.emplace_back(text.substr(at, end - at));
        at = end + (opened ? 1 : 0);
        out.ends.push_back(at);
        const char sign = at_or_nothing(text, at);
        const bool joint = sign == ' ' || sign == '-' || (sign == '.' && !out.bracket);
        if (joint) ++at;
        if (!joint && sign != '(' && !opened) break;
        if (joint && at_or_nothing(text, at) == ' ') break;
    }
    return out;
}

/// How many groups from the first on are a card's number; 0 = none.
std::size_t card_groups(const DigitGroups& found) {
    constexpr std::size_t least = 13, most = 19;
    if (found.plus || found.bracket) return 0;
    for (std::size_t many = found.groups.size(); many > 0; --many) {
        const std::string digits = found.digits(many);
        if (digits.size() < least || digits.size() > most || digits[0] < '2' || digits[0] > '6') continue;
        if (many > 1 && found.groups[0].size() != 4) continue;  // written in fours, or 4-6-5
        if (passes_luhn(digits)) return many;
    }
    return 0;
}

/// A number that is plainly a phone's: with a plus, or in groups as they are written in North America and Japan.
std::size_t phone_groups(const DigitGroups& found) {
    for (std::size_t many = std::min<std::size_t>(found.groups.size(), 6); many > 0; --many) {
        const std::size_t digits = found.digits(many).size();
        const std::string& first = found.groups[0];
        if (found.plus) {
            if (digits >= 8 && digits <= 15) return many;
            continue;
        }
        if (many != 3) continue;
        const std::size_t middle = found.groups[1].size(), last = found.groups[2].size();
        if (first.size() == 3 && middle == 3 && last == 4) return many;
        const bool domestic = first[0] == '0' && first.size() >= 2 && first.size() <= 5;
        if (domestic && (digits == 10 || digits == 11) && middle >= 1 && middle <= 4 && last >= 3 && last <= 4)
            return many;
    }
    return 0;
}

/// A long row of digits, or a social security number of the United States as it is written.
std::size_t number_groups(const DigitGroups& found, std::int64_t longest) {
    if (found.plus || found.bracket || found.groups.empty()) return 0;
    if (static_cast<std::int64_t>(found.groups[0].size()) >= longest) return 1;
    return found.groups.size() == 3 && found.groups[0].size() == 3 && found.groups[1].size() == 2 &&
                   found.groups[2].size() == 4
               ? 3
               : 0;
}

/// Whether a number could not begin here, since one goes on: "1.5" behind its dot, letters before.
bool goes_on(std::string_view text, std::size_t begin) {
    if (begin == 0) return false;
    const char before = text[begin - 1];
    return is_ascii_digit(before) || is_ascii_letter(before) || before == '_' ||
           (begin > 1 && (before == '.' || before == ',' || before == '-' || before == ':') &&
            is_ascii_digit(text[begin - 2]));
}
bool ends_here(std::string_view text, std::size_t end) {
    const char after = at_or_nothing(text, end);
    return !is_ascii_digit(after) && !is_ascii_letter(after) && after != '_' &&
           !((after == '.' || after == ',') && is_ascii_digit(at_or_nothing(text, end + 1)));
}

}  // namespace

bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

PersonalFind personal_at(std::string_view text, std::size_t begin, const PersonalWishes& wishes) {
    const char c = text[begin];
    auto wanted = [&](Personal sort) { return wishes.of[static_cast<std::size_t>(sort)]; };
    const bool begins_name = begin == 0 || (!is_ascii_digit(text[begin - 1]) && !is_ascii_letter(text[begin - 1]));
    if (wanted(Personal::email) && begins_name)
        if (const std::size_t end = end_of_email(text, begin)) return {Personal::email, end};
    if (wanted(Personal::address) && !goes_on(text, begin) && (is_ascii_digit(c) || is_ascii_letter(c) || c == ':'))
        if (const std::size_t end = end_of_address(text, begin); end && ends_here(text, end))
            return {Personal::address, end};
    if ((!is_ascii_digit(c) && c != '+' && c != '(') || goes_on(text, begin)) return {};
    const DigitGroups found = groups_at(text, begin);
    auto end_of = [&](std::size_t groups) {
        return groups > 0 && ends_here(text, found.ends[groups - 1]) ? found.ends[groups - 1] : 0;
    };
    if (wanted(Personal::card))
        if (const std::size_t end = end_of(card_groups(found))) return {Personal::card, end};
    if (wanted(Personal::phone))
        if (const std::size_t end = end_of(phone_groups(found))) return {Personal::phone, end};
    if (wanted(Personal::number) && is_ascii_digit(c))
        if (const std::size_t end = end_of(number_groups(found, wishes.long_number))) return {Personal::number, end};
    return {};
}

}  // namespace gw
