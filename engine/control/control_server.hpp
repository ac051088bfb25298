#pragma once

#include <chrono>      // milliseconds
#include <filesystem>  // path
#include <memory>      // unique_ptr

#include "control/control_limits.hpp"
#include "control/control_services.hpp"

namespace feedmux {

/// Lets people steer the engine through a Unix domain socket, see protocol.hpp. One thread serves
/// all clients; a second one takes the commands that may block.
///
/// Thread: constructed, started and stopped by one.
class ControlServer {
 public:
  /// Listens from now on; clients wait until Start. Throws std::runtime_error, see ControlSocket.
  ControlServer(std::filesystem::path path, ControlServices services, ControlLimits limits = {});
  ~ControlServer();

  void Start();

  /// Removes the socket and closes every connection. False if a command did not come back in that
  /// time: its thread is left behind, and the process must end without destroying the server.
  bool Stop(std::chrono::milliseconds timeout);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace feedmux
