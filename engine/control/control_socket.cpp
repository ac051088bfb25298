#include "control/control_socket.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>     // errno
#include <chrono>     // milliseconds
#include <cstring>    // strerror
#include <stdexcept>  // runtime_error
#include <thread>     // sleep_for

#include "control/peer.hpp"
#include "control/socket_address.hpp"

namespace feedmux {
namespace {

[[noreturn]] void Fail(const std::filesystem::path& path, std::string_view why) {
  throw std::runtime_error(fmt::format("{}: {}", path.string(), why));
}

FileDescriptor NewSocket() {
  return FileDescriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
}

/// Keeps two engines that start at once from both finding a stale file, the second then removing
/// the socket that the first has just made. Ends with the descriptor.
FileDescriptor LockFolderOf(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  FileDescriptor lock{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!lock) Fail(path, fmt::format("its folder cannot be opened: {}", std::strerror(errno)));
  constexpr int kAttempts = 200;
  for (int i = 0; ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0; ++i) {
    if (i == kAttempts) Fail(path, "somebody keeps its folder locked");
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return lock;
}

}  // namespace

ControlSocket::ControlSocket(std::filesystem::path path) : path_(std::move(path)) {
  const sockaddr_un address = AddressOf(path_);
  const FileDescriptor lock = LockFolderOf(path_);
  RemoveStaleFile();

  FileDescriptor socket = NewSocket();
  // Linux gives the file the socket's own mode; nobody can connect before listen() anyway.
  if (!socket || ::fchmod(socket.get(), 0600) != 0) Fail(path_, std::strerror(errno));
  const auto* general = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  if (::bind(socket.get(), general, sizeof(address)) != 0) {
    Fail(path_, fmt::format("the control socket cannot be made: {}", std::strerror(errno)));
  }
  struct stat made {};
  if (::lstat(path_.c_str(), &made) != 0 || (made.st_mode & 0777) != 0600 ||
      ::listen(socket.get(), SOMAXCONN) != 0) {
    ::unlink(path_.c_str());
    Fail(path_, "the control socket cannot be kept from others");
  }
  device_ = made.st_dev;
  inode_ = made.st_ino;
  socket_ = std::move(socket);
}

ControlSocket::~ControlSocket() {
  struct stat found {};
  if (::lstat(path_.c_str(), &found) != 0) return;
  if (found.st_dev == device_ && found.st_ino == inode_) ::unlink(path_.c_str());
}

void ControlSocket::RemoveStaleFile() const {
  struct stat found {};
  if (::lstat(path_.c_str(), &found) != 0) {
    if (errno == ENOENT) return;
    Fail(path_, std::strerror(errno));
  }
  if (!S_ISSOCK(found.st_mode)) Fail(path_, "is in the way: it is no socket, and stays");

  const FileDescriptor probe = NewSocket();
  const int error = TryConnect(probe.get(), path_);
  if (error == 0) {
    Fail(path_, fmt::format("another engine (pid {}) is controlled through it; engine.control, or "
                            "FEEDMUX_CONTROL, gives this one a path of its own",
                            PeerOf(probe.get()).pid));
  }
  if (error == EAGAIN) Fail(path_, "another engine is controlled through it");
  if (error != ECONNREFUSED) Fail(path_, std::strerror(error));
  if (::unlink(path_.c_str()) != 0) {
    Fail(path_, fmt::format("its engine is dead, but the file cannot be removed: {}",
                            std::strerror(errno)));
  }
}

}  // namespace feedmux
