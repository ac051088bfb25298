#pragma once

#include <cstddef>  // size_t
#include <vector>   // vector

#include "bus/sink_queue.hpp"

namespace feedmux {

/// A queue of references to whole batches, for Block, DropOldest and DropNewest. Drops are exact to
/// the tick.
class BatchQueue final : public SinkQueue {
 public:
  BatchQueue(const QueueConfig& config, TickFilter filter) : SinkQueue(config, std::move(filter)) {}

 private:
  void Add(const BatchRef& batch, std::size_t wanted) override;
  Moved MoveTo(Lot& lot) override;
  void PutBack(Lot& lot, std::size_t done) override;
  void Stage(Lot& lot) const override;

  void DropOldestBeyondBounds();
  void ForgetUsedUp();

  // parts_[first_] is the oldest; those before it are used up.
  std::vector<BatchPart> parts_;
  std::size_t first_ = 0;
};

}  // namespace feedmux
