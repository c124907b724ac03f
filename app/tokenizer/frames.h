#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace gw::helper {

/// The next frame of standard input, or nothing at its end.
std::optional<std::string> read_frame();
/// Writes to standard output; ends the program when nobody reads any more.
void write_out(std::string_view bytes);
/// Writes a short line to standard output where there is room at once, else drops it: a client that is still writing
/// does not read, and would never be done.
void offer(std::string_view line);
/// From now on the program ends when nobody reads its standard output any more, whatever it is doing.
void end_with_client();

int train();
int serve();

}  // namespace gw::helper
