#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace gw {

/// What keeps a text from being a name of a run, a tag or anything else that stands in one line of a list: "is not
/// UTF-8", "has a line end or another control character", "is empty", "is longer than 500 bytes". Nothing where it may
/// be one.
std::optional<std::string> name_fault(std::string_view text);

/// The nearest text that may be a name: for names that are made of file names and the like.
std::string fit_name(std::string_view text);

}  // namespace gw
