#include "bus/batch_queue.hpp"

#include <gmock/gmock.h>

#include "support/feed.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

BatchQueue MakeQueue(WhenFull when_full, std::uint64_t capacity,
                     std::uint64_t max_bytes = kNoLimit) {
  return {{capacity, max_bytes, when_full}, {}};
}

TickFilter TradesOnly() {
  TickFilter filter;
  filter.AllowKinds(MaskOf(Kind::Trade));
  return filter;
}

TEST(BatchQueue, DeliversInOrder) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100);
  queue.Push(feed.Trades(3));
  queue.Push(feed.Trades(2));
  EXPECT_EQ(TakeAll(queue), FromTo(1, 5));
  EXPECT_EQ(queue.Read().delivered, 5u);
}

TEST(BatchQueue, HandsOutOneWholeBatchWithoutACopy) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100);
  const BatchRef batch = feed.Trades(3);
  queue.Push(batch);
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  EXPECT_EQ(lot.ticks.data(), batch->ticks.data());
  queue.Settle(lot, 3, 0);
}

TEST(BatchQueue, KeepsABatchAliveUntilItIsSettled) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100);
  BatchRef batch = feed.Trades(1);
  queue.Push(batch);
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  EXPECT_EQ(batch->references, 2u);
  queue.Settle(lot, 1, 0);
  EXPECT_EQ(batch->references, 1u);
  EXPECT_THAT(lot.ticks, IsEmpty());
}

TEST(BatchQueue, LetsGoOfABatchThatTheFilterDoesNotWant) {
  Feed feed;
  BatchQueue queue{{100, kNoLimit, WhenFull::DropOldest}, TradesOnly()};
  const BatchRef batch = feed.Make({{1, Kind::Quote}, {2, Kind::Bar}});
  queue.Push(batch);
  EXPECT_EQ(batch->references, 1u);
  EXPECT_EQ(queue.Read().filtered, 2u);
  EXPECT_THAT(TakeAll(queue), IsEmpty());
}

TEST(BatchQueue, PassesOnWhatTheFilterWants) {
  Feed feed;
  BatchQueue queue{{100, kNoLimit, WhenFull::DropOldest}, TradesOnly()};
  queue.Push(feed.Make({{1, Kind::Quote}, {1, Kind::Trade}, {1, Kind::Bar}, {1, Kind::Trade}}));
  queue.Push(feed.Make({{1, Kind::Trade}, {1, Kind::Quote}}));
  EXPECT_THAT(TakeAll(queue), ElementsAre(2, 4, 5));
  EXPECT_EQ(queue.Read().filtered, 3u);
}

TEST(BatchQueue, GoesOnWithinAFilteredBatchAfterAPartialDelivery) {
  Feed feed;
  BatchQueue queue{{100, kNoLimit, WhenFull::DropOldest}, TradesOnly()};
  queue.Push(feed.Make({{1, Kind::Trade},
                        {1, Kind::Quote},
                        {1, Kind::Trade},
                        {1, Kind::Trade},
                        {1, Kind::Quote},
                        {1, Kind::Trade}}));
  for (const std::uint64_t expected : {1, 3, 4, 6}) {
    Lot lot;
    ASSERT_TRUE(queue.Take(lot, kAtOnce));
    EXPECT_EQ(lot.ticks.front().sequence, expected);
    queue.Settle(lot, 1, 0);
  }
  EXPECT_EQ(queue.Read().waiting, 0u);
}

TEST(BatchQueue, PutsTheRestBackBeforeWhatArrivedMeanwhile) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100);
  queue.Push(feed.Trades(2));
  queue.Push(feed.Trades(3));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Push(feed.Trades(2));
  queue.Settle(lot, 3, 0);
  EXPECT_EQ(TakeAll(queue), FromTo(4, 7));
}

TEST(BatchQueue, PutsEverythingBackWhenNothingWasDelivered) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::Block, 100);
  queue.Push(feed.Trades(4));
  for (int attempt = 0; attempt < 3; ++attempt) {
    Lot lot;
    ASSERT_TRUE(queue.Take(lot, kAtOnce));
    EXPECT_EQ(SequencesOf(lot.ticks), FromTo(1, 4));
    queue.Settle(lot, 0, 0);
  }
  EXPECT_EQ(queue.Read().waiting, 4u);
  EXPECT_EQ(queue.Read().delivered, 0u);
}

