#include "bus/batch_pool.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace feedmux {
namespace {

TEST(BatchPool, GivesTheWarmestBatchAgain) {
  BatchPool pool;
  BatchRef first = pool.Acquire();
  BatchRef second = pool.Acquire();
  const PooledBatch* const last_used = &*second;
  first = {};
  second = {};
  EXPECT_EQ(&*pool.Acquire(), last_used);
}

TEST(BatchPool, GivesAnEmptyBatchWithTheBuffersOfItsFormerLife) {
  BatchPool pool;
  BatchRef batch = pool.Acquire();
  batch->frame.assign(10'000, 'x');
  batch->ticks.resize(100);
  batch->ts_recv_ns = 5;
  batch->events = batch->status_events = 7;
  batch->Reject(RejectReason::Malformed);
  const auto frame_capacity = batch->frame.capacity();
  batch = {};

  batch = pool.Acquire();
  EXPECT_TRUE(batch->frame.empty());
  EXPECT_TRUE(batch->ticks.empty());
  EXPECT_EQ(batch->ts_recv_ns, kNoTime);
  EXPECT_EQ(batch->events, 0u);
  EXPECT_EQ(batch->status_events, 0u);
  EXPECT_EQ(batch->RejectedCount(), 0u);
  EXPECT_EQ(batch->frame.capacity(), frame_capacity);
  EXPECT_GE(batch->ticks.capacity(), 100u);
}

TEST(BatchPool, TakesABatchBackWithItsLastReference) {
  BatchPool pool;
  BatchRef one = pool.Acquire();
  BatchRef other = one;
  BatchRef moved = std::move(one);
  const PooledBatch* const shared = &*other;
  EXPECT_FALSE(one);  // NOLINT(bugprone-use-after-move): a moved-from reference is empty
  other = {};
  EXPECT_NE(&*pool.Acquire(), shared);
  moved = {};
  EXPECT_EQ(&*pool.Acquire(), shared);
}

TEST(BatchPool, KeepsABatchThatIsAssignedToItself) {
  BatchPool pool;
  BatchRef batch = pool.Acquire();
  batch->events = 3;
  const BatchRef& same = batch;
  batch = same;
  EXPECT_EQ(batch->events, 3u);
  EXPECT_EQ(batch->references, 1u);
}

TEST(BatchPool, GivesMemoryBeyondItsSpareBytesBackToTheSystem) {
  BatchPool pool{64 * 1024};
  std::vector<BatchRef> batches;
  for (int i = 0; i < 8; ++i) {
    batches.push_back(pool.Acquire());
    batches.back()->frame.assign(20'000, 'x');
  }
  batches.clear();
  int warm = 0;
  for (int i = 0; i < 8; ++i) {
    batches.push_back(pool.Acquire());
    if (batches.back()->frame.capacity() >= 20'000) ++warm;
  }
  EXPECT_EQ(warm, 3);
}

TEST(BatchPool, KeepsNothingWithoutSpareBytes) {
  BatchPool pool{0};
  BatchRef batch = pool.Acquire();
  batch->frame.assign(1000, 'x');
  batch = {};
  EXPECT_LT(pool.Acquire()->frame.capacity(), 1000u);
}

TEST(BatchPool, MovesBatchesBetweenThreads) {
  BatchPool pool;
  constexpr int kBatches = 2000;
  for (int round = 0; round < 3; ++round) {
    std::vector<BatchRef> here;
    for (int i = 0; i < kBatches; ++i) {
      here.push_back(pool.Acquire());
      here.back()->frame = "frame";
    }
    std::thread one{[copy = here]() mutable {
      for (BatchRef& batch : copy) batch = {};
    }};
    std::thread other{[copy = here]() mutable {
      for (BatchRef& batch : copy) {
        EXPECT_EQ(batch->frame, "frame");
        batch = {};
      }
    }};
    here.clear();
    one.join();
    other.join();
  }
}

}  // namespace
}  // namespace feedmux
