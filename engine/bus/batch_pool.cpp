#include "bus/batch_pool.hpp"

#include <memory>  // unique_ptr

namespace feedmux {

std::size_t MemoryOf(const Batch& batch) {
  return sizeof(PooledBatch) + batch.frame.capacity() + batch.ticks.capacity() * sizeof(Tick);
}

BatchRef::~BatchRef() {
  if (!batch_) return;
  if (batch_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    batch_->pool->Release(batch_);
  }
}

BatchPool::~BatchPool() {
  for (PooledBatch* batch : spare_) delete batch;
}

BatchRef BatchPool::Acquire() {
  {
    const std::lock_guard lock{mutex_};
    if (!spare_.empty()) {
      PooledBatch* batch = spare_.back();
      spare_.pop_back();
      spare_bytes_ -= MemoryOf(*batch);
      return BatchRef{batch};
    }
  }
  auto batch = std::make_unique<PooledBatch>();
  batch->pool = this;
  return BatchRef{batch.release()};
}

void BatchPool::Release(PooledBatch* batch) {
  batch->Clear();
  const std::size_t memory = MemoryOf(*batch);
  {
    const std::lock_guard lock{mutex_};
    if (spare_bytes_ + memory <= max_spare_bytes_) {
      spare_bytes_ += memory;
      spare_.push_back(batch);
      return;
    }
  }
  delete batch;
}

}  // namespace feedmux
