#pragma once

#include <chrono>              // steady_clock
#include <condition_variable>  // condition_variable
#include <cstdint>             // uint64_t
#include <functional>          // function
#include <memory>              // unique_ptr
#include <mutex>               // mutex

#include "bus/batch_pool.hpp"
#include "bus/lot.hpp"
#include "bus/tick_filter.hpp"
#include "config/config.hpp"

namespace feedmux {

/// Where every tick that was offered to a sink has gone:
/// offered == filtered + delivered + dropped + conflated + failed + waiting + in_hand.
struct SinkAccount {
  std::uint64_t offered = 0;
  std::uint64_t filtered = 0;
  std::uint64_t delivered = 0;
  std::uint64_t dropped = 0;
  std::uint64_t conflated = 0;
  std::uint64_t failed = 0;
  std::uint64_t waiting = 0;
  std::uint64_t in_hand = 0;  ///< taken by the sink thread, not settled yet
};

/// What lies between the bus and one sink: a bounded queue that is filled a batch at a time and
/// emptied in lots.
///
/// Bounds hold for what waits; under Block and DropNewest what the sink has in hand counts as well.
/// Under DropOldest and Conflate it comes on top for as long as one OnTicks call takes.
class SinkQueue {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// The kind of queue that config.when_full asks for.
  static std::unique_ptr<SinkQueue> Make(const QueueConfig& config, TickFilter filter);

  virtual ~SinkQueue() = default;

  /// [connection thread] Takes in what the filter wants of the batch. Never blocks; calls are
  /// serialized by the bus.
  void Push(const BatchRef& batch);

  /// Block only, else always true: whether the batch fits, or the queue is empty (a frame is never
  /// split, so one frame may exceed the bounds).
  bool HasRoomFor(const PooledBatch& batch) const;

  bool blocks() const { return config_.when_full == WhenFull::Block; }

  /// [sink thread] Waits for ticks until `until`, at most until Close(); then moves what waits, or
  /// the oldest of it if it is very much, into `lot`. False if there was nothing. Each lot is
  /// settled before the next is taken.
  bool Take(Lot& lot, TimePoint until);

  /// [sink thread] Waits until `until` while ticks gather; at most until Close(), or until the
  /// queue is half full or has a whole lot.
  void Rest(TimePoint until);

  /// [sink thread] The first `done` ticks of the lot are dealt with, `failed` of them given up; the
  /// rest goes back to the queue's front.
  void Settle(Lot& lot, std::size_t done, std::size_t failed);

  /// Thread: any. From now on Take returns at once.
  void Close();

  /// Thread: any.
  SinkAccount Read() const;

  /// Called without a lock whenever room was made. Set before use.
  void OnRoom(std::function<void()> callback) { on_room_ = std::move(callback); }

 protected:
  SinkQueue(const QueueConfig& config, TickFilter filter)
      : config_(config), filter_(std::move(filter)) {}

  struct Moved {
    std::uint64_t ticks = 0;
    std::size_t bytes = 0;
  };

  // All of these are called with mutex_ held.
  virtual void Add(const BatchRef& batch, std::size_t wanted) = 0;
  /// Moves the oldest ticks, all of them or a good many, and says what was moved.
  virtual Moved MoveTo(Lot& lot) = 0;
  virtual void PutBack(Lot& lot, std::size_t done) = 0;

  /// Called without mutex_: makes lot.ticks from what MoveTo moved.
  virtual void Stage(Lot& lot) const = 0;

  bool OverBounds(std::uint64_t ticks, std::size_t bytes) const {
    return ticks > config_.capacity || bytes > config_.max_bytes;
  }

  bool HasPlenty() const {
    return account_.waiting >= kManyTicksInALot ||
           OverBounds(2 * account_.waiting, 2 * waiting_bytes_);
  }

  const QueueConfig config_;
  const TickFilter filter_;
  SinkAccount account_;            // guarded by mutex_
  std::size_t waiting_bytes_ = 0;  // guarded by mutex_
  std::size_t in_hand_bytes_ = 0;  // guarded by mutex_

 private:
  std::function<void()> on_room_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  bool sink_waits_ = false;  // for any tick; guarded by mutex_
  bool sink_rests_ = false;  // until there is plenty; guarded by mutex_
  bool closed_ = false;      // guarded by mutex_
};

}  // namespace feedmux
