#include "tokenizer/frames.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <thread>

#include "tokenize/helper_protocol.h"

namespace gw::helper {

namespace {

bool read_all(char* data, std::size_t count) {
    while (count > 0) {
        const ssize_t got = ::read(STDIN_FILENO, data, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        data += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

std::optional<std::string> read_frame() {
    char size[4];
    if (!read_all(size, sizeof size)) return std::nullopt;
    const std::uint32_t count = get_number({size, sizeof size});
    if (count > longest_frame) return std::nullopt;
    std::string bytes(count, '\0');
    if (!read_all(bytes.data(), count)) return std::nullopt;
    return bytes;
}

void write_out(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) std::_Exit(1);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void offer(std::string_view line) {
    // A pipe that can be written to has room for PIPE_BUF bytes, so that a short line never waits.
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    if (line.size() <= PIPE_BUF && ::poll(&out, 1, 0) == 1 && (out.revents & POLLOUT)) write_out(line);
}

void end_with_client() {
    std::thread([] {
        // Nothing is asked for: what is always told is that nobody reads any more.
        pollfd out{STDOUT_FILENO, 0, 0};
        while (::poll(&out, 1, -1) < 0 && errno == EINTR) {
        }
        std::_Exit(1);
    }).detach();
}

}  // namespace gw::helper
