#pragma once
#include <string>
#include <utility>
#include <vector>

#include "data/images/picture.h"

namespace gw {

/// What is known of a picture in a file besides what it shows, as Label::columns: results can be looked at by each.
/// - "class", as its label says
/// - "part": the folders around it that name a part of the data, such as "test"; "none" where there are none
/// - "folder": all folders around it
/// - "width" and "height" in its file, by doublings ("256 to 511"), since photographs come in hundreds of sizes
/// - "colours" of its file: "grey" or "colour"
/// `file` is its path below what holds all files; `in_file` has the channels, height and width of its file.
std::vector<std::pair<std::string, std::string>> picture_columns(const std::string& class_name, const std::string& file,
                                                                 const Picture& in_file);

}  // namespace gw
