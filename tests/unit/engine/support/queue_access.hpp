#pragma once

#include <gtest/gtest.h>

#include <chrono>   // steady_clock
#include <cstdint>  // uint64_t
#include <span>     // span
#include <string>   // to_string
#include <vector>   // vector

#include "bus/sink_queue.hpp"

namespace feedmux {

using Sequences = std::vector<std::uint64_t>;

inline constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 40;

/// A point in the past: Take looks and does not wait.
inline constexpr SinkQueue::TimePoint kAtOnce{};

inline SinkQueue::TimePoint InTenSeconds() {
  return std::chrono::steady_clock::now() + std::chrono::seconds{10};
}

/// The sequence numbers, and a failure if a tick's bytes are not its own.
inline Sequences SequencesOf(std::span<const Tick> ticks) {
  Sequences sequences;
  for (const Tick& tick : ticks) {
    EXPECT_EQ(tick.Raw(), std::to_string(tick.sequence));
    sequences.push_back(tick.sequence);
  }
  return sequences;
}

/// Takes everything that waits and settles it.
inline Sequences TakeAll(SinkQueue& queue) {
  Lot lot;
  if (!queue.Take(lot, kAtOnce)) return {};
  Sequences sequences = SequencesOf(lot.ticks);
  queue.Settle(lot, lot.ticks.size(), 0);
  return sequences;
}

inline Sequences FromTo(std::uint64_t first, std::uint64_t last) {
  Sequences sequences;
  for (; first <= last; ++first) sequences.push_back(first);
  return sequences;
}

/// What the account cannot explain; must be 0.
inline std::int64_t Unexplained(const SinkAccount& a) {
  return static_cast<std::int64_t>(a.offered - a.filtered - a.delivered - a.dropped - a.conflated -
                                   a.failed - a.waiting - a.in_hand);
}

inline constexpr QueueConfig kRoomy{kNoLimit, kNoLimit, WhenFull::DropOldest};

/// Takes what is queued and delivers it.
inline Sequences TakeSequences(SinkQueue& queue) {
  Sequences sequences;
  Lot lot;
  if (!queue.Take(lot, kAtOnce)) return sequences;
  for (const Tick& tick : lot.ticks) sequences.push_back(tick.sequence);
  queue.Settle(lot, lot.ticks.size(), 0);
  return sequences;
}

}  // namespace feedmux