TEST(BatchQueue, HandsOutABacklogInSeveralLots) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 1'000'000);
  for (int i = 0; i < 100; ++i) queue.Push(feed.Trades(500));
  Sequences all;
  std::size_t lots = 0;
  for (Sequences lot = TakeAll(queue); !lot.empty(); lot = TakeAll(queue)) {
    EXPECT_LE(lot.size(), 10'000u);
    all.insert(all.end(), lot.begin(), lot.end());
    ++lots;
  }
  EXPECT_EQ(all, FromTo(1, 50'000));
  EXPECT_LE(lots, 10u);
}

TEST(BatchQueue, HandsOutALargeFrameWhole) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 1'000'000);
  queue.Push(feed.Trades(1));
  queue.Push(feed.Trades(100'000));
  EXPECT_EQ(TakeAll(queue).size(), 1u);
  EXPECT_EQ(TakeAll(queue).size(), 100'000u);
}

TEST(BatchQueue, PutsTheRestOfALotBackBeforeTheBacklog) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::Block, 1'000'000);
  for (int i = 0; i < 100; ++i) queue.Push(feed.Trades(500));
  std::uint64_t next = 1;
  for (int turn = 0; next <= 50'000; ++turn) {
    Lot lot;
    ASSERT_TRUE(queue.Take(lot, kAtOnce));
    ASSERT_EQ(lot.ticks.front().sequence, next);
    const std::size_t done = turn % 3 == 0 ? 0 : turn % 3 == 1 ? 777 : lot.ticks.size();
    queue.Settle(lot, done, 0);
    next += std::min(done, static_cast<std::size_t>(50'001 - next));
    ASSERT_EQ(queue.Read().waiting, 50'001 - next);
  }
}

TEST(BatchQueue, CountsWhatTheSinkGaveUpAsFailed) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100);
  queue.Push(feed.Trades(5));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Settle(lot, 4, 3);
  EXPECT_EQ(queue.Read().delivered, 1u);
  EXPECT_EQ(queue.Read().failed, 3u);
  EXPECT_EQ(queue.Read().waiting, 1u);
}

TEST(BatchQueue, BelievesNoSinkThatClaimsMoreThanItGot) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100);
  queue.Push(feed.Trades(2));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Settle(lot, 100, 100);
  EXPECT_EQ(queue.Read().failed, 2u);
  EXPECT_EQ(Unexplained(queue.Read()), 0);
}

TEST(BatchQueue, DropOldestKeepsTheNewestInOrder) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 5);
  for (int i = 0; i < 4; ++i) queue.Push(feed.Trades(3));
  EXPECT_EQ(queue.Read().dropped, 7u);
  EXPECT_EQ(TakeAll(queue), FromTo(8, 12));
}

TEST(BatchQueue, DropOldestKeepsTheEndOfAFrameThatExceedsItsCapacity) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 4);
  queue.Push(feed.Trades(10));
  EXPECT_EQ(TakeAll(queue), FromTo(7, 10));
  EXPECT_EQ(queue.Read().dropped, 6u);
}

TEST(BatchQueue, DropOldestDropsWholeFramesBeyondItsBytes) {
  Feed feed;
  const BatchRef frames[] = {feed.Trades(2, 10'000), feed.Trades(2, 10'000),
                             feed.Trades(2, 10'000)};
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100, 2 * frames[0]->memory);
  for (const BatchRef& frame : frames) queue.Push(frame);
  EXPECT_EQ(queue.Read().dropped, 2u);
  EXPECT_EQ(frames[0]->references, 1u);
  EXPECT_EQ(TakeAll(queue), FromTo(3, 6));
}

TEST(BatchQueue, DropOldestKeepsOneFrameThatAloneExceedsItsBytes) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 100, 1000);
  queue.Push(feed.Trades(2));
  queue.Push(feed.Trades(2, 50'000));
  EXPECT_THAT(TakeAll(queue), ElementsAre(3, 4));
}

TEST(BatchQueue, DropOldestDropsFromWhatIsPutBackFirst) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 5);
  queue.Push(feed.Trades(4));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Push(feed.Trades(3));
  queue.Settle(lot, 1, 0);
  EXPECT_EQ(queue.Read().dropped, 1u);
  EXPECT_EQ(TakeAll(queue), FromTo(3, 7));
}

TEST(BatchQueue, DropOldestUnderADeadSinkKeepsItsMemoryBounded) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropOldest, 10);
  std::vector<BatchRef> pushed;
  for (int i = 0; i < 5000; ++i) {
    pushed.push_back(feed.Trades(1));
    queue.Push(pushed.back());
  }
  const auto held = std::count_if(pushed.begin(), pushed.end(),
                                  [](const BatchRef& batch) { return batch->references == 2; });
  EXPECT_EQ(held, 10);
  EXPECT_EQ(TakeAll(queue), FromTo(4991, 5000));
}

TEST(BatchQueue, DropNewestKeepsTheOldestInOrder) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropNewest, 5);
  for (int i = 0; i < 4; ++i) queue.Push(feed.Trades(3));
  EXPECT_EQ(queue.Read().dropped, 7u);
  EXPECT_EQ(TakeAll(queue), FromTo(1, 5));
}

