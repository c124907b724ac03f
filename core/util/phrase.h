#pragma once
#include <string>
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

}  // namespace gw
