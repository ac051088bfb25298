#pragma once

#include <cstdint>   // uint16_t
#include <optional>  // optional

namespace feedmux::testing {

/// A listening TCP socket on 127.0.0.1. Throws std::system_error if it cannot be had.
///
/// Thread: one, except for Interrupt.
class LoopbackListener {
 public:
  /// `port` 0: any free one.
  explicit LoopbackListener(std::uint16_t port = 0);
  ~LoopbackListener();

  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  std::uint16_t port() const { return port_; }

  /// Waits for the next client and returns its socket, which the caller owns; nothing after
  /// Interrupt.
  std::optional<int> Accept();

  /// Thread: any. Ends Accept, now and later.
  void Interrupt();

 private:
  int listener_;
  int interrupt_;  // eventfd, never read
  std::uint16_t port_ = 0;
};

}  // namespace feedmux::testing
