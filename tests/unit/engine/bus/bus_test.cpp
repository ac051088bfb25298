#include "bus/bus.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "support/queue_access.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TickFilter Only(Kind kind) {
  TickFilter filter;
  filter.AllowKinds(MaskOf(kind));
  return filter;
}

BatchRef MakeBatch(Bus& bus, std::size_t ticks, Kind kind = Kind::Trade,
                   ConnectionIndex connection = 1) {
  BatchRef batch = bus.NewBatch();
  batch->connection = connection;
  batch->ts_recv_ns = 100 * connection;
  batch->frame = "frame";
  for (std::size_t i = 0; i < ticks; ++i) batch->Add(kind).symbol = 1;
  batch->events = ticks;
  return batch;
}

// A publisher that is on its way; waits for it at the end of its scope.
class Publishing {
 public:
  Publishing(Bus& bus, BatchRef batch)
      : thread_([this, &bus, batch = std::move(batch)] {
          bus.Publish(batch);
          done_ = true;
        }) {}
  ~Publishing() { thread_.join(); }
  bool done() const { return done_; }

 private:
  std::atomic<bool> done_{false};
  std::thread thread_;
};

// A publisher that blocks has not published; there is no event to wait for.
void GiveItTimeToBlock() {
  for (int i = 0; i < 200; ++i) std::this_thread::yield();
}

TEST(Bus, NumbersTicksFromOneWithoutHoles) {
  Bus bus{2};
  SinkQueue& queue = bus.AddSink(kRoomy, {});
  bus.Publish(MakeBatch(bus, 2));
  bus.Publish(MakeBatch(bus, 0));
  bus.Publish(MakeBatch(bus, 3, Kind::Quote, 2));
  EXPECT_EQ(TakeSequences(queue), FromTo(1, 5));
}

TEST(Bus, CountsWhatEachConnectionBrought) {
  Bus bus{2};
  bus.Publish(MakeBatch(bus, 2));
  BatchRef batch = MakeBatch(bus, 1, Kind::Quote, 2);
  batch->events = 5;
  batch->status_events = 1;
  batch->Reject(RejectReason::Malformed);
  batch->Reject(RejectReason::Malformed);
  batch->Reject(RejectReason::InvalidUtf8);
  bus.Publish(batch);

  const Ledger ledger = bus.Read();
  EXPECT_EQ(ledger.published, 3u);
  EXPECT_EQ(ledger.connections[0].ticks, 2u);
  const ConnectionAccount& second = ledger.connections[1];
  EXPECT_EQ(second.frames, 1u);
  EXPECT_EQ(second.bytes, 5u);
  EXPECT_EQ(second.events, 5u);
  EXPECT_EQ(second.ticks, 1u);
  EXPECT_EQ(second.status_events, 1u);
  EXPECT_THAT(second.rejected, ElementsAre(2, 0, 0, 0, 1, 0));
  EXPECT_EQ(second.last_tick_ns, 200);
  EXPECT_EQ(ledger.Imbalance(), 0);
}

TEST(Bus, CountsAFrameWithoutTicksAsAFrame) {
  Bus bus{1};
  SinkQueue& queue = bus.AddSink(kRoomy, {});
  BatchRef batch = MakeBatch(bus, 0);
  batch->events = batch->status_events = 1;
  bus.Publish(batch);
  const Ledger ledger = bus.Read();
  EXPECT_EQ(ledger.connections[0].frames, 1u);
  EXPECT_EQ(ledger.connections[0].last_tick_ns, kNoTime);
  EXPECT_EQ(ledger.Imbalance(), 0);
  EXPECT_THAT(TakeSequences(queue), IsEmpty());
}

TEST(Bus, ShowsAnEventThatNobodyDealtWithAsImbalance) {
  Bus bus{1};
  BatchRef batch = MakeBatch(bus, 1);
  batch->events = 3;
  bus.Publish(batch);
  EXPECT_EQ(bus.Read().Imbalance(), 2);
}

TEST(Bus, HandsEveryTickToEverySink) {
  Bus bus{1};
  SinkQueue& all = bus.AddSink(kRoomy, {});
  SinkQueue& quotes = bus.AddSink(kRoomy, Only(Kind::Quote));
  bus.Publish(MakeBatch(bus, 2));
  bus.Publish(MakeBatch(bus, 1, Kind::Quote));
  EXPECT_EQ(TakeSequences(all), FromTo(1, 3));
  EXPECT_THAT(TakeSequences(quotes), ElementsAre(3));
  const Ledger ledger = bus.Read();
  EXPECT_EQ(ledger.sinks[1].filtered, 2u);
  EXPECT_EQ(ledger.Imbalance(), 0);
}

