#include "bus/tick_filter.hpp"

#include <algorithm>  // count_if, max

namespace feedmux {
namespace {

void Allow(std::vector<bool>& allowed, std::size_t index) {
  allowed.resize(std::max(allowed.size(), index + 1));
  allowed[index] = true;
}

}  // namespace

void TickFilter::AllowSymbol(SymbolId symbol) { Allow(symbols_, symbol); }

void TickFilter::AllowConnection(ConnectionIndex connection) { Allow(connections_, connection); }

std::size_t TickFilter::CountWanted(const PooledBatch& batch) const {
  if ((batch.kinds & kinds_) == 0 || !Allows(connections_, batch.connection)) return 0;
  if (WantsAll(batch)) return batch.ticks.size();
  return static_cast<std::size_t>(std::count_if(batch.ticks.begin(), batch.ticks.end(),
                                                [this](const Tick& tick) { return Wants(tick); }));
}

}  // namespace feedmux
