#pragma once

#include <sys/un.h>  // sockaddr_un

#include <filesystem>  // path

namespace feedmux {

/// Throws std::runtime_error if the path is longer than such an address can be.
sockaddr_un AddressOf(const std::filesystem::path& path);

/// connect(2), without waiting: 0, or what errno said. EAGAIN means that somebody listens, and is
/// busy.
int TryConnect(int socket, const std::filesystem::path& path);

}  // namespace feedmux