TEST(BatchQueue, DropNewestCountsWhatTheSinkHasInHand) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropNewest, 5);
  queue.Push(feed.Trades(4));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Push(feed.Trades(3));
  queue.Settle(lot, 4, 0);
  EXPECT_EQ(queue.Read().dropped, 2u);
  EXPECT_THAT(TakeAll(queue), ElementsAre(5));
}

TEST(BatchQueue, DropNewestGoesOnAfterAPartialDeliveryOfACutFrame) {
  Feed feed;
  BatchQueue queue{{3, kNoLimit, WhenFull::DropNewest}, TradesOnly()};
  queue.Push(feed.Make(
      {{1, Kind::Trade}, {1, Kind::Quote}, {1, Kind::Trade}, {1, Kind::Trade}, {1, Kind::Trade}}));
  EXPECT_EQ(queue.Read().dropped, 1u);
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  queue.Settle(lot, 1, 0);
  EXPECT_THAT(TakeAll(queue), ElementsAre(3, 4));
}

TEST(BatchQueue, DropNewestRefusesFramesBeyondItsBytes) {
  Feed feed;
  const BatchRef first = feed.Trades(2, 10'000);
  BatchQueue queue = MakeQueue(WhenFull::DropNewest, 100, first->memory + 100);
  queue.Push(first);
  queue.Push(feed.Trades(2, 10'000));
  EXPECT_EQ(queue.Read().dropped, 2u);
  EXPECT_THAT(TakeAll(queue), ElementsAre(1, 2));
}

TEST(BatchQueue, DropNewestTakesOneFrameThatAloneExceedsItsBytes) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::DropNewest, 100, 1000);
  queue.Push(feed.Trades(2, 50'000));
  queue.Push(feed.Trades(1));
  EXPECT_THAT(TakeAll(queue), ElementsAre(1, 2));
}

TEST(BatchQueue, BlockHasRoomUpToItsCapacity) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::Block, 5);
  queue.Push(feed.Trades(3));
  EXPECT_TRUE(queue.HasRoomFor(*feed.Trades(2)));
  EXPECT_FALSE(queue.HasRoomFor(*feed.Trades(3)));
}

TEST(BatchQueue, BlockHasRoomUpToItsBytes) {
  Feed feed;
  const BatchRef frame = feed.Trades(1, 10'000);
  BatchQueue queue = MakeQueue(WhenFull::Block, 100, 2 * frame->memory);
  queue.Push(frame);
  EXPECT_TRUE(queue.HasRoomFor(*feed.Trades(1, 10'000)));
  EXPECT_FALSE(queue.HasRoomFor(*feed.Trades(1, 20'000)));
}

TEST(BatchQueue, BlockHasRoomForAFrameLargerThanItselfOnlyWhenEmpty) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::Block, 5, 1000);
  const BatchRef large = feed.Trades(10, 10'000);
  EXPECT_TRUE(queue.HasRoomFor(*large));
  queue.Push(large);
  EXPECT_FALSE(queue.HasRoomFor(*feed.Trades(1)));
  EXPECT_EQ(TakeAll(queue), FromTo(1, 10));
  EXPECT_TRUE(queue.HasRoomFor(*large));
}

TEST(BatchQueue, BlockCountsWhatTheSinkHasInHand) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::Block, 5);
  queue.Push(feed.Trades(4));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, kAtOnce));
  EXPECT_FALSE(queue.HasRoomFor(*feed.Trades(2)));
  queue.Settle(lot, 3, 0);
  EXPECT_TRUE(queue.HasRoomFor(*feed.Trades(4)));
  EXPECT_FALSE(queue.HasRoomFor(*feed.Trades(5)));
}

TEST(BatchQueue, BlockHasRoomForWhatItsFilterDoesNotWant) {
  Feed feed;
  BatchQueue queue{{1, kNoLimit, WhenFull::Block}, TradesOnly()};
  queue.Push(feed.Trades(1));
  EXPECT_TRUE(queue.HasRoomFor(*feed.Make({{1, Kind::Quote}, {1, Kind::Quote}})));
  EXPECT_FALSE(queue.HasRoomFor(*feed.Make({{1, Kind::Quote}, {1, Kind::Trade}})));
}

TEST(BatchQueue, DropsNothingUnderBlock) {
  Feed feed;
  BatchQueue queue = MakeQueue(WhenFull::Block, 2);
  for (int i = 0; i < 5; ++i) queue.Push(feed.Trades(3));
  EXPECT_EQ(TakeAll(queue), FromTo(1, 15));
  EXPECT_EQ(queue.Read().dropped, 0u);
}

}  // namespace
}  // namespace feedmux
