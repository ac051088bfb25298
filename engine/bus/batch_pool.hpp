#pragma once

#include <atomic>   // atomic
#include <cstddef>  // size_t
#include <cstdint>  // uint32_t
#include <mutex>    // mutex
#include <utility>  // exchange, swap
#include <vector>   // vector

#include "feedmux/batch.hpp"

namespace feedmux {

class BatchPool;

/// A batch that several queues share. Once published it is read-only.
struct PooledBatch : Batch {
  KindMask kinds = 0;            ///< of its ticks; set when it is published
  std::size_t memory = 0;        ///< bytes it keeps alive; set when it is published
  std::uint64_t duplicates = 0;  ///< events that had come over another connection already
  std::int64_t withheld = 0;     ///< events held back; negative: of those held back before
  /// Not a frame of the vendor: its ticks were counted when they came, or are the engine's own.
  bool internal = false;
  BatchPool* pool = nullptr;
  std::atomic<std::uint32_t> references{0};

  void Clear() {
    Batch::Clear();
    duplicates = 0;
    withheld = 0;
    internal = false;
  }
};

/// Shares a PooledBatch; the last one gives it back to its pool. Thread: as shared_ptr.
class BatchRef {
 public:
  BatchRef() = default;
  explicit BatchRef(PooledBatch* batch) : batch_(batch) { Retain(); }
  BatchRef(const BatchRef& other) : batch_(other.batch_) { Retain(); }
  BatchRef(BatchRef&& other) noexcept : batch_(std::exchange(other.batch_, nullptr)) {}
  BatchRef& operator=(BatchRef other) noexcept {
    std::swap(batch_, other.batch_);
    return *this;
  }
  ~BatchRef();

  PooledBatch* operator->() const { return batch_; }
  PooledBatch& operator*() const { return *batch_; }
  explicit operator bool() const { return batch_ != nullptr; }

 private:
  void Retain() {
    if (batch_) batch_->references.fetch_add(1, std::memory_order_relaxed);
  }

  PooledBatch* batch_ = nullptr;
};

/// Batches with their buffers, ready for use again, so that a warm feed allocates nothing. Outlives
/// every BatchRef. Thread: any.
class BatchPool {
 public:
  /// Keeps at most `max_spare_bytes` of unused buffers; what is beyond goes back to the system.
  explicit BatchPool(std::size_t max_spare_bytes = std::size_t{32} << 20)
      : max_spare_bytes_(max_spare_bytes) {}
  BatchPool(const BatchPool&) = delete;
  ~BatchPool();

  /// An empty batch.
  BatchRef Acquire();

 private:
  friend class BatchRef;
  void Release(PooledBatch* batch);

  const std::size_t max_spare_bytes_;
  std::mutex mutex_;
  std::vector<PooledBatch*> spare_;  // last in, first out: the warmest is used next
  std::size_t spare_bytes_ = 0;
};

/// Bytes that a batch's buffers occupy.
std::size_t MemoryOf(const Batch& batch);

}  // namespace feedmux
