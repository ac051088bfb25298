#pragma once

#include <sys/types.h>  // pid_t, uid_t

#include <string>  // string

namespace feedmux {

/// Who is at the other end of a Unix domain socket, as the kernel knows it.
struct Peer {
  pid_t pid = 0;
  uid_t uid = 0;
};

/// Throws std::system_error.
Peer PeerOf(int socket);

/// "uid 1000 (alice)"; without the name if the system has none.
std::string NameOf(const Peer& peer);

}  // namespace feedmux
