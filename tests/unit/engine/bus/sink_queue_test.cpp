#include "bus/sink_queue.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "support/feed.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

using std::chrono::steady_clock;

// What holds for a queue of every policy.
class SinkQueueOfAnyKind : public ::testing::TestWithParam<WhenFull> {
 protected:
  std::unique_ptr<SinkQueue> MakeQueue() {
    return SinkQueue::Make({1000, kNoLimit, GetParam()}, {});
  }
  /// One tick each of symbols that differ, so that no policy merges them.
  BatchRef MakeBatch(SymbolId first_symbol, std::size_t count) {
    std::vector<FeedTick> ticks;
    for (std::size_t i = 0; i < count; ++i) {
      ticks.push_back({static_cast<SymbolId>(first_symbol + i)});
    }
    return feed_.Make(ticks);
  }

  Feed feed_;
};

TEST_P(SinkQueueOfAnyKind, TakesNothingFromAnEmptyQueue) {
  const auto queue = MakeQueue();
  Lot lot;
  EXPECT_FALSE(queue->Take(lot, kAtOnce));
}

TEST_P(SinkQueueOfAnyKind, TakesWhatWaitsEvenAfterTheDeadline) {
  const auto queue = MakeQueue();
  queue->Push(MakeBatch(1, 3));
  EXPECT_EQ(TakeAll(*queue), FromTo(1, 3));
}

TEST_P(SinkQueueOfAnyKind, WaitsUntilTheDeadlineAndNoLonger) {
  const auto queue = MakeQueue();
  Lot lot;
  const auto deadline = steady_clock::now() + std::chrono::milliseconds{20};
  EXPECT_FALSE(queue->Take(lot, deadline));
  EXPECT_GE(steady_clock::now(), deadline);
}

TEST_P(SinkQueueOfAnyKind, WakesTheSinkForEveryPush) {
  const auto queue = MakeQueue();
  constexpr std::uint64_t kPushes = 500;
  Sequences taken;
  std::thread sink{[&] {
    Lot lot;
    while (taken.size() < kPushes && queue->Take(lot, SinkQueue::TimePoint::max())) {
      for (const std::uint64_t sequence : SequencesOf(lot.ticks)) taken.push_back(sequence);
      queue->Settle(lot, lot.ticks.size(), 0);
    }
  }};
  for (std::uint64_t i = 1; i <= kPushes; ++i) {
    queue->Push(MakeBatch(static_cast<SymbolId>(i), 1));
    if (i % 3 == 0) std::this_thread::yield();
  }
  sink.join();
  EXPECT_EQ(taken, FromTo(1, kPushes));
}

TEST_P(SinkQueueOfAnyKind, RestsUntilTheDeadlineThoughTicksWait) {
  const auto queue = MakeQueue();
  queue->Push(MakeBatch(1, 500));
  const auto deadline = steady_clock::now() + std::chrono::milliseconds{20};
  queue->Rest(deadline);
  EXPECT_GE(steady_clock::now(), deadline);
  EXPECT_EQ(TakeAll(*queue), FromTo(1, 500));
}

TEST_P(SinkQueueOfAnyKind, RestsNoLongerOnceItIsHalfFull) {
  const auto queue = MakeQueue();
  std::thread sink{[&] { queue->Rest(SinkQueue::TimePoint::max()); }};
  queue->Push(MakeBatch(1, 500));
  queue->Push(MakeBatch(501, 1));
  sink.join();
  queue->Rest(SinkQueue::TimePoint::max());
}

TEST_P(SinkQueueOfAnyKind, RestsNoLongerOnceItHasAWholeLot) {
  const auto queue = SinkQueue::Make({1'000'000, kNoLimit, GetParam()}, {});
  queue->Push(MakeBatch(1, kManyTicksInALot));
  queue->Rest(SinkQueue::TimePoint::max());
}

TEST_P(SinkQueueOfAnyKind, RestsNoLongerOnceItIsClosed) {
  const auto queue = MakeQueue();
  std::thread sink{[&] { queue->Rest(SinkQueue::TimePoint::max()); }};
  queue->Close();
  sink.join();
}

TEST_P(SinkQueueOfAnyKind, DoesNotWakeTheSinkForWhatItsFilterDoesNotWant) {
  TickFilter filter;
  filter.AllowKinds(MaskOf(Kind::Bar));
  const auto queue = SinkQueue::Make({1000, kNoLimit, GetParam()}, filter);
  Sequences taken;
  std::thread sink{[&] {
    Lot lot;
    if (queue->Take(lot, InTenSeconds())) taken = SequencesOf(lot.ticks);
    queue->Settle(lot, lot.ticks.size(), 0);
  }};
  queue->Push(MakeBatch(1, 1));
  queue->Push(feed_.Make({{1, Kind::Bar}}));
  sink.join();
  EXPECT_EQ(taken, FromTo(2, 2));
}

TEST_P(SinkQueueOfAnyKind, ReturnsAtOnceWhenClosed) {
  const auto queue = MakeQueue();
  std::thread sink{[&] {
    Lot lot;
    EXPECT_FALSE(queue->Take(lot, SinkQueue::TimePoint::max()));
    EXPECT_FALSE(queue->Take(lot, SinkQueue::TimePoint::max()));
  }};
  queue->Close();
  sink.join();
}

TEST_P(SinkQueueOfAnyKind, GivesOutWhatIsLeftWhenClosed) {
  const auto queue = MakeQueue();
  queue->Push(MakeBatch(1, 2));
  queue->Close();
  queue->Push(MakeBatch(3, 2));
  EXPECT_EQ(TakeAll(*queue), FromTo(1, 4));
}

TEST_P(SinkQueueOfAnyKind, CountsWhatTheSinkHasInHand) {
  const auto queue = MakeQueue();
  queue->Push(MakeBatch(1, 3));
  EXPECT_EQ(queue->Read().waiting, 3u);
  Lot lot;
  ASSERT_TRUE(queue->Take(lot, kAtOnce));
  queue->Push(MakeBatch(4, 2));
  const SinkAccount account = queue->Read();
  EXPECT_EQ(account.in_hand, 3u);
  EXPECT_EQ(account.waiting, 2u);
  EXPECT_EQ(Unexplained(account), 0);
  queue->Settle(lot, 1, 0);
  EXPECT_EQ(queue->Read().in_hand, 0u);
  EXPECT_EQ(queue->Read().waiting, 4u);
}

TEST_P(SinkQueueOfAnyKind, SaysWhenRoomWasMade) {
  const auto queue = MakeQueue();
  int calls = 0;
  queue->OnRoom([&] {
    ++calls;
    EXPECT_EQ(queue->Read().waiting, 1u);  // no lock is held
  });
  queue->Push(MakeBatch(1, 2));
  Lot lot;
  ASSERT_TRUE(queue->Take(lot, kAtOnce));
  queue->Settle(lot, 1, 0);
  EXPECT_EQ(calls, 1);
}

INSTANTIATE_TEST_SUITE_P(Policies, SinkQueueOfAnyKind,
                         ::testing::Values(WhenFull::Block, WhenFull::DropOldest,
                                           WhenFull::DropNewest, WhenFull::Conflate),
                         [](const auto& policy) {
                           switch (policy.param) {
                             case WhenFull::Block:
                               return "Block";
                             case WhenFull::DropOldest:
                               return "DropOldest";
                             case WhenFull::DropNewest:
                               return "DropNewest";
                             case WhenFull::Conflate:
                               break;
                           }
                           return "Conflate";
                         });

}  // namespace
}  // namespace feedmux
