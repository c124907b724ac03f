#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Marks a text of the engine for translation; the window looks it up in the context "Core".
#define GW_TEXT(text) text

namespace gw {

/// A sentence with its values apart, so that a window can say it in another language. "%1" stands for the first value,
/// and so on.
struct Phrase {
    std::string form;  ///< English, marked by GW_TEXT where it is written
    std::vector<std::string> values;
    /// The sentence in English.
    std::string text() const;
    bool operator==(const Phrase&) const = default;
};

/// The values of a sentence of that form, by their numbers; nothing where `text` is of another form. A value ends where
/// the form's next words begin for the first time.
std::optional<std::vector<std::string>> values_in(std::string_view form, std::string_view text);

}  // namespace gw
