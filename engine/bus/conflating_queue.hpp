#pragma once

#include <cstddef>  // size_t
#include <cstdint>  // uint32_t
#include <vector>   // vector

#include "bus/sink_queue.hpp"

namespace feedmux {

/// Keeps the last tick of each symbol and kind; what a newer one replaced counts as conflated.
/// Ticks without a symbol are all kept. Beyond the bounds the oldest goes. Ticks leave in the order
/// of the bus.
class ConflatingQueue final : public SinkQueue {
 public:
  ConflatingQueue(const QueueConfig& config, TickFilter filter)
      : SinkQueue(config, std::move(filter)) {}

 private:
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

  void Add(const BatchRef& batch, std::size_t wanted) override;
  Moved MoveTo(Lot& lot) override;
  void PutBack(Lot& lot, std::size_t done) override;
  void Stage(Lot& lot) const override;

  void AddTick(const Tick& tick);
  void Kill(DetachedTick& entry);
  void DropOldestBeyondBounds();
  void CompactIfSparse();
  std::uint32_t& PlaceOf(const Tick& tick);
  static std::size_t BytesOf(const DetachedTick& entry);

  // entries_[0 .. used_) in the order of the bus, dead ones between; beyond lie spare buffers.
  std::vector<DetachedTick> entries_;
  std::size_t used_ = 0;
  std::size_t first_ = 0;                // none before it is live
  std::vector<std::uint32_t> place_of_;  // by symbol and kind: index into entries_, or kNowhere
};

}  // namespace feedmux
