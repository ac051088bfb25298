#pragma once

#include <array>               // array
#include <condition_variable>  // condition_variable
#include <cstdint>             // int64_t, uint64_t
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <vector>              // vector

#include "bus/batch_pool.hpp"
#include "bus/sink_queue.hpp"
#include "feedmux/batch.hpp"

namespace feedmux {

/// What a connection brought:
/// events == ticks + status_events + all of rejected + duplicates + withheld.
struct ConnectionAccount {
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
  std::uint64_t events = 0;
  std::uint64_t ticks = 0;
  std::uint64_t status_events = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t withheld = 0;  ///< now
  std::array<std::uint64_t, kRejectReasonCount> rejected = {};
  std::int64_t last_tick_ns = 0;  ///< arrival of the last tick, UTC; 0: none yet
};

/// The whole account at one moment.
struct Ledger {
  std::uint64_t published = 0;
  std::uint64_t gap_ticks = 0;                 ///< of these, the engine's own
  std::vector<ConnectionAccount> connections;  ///< by index - 1
  std::vector<SinkAccount> sinks;              ///< in the order of AddSink

  /// Sum of what no counter explains; 0 at every moment, not only at rest.
  std::int64_t Imbalance() const;
};

/// Gives batches their place in one order and hands them to every sink's queue.
///
/// Invariants:
/// 1. Every queue sees batches in the order of their sequence numbers.
/// 2. A batch is counted and handed to all queues in one step, so the ledger balances at any
/// moment.
/// 3. A publisher of a vendor's frame waits only while a queue with WhenFull::Block that wants the
///    batch has no room; it then holds no lock, so that others may pass.
/// 4. Taps see what the sinks' queues see, after them; nothing about a tap is in the ledger.
class Bus {
 public:
  explicit Bus(std::size_t connections) : connections_(connections) {}

  /// Before the first Publish. The queue lives as long as the bus.
  SinkQueue& AddSink(const QueueConfig& config, TickFilter filter);

  BatchRef NewBatch() { return pool_.Acquire(); }

  /// Thread: any, while others publish. A queue of all that is published from now on, for somebody
  /// who looks on: it drops its oldest ticks when it is full and never blocks. Bounds as in
  /// QueueConfig. What is taken from it must be settled before the bus goes.
  std::shared_ptr<SinkQueue> AddTap(TickFilter filter, std::uint64_t capacity,
                                    std::uint64_t max_bytes);

  /// Thread: any, while others publish. The tap gets nothing more.
  void RemoveTap(const std::shared_ptr<SinkQueue>& tap);

  /// [connection thread] May block, see invariant 3.
  void Publish(const BatchRef& batch);

  // The same in two steps, for who must take a lock of his own between them: others may have taken
  // the room meanwhile, and the batch then goes in beyond a queue's bounds.
  void WaitForRoom(PooledBatch& batch);
  bool HasRoom(PooledBatch& batch) const;
  void PublishNow(const BatchRef& batch);

  /// Thread: any. From now on Publish never blocks: what a blocking queue has no room for goes in
  /// beyond its bounds, so that nothing is lost when the engine stops.
  void StopBlocking();

  /// Thread: any. Takes the lock that publishers take per batch, for some microseconds.
  Ledger Read() const;

 private:
  bool NeedsRoom(const PooledBatch& batch) const;
  bool HasRoomFor(const PooledBatch& batch) const;
  void Account(const PooledBatch& batch);
  void HandOut(const BatchRef& batch);

  BatchPool pool_;  // declared first: the queues give their batches back to it
  std::vector<std::unique_ptr<SinkQueue>> queues_;
  std::vector<SinkQueue*> blocking_queues_;

  mutable std::mutex mutex_;  // taken before a queue's own
  std::condition_variable room_;
  bool never_block_ = false;
  std::vector<std::shared_ptr<SinkQueue>> taps_;
  std::uint64_t published_ = 0;
  std::uint64_t gap_ticks_ = 0;
  std::vector<ConnectionAccount> connections_;
};

}  // namespace feedmux
