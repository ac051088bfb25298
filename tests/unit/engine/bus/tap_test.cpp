#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "bus/bus.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void PublishTrades(Bus& bus, std::size_t count, SymbolId symbol = 1) {
  const BatchRef batch = bus.NewBatch();
  batch->connection = 1;
  for (std::size_t i = 0; i < count; ++i) batch->Add(Kind::Trade).symbol = symbol;
  batch->events = count;
  bus.Publish(batch);
}

TEST(Tap, SeesWhatIsPublishedFromNowOn) {
  Bus bus{1};
  PublishTrades(bus, 2);
  const auto tap = bus.AddTap({}, kNoLimit, kNoLimit);
  PublishTrades(bus, 3);
  EXPECT_EQ(TakeSequences(*tap), FromTo(3, 5));
}

TEST(Tap, SeesWhatItsFilterWants) {
  Bus bus{1};
  TickFilter filter;
  filter.AllowSymbol(7);
  const auto tap = bus.AddTap(filter, kNoLimit, kNoLimit);
  PublishTrades(bus, 2, 6);
  PublishTrades(bus, 1, 7);
  EXPECT_THAT(TakeSequences(*tap), ElementsAre(3));
}

TEST(Tap, SeesNothingOnceItIsRemoved) {
  Bus bus{1};
  const auto tap = bus.AddTap({}, kNoLimit, kNoLimit);
  bus.RemoveTap(tap);
  PublishTrades(bus, 1);
  EXPECT_THAT(TakeSequences(*tap), IsEmpty());
}

TEST(Tap, IsNotInTheLedger) {
  Bus bus{1};
  bus.AddSink(kRoomy, {});
  const auto tap = bus.AddTap({}, 5, kNoLimit);
  PublishTrades(bus, 20);
  const Ledger ledger = bus.Read();
  ASSERT_EQ(ledger.sinks.size(), 1u);
  EXPECT_EQ(ledger.published, 20u);
  EXPECT_EQ(ledger.sinks[0].offered, 20u);
  EXPECT_EQ(ledger.sinks[0].dropped, 0u);
  EXPECT_EQ(ledger.Imbalance(), 0);
}

TEST(Tap, ThatNobodyReadsLosesItsOldestTicksAndBlocksNobody) {
  Bus bus{1};
  const auto tap = bus.AddTap({}, 5, kNoLimit);
  for (int i = 0; i < 100; ++i) PublishTrades(bus, 10);  // would hang here
  EXPECT_EQ(tap->Read().dropped, 995u);
  EXPECT_EQ(TakeSequences(*tap), FromTo(996, 1000));
}

TEST(Tap, ThatIsBeingReadBlocksNobody) {
  Bus bus{1};
  const auto tap = bus.AddTap({}, 5, kNoLimit);
  PublishTrades(bus, 5);
  Lot lot;
  ASSERT_TRUE(tap->Take(lot, kAtOnce));
  for (int i = 0; i < 100; ++i) PublishTrades(bus, 10);
  tap->Settle(lot, lot.ticks.size(), 0);
  EXPECT_EQ(tap->Read().dropped, 995u);
}

TEST(Tap, MayComeAndGoWhileOthersPublish) {
  Bus bus{1};
  SinkQueue& sink = bus.AddSink(kRoomy, {});
  std::atomic<bool> publishing{true};
  std::thread publisher{[&] {
    for (int i = 0; i < 2000; ++i) PublishTrades(bus, 3);
    publishing = false;
  }};
  std::uint64_t rounds = 0;
  for (; publishing || rounds == 0; ++rounds) {
    const auto tap = bus.AddTap({}, 10, kNoLimit);
    const Sequences seen = TakeSequences(*tap);
    if (!seen.empty()) {
      EXPECT_EQ(seen.back() - seen.front() + 1, seen.size());
    }
    ASSERT_EQ(bus.Read().Imbalance(), 0);
    bus.RemoveTap(tap);
  }
  publisher.join();
  EXPECT_EQ(sink.Read().offered, 6000u);
}

}  // namespace
}  // namespace feedmux
