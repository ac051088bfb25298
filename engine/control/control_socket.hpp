#pragma once

#include <sys/types.h>  // dev_t, ino_t

#include <filesystem>  // path

#include "control/file_descriptor.hpp"

namespace feedmux {

/// A listening Unix domain socket that only its own user can connect to, and its file, which goes
/// when this goes.
///
/// Takes the place of a socket file whose engine is dead. Refuses, with std::runtime_error, where a
/// living one listens and where the file is no socket.
class ControlSocket {
 public:
  explicit ControlSocket(std::filesystem::path path);
  ControlSocket(const ControlSocket&) = delete;
  ~ControlSocket();

  const std::filesystem::path& path() const { return path_; }

  /// The listening end, which is the caller's from now on.
  int Release() { return socket_.Release(); }

 private:
  void RemoveStaleFile() const;

  const std::filesystem::path path_;
  FileDescriptor socket_;
  dev_t device_ = 0;  // these two tell this file from one that took its place
  ino_t inode_ = 0;
};

}  // namespace feedmux
