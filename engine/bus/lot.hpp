#pragma once

#include <cstddef>  // size_t
#include <cstdint>  // uint64_t
#include <span>     // span
#include <string>   // string
#include <vector>   // vector

#include "bus/batch_pool.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// A part of a batch in a queue: of the ticks that the sink's filter wants, `take` after the first
/// `skip`.
struct BatchPart {
  BatchRef batch;
  std::size_t skip = 0;
  std::size_t take = 0;
};

/// A tick with its own copy of the event's bytes, so that it need not keep its frame alive.
struct DetachedTick {
  Tick tick;
  std::string raw;
  bool live = false;  ///< false: replaced or dropped, or a spare buffer
};

/// A sink that has fallen far behind gets its ticks in lots that stay in the processor's caches
/// from staging to writing; larger ones cost a quarter more a tick (bench/pipeline with a long
/// queue).
inline constexpr std::uint64_t kManyTicksInALot = 8192;

/// Everything a sink thread took out of its queue at once. Buffers are reused from one lot to the
/// next.
struct Lot {
  std::span<const Tick> ticks;  ///< oldest first; valid until the lot is settled

  // What keeps them alive: the queue's own.
  std::vector<BatchPart> parts;
  std::vector<DetachedTick> detached;  // the lot's are those from detached_begin to detached_end
  std::size_t detached_begin = 0;
  std::size_t detached_end = 0;
  std::vector<Tick> staged;
};

}  // namespace feedmux
