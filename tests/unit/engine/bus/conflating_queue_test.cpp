#include "bus/conflating_queue.hpp"

#include <gmock/gmock.h>

#include "support/feed.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;

ConflatingQueue MakeQueue(std::uint64_t capacity = kNoLimit, std::uint64_t max_bytes = kNoLimit) {
  return {{capacity, max_bytes, WhenFull::Conflate}, {}};
}

TEST(ConflatingQueue, KeepsTheLastTickOfASymbol) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1}, {2}, {1}, {1}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(2, 4));
  EXPECT_EQ(queue.Read().conflated, 2u);
  EXPECT_EQ(queue.Read().delivered, 2u);
}

TEST(ConflatingQueue, KeepsOneTickOfEachKindOfASymbol) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1, Kind::Trade}, {1, Kind::Quote}, {1, Kind::Trade}}));
  queue.Push(feed.Make({{1, Kind::Bar}, {1, Kind::Quote}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(3, 4, 5));
}

TEST(ConflatingQueue, KeepsEveryTickWithoutASymbol) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  const FeedTick nameless{kNoSymbol, Kind::Other};
  queue.Push(feed.Make({nameless, {1}, nameless, {1}, nameless}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(1, 3, 4, 5));
}

TEST(ConflatingQueue, BeginsAnewWithEachLot) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(1));
  queue.Push(feed.Make({{1}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(2));
  EXPECT_EQ(queue.Read().conflated, 0u);
}

TEST(ConflatingQueue, OwnsTheBytesOfItsTicks) {
  ConflatingQueue queue = MakeQueue();
  {
    Feed feed;
    const BatchRef batch = feed.Make({{1}, {2}});
    queue.Push(batch);
    EXPECT_EQ(batch->references, 1u);
  }
  EXPECT_THAT(TakeAll(queue), ElementsAre(1, 2));
}

TEST(ConflatingQueue, KeepsTheBytesOfALotWhileNewerTicksArrive) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1}, {2}}));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  for (int i = 0; i < 100; ++i) queue.Push(feed.Make({{1}, {2}}));
  EXPECT_THAT(SequencesOf(lot.ticks), ElementsAre(1, 2));
  queue.Settle(lot, 2, 0);
}

TEST(ConflatingQueue, AppliesItsFilter) {
  Feed feed;
  TickFilter filter;
  filter.AllowSymbol(2);
  ConflatingQueue queue{{kNoLimit, kNoLimit, WhenFull::Conflate}, filter};
  queue.Push(feed.Make({{1}, {2}, {1}, {3}, {2}, {1}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(5));
  EXPECT_EQ(queue.Read().filtered, 4u);
  EXPECT_EQ(queue.Read().conflated, 1u);
}

TEST(ConflatingQueue, DropsTheOldestBeyondItsCapacity) {
  Feed feed;
  ConflatingQueue queue = MakeQueue(3);
  queue.Push(feed.Make({{1}, {2}, {3}, {1}, {4}, {5}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(4, 5, 6));
  EXPECT_EQ(queue.Read().conflated, 1u);
  EXPECT_EQ(queue.Read().dropped, 2u);
}

TEST(ConflatingQueue, ForgetsTheSymbolOfADroppedTick) {
  Feed feed;
  ConflatingQueue queue = MakeQueue(1);
  queue.Push(feed.Make({{1}}));
  queue.Push(feed.Make({{2}}));
  queue.Push(feed.Make({{1}}));
  EXPECT_EQ(queue.Read().dropped, 2u);
  EXPECT_EQ(queue.Read().conflated, 0u);
  EXPECT_THAT(TakeAll(queue), ElementsAre(3));
}

TEST(ConflatingQueue, DropsTheOldestBeyondItsBytes) {
  Feed feed;
  ConflatingQueue queue = MakeQueue(kNoLimit, 5 * sizeof(DetachedTick));
  queue.Push(feed.Make({{1}, {2}, {3}, {4}, {5}, {6}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(3, 4, 5, 6));
}

TEST(ConflatingQueue, KeepsOneTickThatAloneExceedsItsBytes) {
  Feed feed;
  ConflatingQueue queue = MakeQueue(kNoLimit, 1);
  queue.Push(feed.Make({{1}, {2}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(2));
}

TEST(ConflatingQueue, PutsBackWhatNothingNewerReplaces) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1}, {2}, {3}, {kNoSymbol}}));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Push(feed.Make({{2}, {4}}));
  queue.Settle(lot, 1, 0);
  EXPECT_EQ(queue.Read().conflated, 1u);
  EXPECT_THAT(TakeAll(queue), ElementsAre(3, 4, 5, 6));
}

TEST(ConflatingQueue, ReplacesWhatWasPutBack) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1}, {2}}));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Settle(lot, 0, 0);
  queue.Push(feed.Make({{1}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(2, 3));
}

TEST(ConflatingQueue, CountsWhatTheSinkGaveUpAsFailed) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  queue.Push(feed.Make({{1}, {2}, {3}}));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Settle(lot, 2, 1);
  EXPECT_EQ(queue.Read().delivered, 1u);
  EXPECT_EQ(queue.Read().failed, 1u);
  EXPECT_THAT(TakeAll(queue), ElementsAre(3));
}

TEST(ConflatingQueue, StaysInOrderWhileItCompactsUnderADeadSink) {
  Feed feed;
  ConflatingQueue queue = MakeQueue();
  for (int i = 0; i < 3000; ++i) {
    queue.Push(feed.Make({{1}, {2}, {static_cast<SymbolId>(3 + i % 7)}}));
  }
  const SinkAccount account = queue.Read();
  EXPECT_EQ(account.waiting, 9u);
  EXPECT_EQ(account.conflated, 9000u - 9u);
  EXPECT_THAT(TakeAll(queue), ElementsAre(8982, 8985, 8988, 8991, 8994, 8997, 8998, 8999, 9000));
}

}  // namespace
}  // namespace feedmux
