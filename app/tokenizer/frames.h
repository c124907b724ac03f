#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace gw::helper {

/// The next frame of standard input, or nothing at its end.
std::optional<std::string> read_frame();
/// Writes to standard output; ends the program when nobody reads any more.
void write_out(std::string_view bytes);

int train();
int serve();

}  // namespace gw::helper
