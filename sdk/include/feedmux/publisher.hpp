#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/batch.hpp"

namespace feedmux {

/// A connection's way onto the bus. One connection, one publisher.
///
/// Thread: every method is called by the thread that is in Connection::Run.
class Publisher {
 public:
  virtual ~Publisher() = default;

  /// The handshake is done and ticks may flow: the connection's status becomes "connected".
  virtual void Connected() = 0;

  /// The vendor sends these tickers' ticks from now on. The engine lets go of a ticker's former
  /// connection, and ends its gap, on this word; a source whose vendor confirms nothing says it
  /// when it has asked.
  virtual void Subscribed(const std::vector<std::string>& tickers) = 0;

  /// An empty batch, its time of arrival taken now. It stays the publisher's; calling again before
  /// Publish empties it.
  virtual Batch& NewBatch() = 0;

  /// Counts the batch and hands its ticks to every sink. The batch must not be touched afterwards.
  /// Returns at once, unless a sink's queue has `when_full: block`: then it waits for room, or for
  /// the engine to stop. Throws std::logic_error for a batch that NewBatch did not give, and for
  /// one with a tick of kind gap or with raw bytes that are not of its frame; nothing of it is
  /// counted.
  virtual void Publish(Batch& batch) = 0;

  /// Something went wrong that the session survives: counted as an error of the connection, kept as
  /// its last error, logged as a warning.
  virtual void ReportError(std::string_view what) = 0;
};

}  // namespace feedmux
