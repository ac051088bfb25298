#pragma once

#include <cstddef>  // size_t
#include <cstdint>  // uint64_t
#include <span>     // span

#include "feedmux/host.hpp"
#include "feedmux/tick.hpp"

namespace feedmux::contract {

/// Ticks of every kind, with fields at their ends and absent, with and without raw bytes, with
/// symbols that need escaping, in memory that can only be read, and not at all once this is gone.
class TickSamples {
 public:
  /// `first_sequence` is the bus sequence of the first; `count` at least 1.
  TickSamples(Symbols& symbols, std::size_t count, std::uint64_t first_sequence = 1);
  ~TickSamples();
  TickSamples(const TickSamples&) = delete;
  TickSamples& operator=(const TickSamples&) = delete;

  std::span<const Tick> ticks() const { return ticks_; }

 private:
  void* memory_ = nullptr;
  std::size_t size_ = 0;
  std::span<Tick> ticks_;
};

}  // namespace feedmux::contract