TEST(Bus, SharesOneBatchBetweenItsSinks) {
  Bus bus{1};
  bus.AddSink(kRoomy, {});
  bus.AddSink(kRoomy, {});
  const BatchRef batch = MakeBatch(bus, 1);
  bus.Publish(batch);
  EXPECT_EQ(batch->references, 3u);
}

TEST(Bus, BlocksAPublisherUntilThereIsRoom) {
  Bus bus{1};
  SinkQueue& queue = bus.AddSink({2, kNoLimit, WhenFull::Block}, {});
  bus.Publish(MakeBatch(bus, 2));
  const Publishing publisher{bus, MakeBatch(bus, 1)};
  GiveItTimeToBlock();
  EXPECT_FALSE(publisher.done());
  EXPECT_EQ(bus.Read().published, 2u);
  EXPECT_EQ(TakeSequences(queue), FromTo(1, 2));
  Lot lot;
  ASSERT_TRUE(queue.Take(lot, InTenSeconds()));
  EXPECT_EQ(lot.ticks.front().sequence, 3u);
  queue.Settle(lot, 1, 0);
}

TEST(Bus, LetsOthersPassAPublisherThatIsBlocked) {
  Bus bus{2};
  SinkQueue& trades = bus.AddSink({1, kNoLimit, WhenFull::Block}, Only(Kind::Trade));
  SinkQueue& all = bus.AddSink(kRoomy, {});
  bus.Publish(MakeBatch(bus, 1));
  const Publishing blocked{bus, MakeBatch(bus, 1)};
  GiveItTimeToBlock();
  bus.Publish(MakeBatch(bus, 2, Kind::Quote, 2));
  EXPECT_FALSE(blocked.done());
  EXPECT_EQ(TakeSequences(all), FromTo(1, 3));
  EXPECT_THAT(TakeSequences(trades), ElementsAre(1));
  Lot lot;
  ASSERT_TRUE(trades.Take(lot, InTenSeconds()));
  EXPECT_EQ(lot.ticks.front().sequence, 4u);
  trades.Settle(lot, 1, 0);
}

TEST(Bus, BlocksForTheSlowestOfSeveralBlockingSinks) {
  Bus bus{1};
  SinkQueue& first = bus.AddSink({1, kNoLimit, WhenFull::Block}, {});
  SinkQueue& second = bus.AddSink({1, kNoLimit, WhenFull::Block}, {});
  bus.Publish(MakeBatch(bus, 1));
  const Publishing publisher{bus, MakeBatch(bus, 1)};
  EXPECT_THAT(TakeSequences(first), ElementsAre(1));
  GiveItTimeToBlock();
  EXPECT_FALSE(publisher.done());
  EXPECT_EQ(first.Read().offered, 1u);
  EXPECT_THAT(TakeSequences(second), ElementsAre(1));
}

TEST(Bus, LosesNothingWhenItStopsBlocking) {
  Bus bus{1};
  SinkQueue& queue = bus.AddSink({1, kNoLimit, WhenFull::Block}, {});
  bus.Publish(MakeBatch(bus, 1));
  {
    const Publishing publisher{bus, MakeBatch(bus, 3)};
    GiveItTimeToBlock();
    EXPECT_FALSE(publisher.done());
    bus.StopBlocking();
  }
  bus.Publish(MakeBatch(bus, 1));
  EXPECT_EQ(bus.Read().Imbalance(), 0);
  EXPECT_EQ(TakeSequences(queue), FromTo(1, 5));
}

TEST(Bus, NeverBlocksForSinksThatDrop) {
  Bus bus{1};
  bus.AddSink({1, kNoLimit, WhenFull::DropOldest}, {});
  bus.AddSink({1, kNoLimit, WhenFull::DropNewest}, {});
  bus.AddSink({1, kNoLimit, WhenFull::Conflate}, {});
  for (int i = 0; i < 10; ++i) bus.Publish(MakeBatch(bus, 3));
  const Ledger ledger = bus.Read();
  EXPECT_EQ(ledger.sinks[0].dropped, 29u);
  EXPECT_EQ(ledger.sinks[1].dropped, 29u);
  EXPECT_EQ(ledger.sinks[2].conflated, 29u);
  EXPECT_EQ(ledger.Imbalance(), 0);
}

}  // namespace
}  // namespace feedmux
