#pragma once
#include <string>

#include "util/files.h"

namespace gw {

/// An Error for a failed call of the operating system: "Cannot <action> <path>: <reason>", with a hint that fits
/// `number` (an errno).
Error io_error(const std::string& action, const fs::path& path, int number);

}  // namespace gw
