#pragma once

#include <cstddef>     // size_t
#include <cstdint>     // int64_t
#include <functional>  // function
#include <vector>      // vector

#include "trade_cycle.hpp"

namespace feedmux::bench {

/// CLOCK_MONOTONIC in nanoseconds: the one clock of all programs of this benchmark.
std::int64_t MonotonicNs();

struct SendResult {
  std::size_t frames = 0;
  std::size_t bytes = 0;
  std::int64_t first_ns = 0;  ///< just before the first byte was written
  std::int64_t last_ns = 0;   ///< just after the last byte was written
  std::size_t held_up = 0;    ///< how often the socket took nothing for the moment
};

/// Writes the cycle's frames to a non-blocking socket and returns when all are written. Throws
/// std::system_error if the peer is gone.
class FrameSender {
 public:
  FrameSender(int socket, TradeCycle& cycle) : socket_(socket), cycle_(cycle) {}

  /// As fast as the peer reads. Less than all if `is_over`, asked once a round, says so.
  SendResult SendAll(std::size_t frames, const std::function<bool()>& is_over);

  /// At a steady pace, one write a frame. Element i of `sent_ns` becomes the moment at which frame
  /// i was handed to the socket; for one that had to wait until the peer read the frames before it,
  /// the moment at which it was due. With `stamp`, that moment is also the vendor's time of the
  /// frame's trades, in UTC.
  SendResult SendPaced(std::size_t frames, std::int64_t interval_ns, bool stamp,
                       std::vector<std::int64_t>& sent_ns);

 private:
  /// True if the socket took all of it at once.
  bool Write(const char* data, std::size_t size);
  void WaitForRoom();

  const int socket_;
  TradeCycle& cycle_;
  SendResult result_;
};

}  // namespace feedmux::bench
