#pragma once
#include <string>

namespace gw {

/// A page of HTML that needs nothing else, with the looks of all reports and a line that says who wrote it and when.
std::string html_page(const std::string& title, const std::string& body);

}  // namespace gw
