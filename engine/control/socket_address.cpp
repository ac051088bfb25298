#include "control/socket_address.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>  // copy
#include <cerrno>     // errno
#include <stdexcept>  // runtime_error
#include <string>     // string

namespace feedmux {

sockaddr_un AddressOf(const std::filesystem::path& path) {
  sockaddr_un address{};
  const std::string text = path.string();
  constexpr std::size_t kLongest = sizeof(address.sun_path) - 1;
  if (text.find('\0') != std::string::npos) {
    throw std::runtime_error("the path of a socket cannot have a zero byte");
  }
  if (text.empty() || text.size() > kLongest) {
    throw std::runtime_error(
        fmt::format("{}: the path of a socket has at least 1 and at most {} bytes, this has {}",
                    text, kLongest, text.size()));
  }
  address.sun_family = AF_UNIX;
  std::copy(text.begin(), text.end(), address.sun_path);
  return address;
}

int TryConnect(int socket, const std::filesystem::path& path) {
  const sockaddr_un address = AddressOf(path);
  // The socket API takes every kind of address through a pointer to the general one.
  const auto* general = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  return ::connect(socket, general, sizeof(address)) == 0 ? 0 : errno;
}

}  // namespace feedmux
