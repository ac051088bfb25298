#pragma once

#include <span>  // span

#include "feedmux/tick.hpp"

namespace feedmux {

/// A configured consumer. The constructor checks options and does nothing else: no socket, file or
/// thread. Every other method runs on the sink thread.
class Sink {
 public:
  virtual ~Sink() = default;

  /// Opens what the sink writes to. Called before the first OnTicks; after a throw it is called
  /// again with backoff, while ticks queue up.
  virtual void Start() {}

  /// What waited (all of it, or some thousand ticks of a backlog), oldest first, valid until the
  /// call returns. To return is to take the ticks over. Throws SinkUnavailable to be called again
  /// later with what is not yet delivered.
  virtual void OnTicks(std::span<const Tick> ticks) = 0;

  /// The last call: the queue is drained, or its time is up. Throws SinkUnavailable at
  /// most, where its target is away; nothing thrown here is retried.
  virtual void Stop() {}
};

}  // namespace feedmux
