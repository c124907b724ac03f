#pragma once
#include <sys/types.h>

#include <optional>
#include <utility>

#include "util/descriptor.h"
#include "util/files.h"

// Connections between programs of one user on one machine. Nothing here can be reached over a network.
namespace gw {

/// Two ends that are connected with each other, closed on exec.
Result<std::pair<Descriptor, Descriptor>> connected_pair();

/// A Unix domain socket with this name in a folder, for its owner alone (mode 0600), that listens; one that was left
/// there is replaced. The folder's path may be longer than a socket's address (107 bytes).
Result<Descriptor> listen_in(const fs::path& folder, const std::string& name);
/// A connection to whoever listens there. Errors: nobody does, or somebody of another user.
Result<Descriptor> connect_in(const fs::path& folder, const std::string& name);
/// The next connection to a listening socket, if one waits; those of other users are refused.
std::optional<Descriptor> accept_from(const Descriptor& listening);
/// The process at the other end, where it is one of this user; of a connection to a listening socket the one that made
/// it listen.
std::optional<pid_t> peer_of(const Descriptor& connection);

/// Sends what can be sent without waiting and takes it out of `bytes`; false when the other end is gone.
bool send_some(const Descriptor& connection, std::string& bytes);
/// Appends what has come to `bytes`, without waiting; false when the other end is gone.
bool receive_some(const Descriptor& connection, std::string& bytes);

}  // namespace gw
