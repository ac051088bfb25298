#include "bus/sink_queue.hpp"

#include <algorithm>  // min

#include "bus/batch_queue.hpp"
#include "bus/conflating_queue.hpp"

namespace feedmux {

std::unique_ptr<SinkQueue> SinkQueue::Make(const QueueConfig& config, TickFilter filter) {
  if (config.when_full == WhenFull::Conflate) {
    return std::make_unique<ConflatingQueue>(config, std::move(filter));
  }
  return std::make_unique<BatchQueue>(config, std::move(filter));
}

void SinkQueue::Push(const BatchRef& batch) {
  const std::size_t wanted = filter_.CountWanted(*batch);
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    account_.offered += batch->ticks.size();
    account_.filtered += batch->ticks.size() - wanted;
    if (wanted != 0) Add(batch, wanted);
    wake = (sink_waits_ && account_.waiting != 0) || (sink_rests_ && HasPlenty());
    if (wake) sink_waits_ = sink_rests_ = false;
  }
  if (wake) filled_.notify_one();
}

bool SinkQueue::HasRoomFor(const PooledBatch& batch) const {
  if (!blocks()) return true;
  const std::size_t wanted = filter_.CountWanted(batch);
  if (wanted == 0) return true;
  const std::lock_guard lock{mutex_};
  const std::uint64_t held = account_.waiting + account_.in_hand;
  return held == 0 || !OverBounds(held + wanted, waiting_bytes_ + in_hand_bytes_ + MemoryOf(batch));
}

bool SinkQueue::Take(Lot& lot, TimePoint until) {
  {
    std::unique_lock lock{mutex_};
    sink_waits_ = account_.waiting == 0;
    filled_.wait_until(lock, until, [this] { return account_.waiting != 0 || closed_; });
    sink_waits_ = false;
    if (account_.waiting == 0) return false;
    const Moved moved = MoveTo(lot);
    account_.waiting -= moved.ticks;
    account_.in_hand = moved.ticks;
    waiting_bytes_ -= moved.bytes;
    in_hand_bytes_ = moved.bytes;
  }
  Stage(lot);
  return true;
}

void SinkQueue::Rest(TimePoint until) {
  std::unique_lock lock{mutex_};
  sink_rests_ = true;
  filled_.wait_until(lock, until, [this] { return closed_ || HasPlenty(); });
  sink_rests_ = false;
}

void SinkQueue::Settle(Lot& lot, std::size_t done, std::size_t failed) {
  done = std::min(done, lot.ticks.size());
  failed = std::min(failed, done);
  {
    const std::lock_guard lock{mutex_};
    account_.delivered += done - failed;
    account_.failed += failed;
    account_.in_hand = 0;
    in_hand_bytes_ = 0;
    if (done < lot.ticks.size()) PutBack(lot, done);
  }
  lot.ticks = {};
  lot.parts.clear();
  if (on_room_) on_room_();
}

void SinkQueue::Close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  filled_.notify_all();
}

SinkAccount SinkQueue::Read() const {
  const std::lock_guard lock{mutex_};
  return account_;
}

}  // namespace feedmux
