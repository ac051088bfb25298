#pragma once

#include <cstddef>  // size_t
#include <vector>   // vector

#include "bus/batch_pool.hpp"
#include "feedmux/kind.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// Which ticks a sink wants. Fixed once made, so that the queue may ask twice and get one answer.
class TickFilter {
 public:
  TickFilter() = default;

  void AllowKinds(KindMask kinds) { kinds_ = kinds; }
  /// From the first call on, only the symbols so named.
  void AllowSymbol(SymbolId symbol);
  /// From the first call on, only the connections so named.
  void AllowConnection(ConnectionIndex connection);

  bool Wants(const Tick& tick) const {
    return (kinds_ & MaskOf(tick.kind)) != 0 && Allows(symbols_, tick.symbol) &&
           Allows(connections_, tick.connection);
  }

  /// How many of the batch's ticks it wants. Looks at the single ticks only where it must.
  std::size_t CountWanted(const PooledBatch& batch) const;

  /// True if it wants every tick of the batch.
  bool WantsAll(const PooledBatch& batch) const {
    return symbols_.empty() && (batch.kinds & ~kinds_) == 0 &&
           Allows(connections_, batch.connection);
  }

 private:
  static bool Allows(const std::vector<bool>& allowed, std::size_t index) {
    return allowed.empty() || (index < allowed.size() && allowed[index]);
  }

  KindMask kinds_ = kAllKinds;
  std::vector<bool> symbols_;      // by id; empty: all
  std::vector<bool> connections_;  // by index; empty: all
};

}  // namespace feedmux
