#pragma once

#include <functional>  // function
#include <memory>      // unique_ptr

#include "feedmux/batch.hpp"
#include "feedmux/host.hpp"
#include "massive/market.hpp"
#include "massive/messages.hpp"

namespace feedmux::massive {

/// Receives the status messages of a frame, in order, after all of it was decoded. The texts are
/// valid until the call returns.
using StatusHandler = std::function<void(const StatusMessage&)>;

/// Turns frames of the vendor into ticks: one tick for each market event, in the frame's order,
/// repeated events included. Types it does not know become ticks of Kind::Other.
///
/// An event that is not as the protocol says costs no other: it is rejected with its reason, and
/// what stands before and behind it in the frame still flows, exactly once. Where the frame is not
/// JSON as a whole, the events in it that are JSON flow, and at least one is counted as rejected.
///
/// Invariants, for any bytes:
/// 1. batch.events == batch.ticks.size() + batch.status_events + batch.RejectedCount().
/// 2. Every tick's Raw() is a JSON object within batch.frame, from its '{' to its '}'.
///
/// Once it has seen the symbols and the largest frame of a feed it allocates nothing (status
/// messages excepted) and takes no lock.
///
/// Thread: one connection, one decoder; never two threads at a time.
class Decoder {
 public:
  /// `symbols` must outlive the decoder.
  Decoder(Symbols& symbols, Market market);
  ~Decoder();

  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Decodes batch.frame, the bytes of one WebSocket message, into the rest of `batch`, which
  /// should be empty. The frame's capacity may grow (its bytes may move) before the first tick
  /// points into it. An exception of `on_status` passes through and leaves the batch whole.
  void Decode(Batch& batch, const StatusHandler& on_status);

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace feedmux::massive
