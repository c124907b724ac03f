#include "util/local_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace gw {

namespace {

Error socket_error(const std::string& what, const fs::path& folder, int number) {
    return {Error::Code::io, what + ": " + std::strerror(number), "", {"folder " + folder.string()}};
}

/// An address below an open folder: short, however long the folder's own path is.
Result<sockaddr_un> address_below(const Descriptor& folder, const std::string& name) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + name;
    if (path.size() >= sizeof address.sun_path)
        return Error{Error::Code::io, "The name of a socket is too long: " + name, "", {}};
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

const sockaddr* as_address(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace

Result<std::pair<Descriptor, Descriptor>> connected_pair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Error{Error::Code::io,
                     std::string("Cannot make a connection: ") + std::strerror(errno),
                     "Close some programs and try again",
                     {}};
    return std::pair(Descriptor(ends[0]), Descriptor(ends[1]));
}

Result<Descriptor> listen_in(const fs::path& folder, const std::string& name) {
    const Descriptor place(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!place || !made) return socket_error("Cannot make a socket", folder, errno);
    const auto address = address_below(place, name);
    if (!address) return address.error();
    ::unlinkat(place.get(), name.c_str(), 0);
    constexpr mode_t own = 0600;
    constexpr int may_wait = 8;
    // Before it has a name, so that there is no moment in which others could come.
    ::fchmod(made.get(), own);
    if (::bind(made.get(), as_address(address.value()), sizeof(sockaddr_un)) != 0 ||
        ::fchmodat(place.get(), name.c_str(), own, 0) != 0 || ::listen(made.get(), may_wait) != 0)
        return socket_error("Cannot listen", folder, errno);
    return made;
}

Result<Descriptor> connect_in(const fs::path& folder, const std::string& name) {
    const Descriptor place(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!place || !made) return socket_error("Cannot make a socket", folder, errno);
    const auto address = address_below(place, name);
    if (!address) return address.error();
    while (::connect(made.get(), as_address(address.value()), sizeof(sockaddr_un)) != 0)
        if (errno != EINTR) return socket_error("Nobody listens", folder, errno);
    if (!peer_of(made)) return socket_error("Whoever listens is somebody else", folder, EPERM);
    return made;
}

std::optional<Descriptor> accept_from(const Descriptor& listening) {
    Descriptor made(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!made || !peer_of(made)) return std::nullopt;
    return made;
}

std::optional<pid_t> peer_of(const Descriptor& connection) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(connection.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
    return peer.uid == ::geteuid() ? std::optional(peer.pid) : std::nullopt;
}

bool send_some(const Descriptor& connection, std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count =
            ::send(connection.get(), bytes.data() + sent, bytes.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return false;
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
    }
    bytes.erase(0, sent);
    return true;
}

bool receive_some(const Descriptor& connection, std::string& bytes) {
    std::array<char, 65536> buffer;
    // A stream that never pauses must not keep its reader from the rest of its work.
    constexpr int most_reads = 64;
    for (int i = 0; i < most_reads; ++i) {
        const ssize_t count = ::recv(connection.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
        if (count == 0) return false;
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace gw
