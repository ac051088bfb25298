#include "bus/bus.hpp"

#include <algorithm>  // all_of, find, max
#include <numeric>    // accumulate
#include <utility>    // move

namespace feedmux {
namespace {

void Measure(PooledBatch& batch) {
  batch.kinds = 0;
  for (const Tick& tick : batch.ticks) batch.kinds |= MaskOf(tick.kind);
  batch.memory = MemoryOf(batch);
}

}  // namespace

std::int64_t Ledger::Imbalance() const {
  std::int64_t left = 0;
  std::uint64_t received = 0;
  for (const ConnectionAccount& c : connections) {
    const auto rejected = std::accumulate(c.rejected.begin(), c.rejected.end(), std::uint64_t{0});
    left += static_cast<std::int64_t>(c.events - c.ticks - c.status_events - rejected -
                                      c.duplicates - c.withheld);
    received += c.ticks;
  }
  left += static_cast<std::int64_t>(received + gap_ticks - published);
  for (const SinkAccount& s : sinks) {
    left += static_cast<std::int64_t>(published - s.offered);
    left += static_cast<std::int64_t>(s.offered - s.filtered - s.delivered - s.dropped -
                                      s.conflated - s.failed - s.waiting - s.in_hand);
  }
  return left;
}

SinkQueue& Bus::AddSink(const QueueConfig& config, TickFilter filter) {
  queues_.push_back(SinkQueue::Make(config, std::move(filter)));
  SinkQueue& queue = *queues_.back();
  if (queue.blocks()) {
    blocking_queues_.push_back(&queue);
    queue.OnRoom([this] {
      { const std::lock_guard lock{mutex_}; }  // no publisher is between its look and its wait
      room_.notify_all();
    });
  }
  return queue;
}

std::shared_ptr<SinkQueue> Bus::AddTap(TickFilter filter, std::uint64_t capacity,
                                       std::uint64_t max_bytes) {
  std::shared_ptr<SinkQueue> tap =
      SinkQueue::Make({capacity, max_bytes, WhenFull::DropOldest}, std::move(filter));
  const std::lock_guard lock{mutex_};
  taps_.push_back(tap);
  return tap;
}

void Bus::RemoveTap(const std::shared_ptr<SinkQueue>& tap) {
  const std::lock_guard lock{mutex_};
  const auto found = std::find(taps_.begin(), taps_.end(), tap);
  if (found != taps_.end()) taps_.erase(found);
}

/// The engine's own never wait: they come from threads that must not.
bool Bus::NeedsRoom(const PooledBatch& batch) const {
  return !blocking_queues_.empty() && !batch.internal;
}

bool Bus::HasRoomFor(const PooledBatch& batch) const {
  return never_block_ ||
         std::all_of(blocking_queues_.begin(), blocking_queues_.end(),
                     [&batch](const SinkQueue* queue) { return queue->HasRoomFor(batch); });
}

void Bus::Account(const PooledBatch& batch) {
  if ((batch.kinds & MaskOf(Kind::Gap)) != 0) {
    gap_ticks_ += batch.ticks.size();
    return;
  }
  ConnectionAccount& account = connections_[batch.connection - 1u];
  account.duplicates += batch.duplicates;
  account.withheld += static_cast<std::uint64_t>(batch.withheld);
  if (!batch.internal) {
    ++account.frames;
    account.bytes += batch.frame.size();
  }
  account.events += batch.events;
  account.ticks += batch.ticks.size();
  account.status_events += batch.status_events;
  for (std::size_t i = 0; i < kRejectReasonCount; ++i) account.rejected[i] += batch.rejected[i];
  if (batch.ticks.empty()) return;
  // What was held back arrived before what has passed meanwhile.
  account.last_tick_ns =
      batch.internal ? std::max(account.last_tick_ns, batch.ts_recv_ns) : batch.ts_recv_ns;
}

void Bus::Publish(const BatchRef& batch) {
  Measure(*batch);
  std::unique_lock lock{mutex_};
  if (NeedsRoom(*batch)) {
    room_.wait(lock, [this, &batch] { return HasRoomFor(*batch); });
  }
  HandOut(batch);
}

void Bus::WaitForRoom(PooledBatch& batch) {
  if (!NeedsRoom(batch)) return;
  Measure(batch);
  std::unique_lock lock{mutex_};
  room_.wait(lock, [this, &batch] { return HasRoomFor(batch); });
}

bool Bus::HasRoom(PooledBatch& batch) const {
  if (!NeedsRoom(batch)) return true;
  Measure(batch);
  const std::lock_guard lock{mutex_};
  return HasRoomFor(batch);
}

void Bus::PublishNow(const BatchRef& batch) {
  Measure(*batch);
  const std::lock_guard lock{mutex_};
  HandOut(batch);
}

void Bus::HandOut(const BatchRef& batch) {
  for (Tick& tick : batch->ticks) tick.sequence = ++published_;
  Account(*batch);
  if (batch->ticks.empty()) return;
  for (const auto& queue : queues_) queue->Push(batch);
  for (const auto& tap : taps_) tap->Push(batch);
}

void Bus::StopBlocking() {
  {
    const std::lock_guard lock{mutex_};
    never_block_ = true;
  }
  room_.notify_all();
}

Ledger Bus::Read() const {
  const std::lock_guard lock{mutex_};
  Ledger ledger{published_, gap_ticks_, connections_, {}};
  ledger.sinks.reserve(queues_.size());
  for (const auto& queue : queues_) ledger.sinks.push_back(queue->Read());
  return ledger;
}

}  // namespace feedmux
