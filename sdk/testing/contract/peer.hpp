#pragma once

#include <chrono>      // milliseconds
#include <cstdint>     // uint16_t
#include <stop_token>  // stop_token
#include <thread>      // jthread

namespace feedmux::contract {

/// The other end of a plugin's socket, on a port of 127.0.0.1, in the ways it can be of no use.
class Peer {
 public:
  enum class Manner {
    Absent,       ///< refuses connections
    Unreachable,  ///< does not even answer that it is there
    Silent,       ///< accepts and never says anything
    HangsUp,      ///< accepts and closes
    Nonsense,     ///< accepts, says what no protocol says, and closes
  };

  explicit Peer(Manner manner);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  std::uint16_t port() const { return port_; }

  /// Silent, Unreachable: waits until somebody has connected, or tries to. False if nobody does.
  bool WaitForCaller(std::chrono::milliseconds at_most) const;

 private:
  void Occupy();
  void Answer(std::stop_token stop) const;

  const Manner manner_;
  int listener_ = -1;
  int occupant_ = -1;  // Unreachable: fills the listener's queue
  std::uint16_t port_ = 0;
  std::jthread answering_;
};

}  // namespace feedmux::contract
