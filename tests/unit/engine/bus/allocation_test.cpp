// Counts what goes through operator new, so it stands in a program of its own.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "bus/bus.hpp"
#include "support/queue_access.hpp"

namespace {
std::atomic<std::uint64_t> allocations{0};
std::atomic<std::int64_t> live_bytes{0};
}  // namespace

// Not inlined: GCC would take malloc and delete, or new and free, for a pair.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (!memory) throw std::bad_alloc{};
  ++allocations;
  live_bytes += static_cast<std::int64_t>(malloc_usable_size(memory));
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  if (memory) live_bytes -= static_cast<std::int64_t>(malloc_usable_size(memory));
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace feedmux {
namespace {

constexpr std::size_t kTicksOfABatch = 50;

// `round` makes the symbols differ, so that a conflating queue does not merge them all.
void PublishOne(Bus& bus, int round, std::size_t raw_size = 100) {
  const BatchRef batch = bus.NewBatch();
  batch->connection = 1;
  batch->frame.resize(kTicksOfABatch * raw_size);
  for (std::size_t i = 0; i < kTicksOfABatch; ++i) {
    Tick& tick = batch->Add(Kind::Trade);
    tick.symbol = static_cast<SymbolId>(1 + (static_cast<std::size_t>(round) * 7 + i) % 500);
    tick.raw_data = batch->frame.data() + i * raw_size;
    tick.raw_size = static_cast<std::uint32_t>(raw_size);
  }
  batch->events = kTicksOfABatch;
  bus.Publish(batch);
}

class Allocations : public ::testing::TestWithParam<WhenFull> {};

TEST_P(Allocations, DoNotHappenOnceTheFeedIsWarm) {
  Bus bus{1};
  SinkQueue& queue = bus.AddSink({100'000, kNoLimit, GetParam()}, {});
  TickFilter filter;
  filter.AllowSymbol(3);
  SinkQueue& filtered = bus.AddSink({100'000, kNoLimit, GetParam()}, filter);
  Lot lots[2];
  const auto one_round = [&](int round) {
    for (int i = 0; i <= round % 3; ++i) PublishOne(bus, round + i);
    SinkQueue* const queues[] = {&queue, &filtered};
    for (int i = 0; i < 2; ++i) {
      if (queues[i]->Take(lots[i], kAtOnce)) queues[i]->Settle(lots[i], lots[i].ticks.size(), 0);
    }
  };
  for (int round = 0; round < 3000; ++round) one_round(round);
  const std::uint64_t warm = allocations;
  for (int round = 3000; round < 6000; ++round) one_round(round);
  EXPECT_EQ(allocations - warm, 0u);
}

// A blocking queue is none of these: it stops its publisher.
class AllocationsOfADroppingQueue : public ::testing::TestWithParam<WhenFull> {};

TEST_P(AllocationsOfADroppingQueue, StayBoundedUnderADeadSink) {
  constexpr std::uint64_t kMaxBytes = 4 << 20;
  Bus bus{1};
  SinkQueue& queue = bus.AddSink({kNoLimit, kMaxBytes, GetParam()}, {});
  Lot in_hand;
  PublishOne(bus, 0);
  ASSERT_TRUE(queue.Take(in_hand, kAtOnce));
  const std::int64_t before = live_bytes;
  for (int round = 0; round < 5000; ++round) PublishOne(bus, round);
  EXPECT_LT(live_bytes - before, 2 * static_cast<std::int64_t>(kMaxBytes));
  queue.Settle(in_hand, 0, 0);
  EXPECT_LT(live_bytes - before, 2 * static_cast<std::int64_t>(kMaxBytes));
}

INSTANTIATE_TEST_SUITE_P(Policies, AllocationsOfADroppingQueue,
                         ::testing::Values(WhenFull::DropOldest, WhenFull::DropNewest,
                                           WhenFull::Conflate));

INSTANTIATE_TEST_SUITE_P(Policies, Allocations,
                         ::testing::Values(WhenFull::Block, WhenFull::DropOldest,
                                           WhenFull::DropNewest, WhenFull::Conflate));

TEST(AllocationsOf, AConflatingQueueStayBoundedForHugeEventsWithoutASymbol) {
  constexpr std::uint64_t kMaxBytes = 4 << 20;
  constexpr std::size_t kHuge = 256 << 10;
  Bus bus{1};
  bus.AddSink({kNoLimit, kMaxBytes, WhenFull::Conflate}, {});
  const std::int64_t before = live_bytes;
  for (int i = 0; i < 2000; ++i) {
    const BatchRef batch = bus.NewBatch();
    batch->connection = 1;
    batch->frame.resize(kHuge);
    Tick& tick = batch->Add(Kind::Other);
    tick.raw_data = batch->frame.data();
    tick.raw_size = kHuge;
    batch->events = 1;
    bus.Publish(batch);
  }
  EXPECT_LT(live_bytes - before, 2 * static_cast<std::int64_t>(kMaxBytes));
}

}  // namespace
}  // namespace feedmux
