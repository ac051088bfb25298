#include "control/peer.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/socket.h>

#include <cerrno>        // errno
#include <system_error>  // system_error
#include <vector>        // vector

namespace feedmux {

Peer PeerOf(int socket) {
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "SO_PEERCRED");
  }
  return {credentials.pid, credentials.uid};
}

std::string NameOf(const Peer& peer) {
  std::vector<char> buffer(16384);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(peer.uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found) {
    return fmt::format("uid {} ({})", peer.uid, found->pw_name);
  }
  return fmt::format("uid {}", peer.uid);
}

}  // namespace feedmux
