#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace gw {

/// Sorts of personal data that can be told by their form alone.
enum class Personal { email, address, card, phone, number };
inline constexpr std::size_t personal_sorts = 5;

/// What is looked for, by its sort.
struct PersonalWishes {
    std::array<bool, personal_sorts> of{true, true, true, true, true};
    std::int64_t long_number = 12;  ///< digits in a row that make a number of somebody's
};

/// The sort and the end of personal data that begins at `begin` of a text; an end of 0 = none begins there. Looks at
/// ASCII alone: full width digits are found behind a step that makes plain ones of them.
struct PersonalFind {
    Personal sort = Personal::email;
    std::size_t end = 0;
};
PersonalFind personal_at(std::string_view text, std::size_t begin, const PersonalWishes& wishes);

/// Whether digits pass the check of payment cards (ISO/IEC 7812-1, Luhn).
bool passes_luhn(std::string_view digits);

}  // namespace gw
