#include "connections/overlap.hpp"

#include <gmock/gmock.h>

#include "connections/source_overlaps.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr ConnectionIndex kFormer = 1;
constexpr ConnectionIndex kNew = 2;
constexpr ConnectionIndex kOther = 3;
constexpr SymbolId kAapl = 7;
constexpr SymbolId kMsft = 8;

class OverlapsTest : public ::testing::Test {
 protected:
  ~OverlapsTest() override { EXPECT_EQ(bus_.Read().Imbalance(), 0); }

  void Bring(ConnectionIndex connection, std::vector<std::uint64_t> sequences,
             SymbolId symbol = kAapl, Kind kind = Kind::Trade) {
    const BatchRef batch = bus_.NewBatch();
    batch->connection = connection;
    batch->ts_recv_ns = ++now_ns_;
    batch->frame = "raw bytes";
    for (const std::uint64_t sequence : sequences) {
      Tick& tick = batch->Add(kind);
      tick.symbol = symbol;
      tick.vendor_sequence = sequence;
      tick.raw_data = batch->frame.data();
      tick.raw_size = static_cast<std::uint32_t>(batch->frame.size());
    }
    batch->events = sequences.size();
    overlaps_.active() ? overlaps_.Publish(batch) : bus_.Publish(batch);
  }

  /// What has passed since the last call.
  std::vector<std::uint64_t> Passed() {
    std::vector<std::uint64_t> sequences;
    Lot lot;
    while (queue_.Take(lot, kAtOnce)) {
      for (const Tick& tick : lot.ticks) {
        sequences.push_back(tick.vendor_sequence);
        EXPECT_EQ(tick.Raw(), "raw bytes");
      }
      queue_.Settle(lot, lot.ticks.size(), 0);
    }
    return sequences;
  }
  void Apply() { overlaps_.TryApply(); }
  ConnectionAccount Account(ConnectionIndex connection) {
    return bus_.Read().connections[connection - 1u];
  }

  Bus bus_{3};
  SinkQueue& queue_ = bus_.AddSink({1000, kNoLimit, WhenFull::DropOldest}, {});
  Overlaps overlaps_{bus_};
  std::int64_t now_ns_ = 1'000;
};

TEST_F(OverlapsTest, IsInactiveUntilSomethingMoves) {
  EXPECT_FALSE(overlaps_.active());
  overlaps_.Begin(kAapl, kFormer, kNew);
  EXPECT_TRUE(overlaps_.active());
  overlaps_.End(kAapl);
  Apply();
  EXPECT_FALSE(overlaps_.active());
}

TEST_F(OverlapsTest, PassesEachEventOnceWhereTheNewConnectionIsBehind) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1, 2, 3});
  Bring(kNew, {2, 3});
  Bring(kFormer, {4});
  Bring(kNew, {4, 5});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(Account(kNew).duplicates, 3u);
}

TEST_F(OverlapsTest, HoldsTheNewConnectionBackWhereItIsAhead) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {5, 6, 7});
  EXPECT_THAT(Passed(), IsEmpty());
  EXPECT_EQ(Account(kNew).withheld, 3u);
  Bring(kFormer, {3, 4});
  EXPECT_THAT(Passed(), ElementsAre(3, 4));
  Bring(kFormer, {5});
  EXPECT_THAT(Passed(), ElementsAre(5, 6, 7));
  EXPECT_EQ(Account(kNew).withheld, 0u);
  Bring(kFormer, {6, 7});
  EXPECT_THAT(Passed(), IsEmpty());
}

TEST_F(OverlapsTest, WhatTheFormerConnectionBroughtBeforehandDoesNotComeAgain) {
  Bring(kFormer, {1, 2, 3});
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {4});
  Bring(kNew, {2, 3, 4, 5});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(Account(kNew).duplicates, 3u);
  EXPECT_EQ(Account(kNew).withheld, 0u);
}

TEST_F(OverlapsTest, NorDoesItWhereTheFormerConnectionSpeaksLast) {
  Bring(kFormer, {1, 2, 3});
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {2, 3, 4, 5});
  Bring(kFormer, {4});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(Account(kNew).withheld, 0u);
}

TEST_F(OverlapsTest, WhatTheFormerConnectionHasYetToBringIsNotLost) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {6, 5});  // not quite in order
  Bring(kFormer, {5, 6, 7});
  EXPECT_THAT(Passed(), ElementsAre(5, 6, 7));
}

TEST_F(OverlapsTest, EveryKindIsJoinedByItself) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {29}, kAapl, Kind::Quote);
  Bring(kFormer, {1});
  Bring(kNew, {1});
  EXPECT_THAT(Passed(), ElementsAre(1));
  EXPECT_TRUE(overlaps_.Read(kAapl).met);
  EXPECT_FALSE(overlaps_.Read(kAapl).joined);
  Bring(kFormer, {28, 29}, kAapl, Kind::Quote);
  EXPECT_THAT(Passed(), ElementsAre(28, 29));
  EXPECT_TRUE(overlaps_.Read(kAapl).joined);
}

TEST_F(OverlapsTest, AKindThatIsNotJoinedPassesWhenTheFormerConnectionIsLetGo) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {29}, kAapl, Kind::Quote);
  Bring(kFormer, {1});
  Bring(kNew, {1});
  overlaps_.Release(kAapl);
  Apply();
  EXPECT_THAT(Passed(), ElementsAre(1, 29));
}

TEST_F(OverlapsTest, WhatWasHeldBackDoesNotChangeWhenTheLastTickArrived) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {5, 6});
  const std::int64_t arrived_ns = now_ns_;
  Bring(kFormer, {5});
  EXPECT_EQ(Account(kNew).last_tick_ns, arrived_ns);
}

TEST_F(OverlapsTest, NothingStaysHeldBackWhenTheEngineStops) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  overlaps_.Begin(kNoSymbol, kFormer, kNew);
  Bring(kNew, {5});
  Bring(kNew, {6}, kMsft);
  overlaps_.Finish();
  EXPECT_THAT(Passed(), UnorderedElementsAre(5, 6));
  EXPECT_EQ(Account(kNew).withheld, 0u);
  EXPECT_FALSE(overlaps_.active());
}

TEST_F(OverlapsTest, LetsWhatWasHeldBackPassWhenTheFormerConnectionIsLetGo) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {5, 6});
  overlaps_.Release(kAapl);
  Apply();
  EXPECT_THAT(Passed(), ElementsAre(5, 6));
}

TEST_F(OverlapsTest, WhatWasHeldBackIsLeftToTheFormerConnectionWhenTheMoveIsGivenUp) {
  Bring(kFormer, {3});
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {3, 5, 6});
  Bring(kFormer, {4});
  overlaps_.End(kAapl);
  Apply();
  Bring(kFormer, {5, 6});
  EXPECT_THAT(Passed(), ElementsAre(3, 4, 5, 6));
  EXPECT_EQ(Account(kNew).withheld, 0u);
}

TEST_F(OverlapsTest, ItIsNotLostWhereTheFormerConnectionSaysNothing) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kNew, {5, 6});
  overlaps_.End(kAapl);
  Apply();
  EXPECT_THAT(Passed(), ElementsAre(5, 6));
}

TEST_F(OverlapsTest, WhatIsLateIsKeptOutOnceAThirdConnectionSpeaks) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1});
  Bring(kNew, {1, 2});
  overlaps_.Turn(kAapl, kFormer, kOther);  // the new one is lost
  Bring(kFormer, {2, 3});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 3));
  Bring(kOther, {7});
  Bring(kFormer, {4, 5, 8});
  Bring(kOther, {8});
  EXPECT_THAT(Passed(), ElementsAre(7, 8));
}

TEST_F(OverlapsTest, WhatHasPassedDoesNotPassAgainOverAThirdConnection) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1});
  Bring(kNew, {1, 2});
  overlaps_.Turn(kAapl, kFormer, kOther);
  Bring(kOther, {1, 2, 3});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 3));
}

TEST_F(OverlapsTest, AThirdConnectionMayTakeOverFromTheFormerOne) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1});
  overlaps_.Turn(kAapl, kNew, kOther);  // the move was given up, and the former one is lost
  Bring(kNew, {1, 2});
  Bring(kOther, {4});
  Bring(kNew, {3});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 4));
}

TEST_F(OverlapsTest, AThirdConnectionMayTakeOverAWildcard) {
  overlaps_.Begin(kNoSymbol, kFormer, kNew);
  Bring(kFormer, {1}, kMsft);
  overlaps_.Turn(kNoSymbol, kFormer, kOther);
  Bring(kOther, {1, 3}, kMsft);
  Bring(kFormer, {2}, kMsft);
  Bring(kOther, {5});
  Bring(kFormer, {4});
  EXPECT_THAT(Passed(), ElementsAre(1, 3, 5));
}

TEST_F(OverlapsTest, PassesAnEventTwiceThatTheVendorSendsTwice) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1, 1, 2});
  Bring(kNew, {1, 1, 2});
  EXPECT_THAT(Passed(), ElementsAre(1, 1, 2));
}

TEST_F(OverlapsTest, LeavesOtherSymbolsAndConnectionsAlone) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1}, kMsft);
  Bring(kNew, {1}, kMsft);
  Bring(kOther, {1});
  Bring(kOther, {1});
  EXPECT_THAT(Passed(), ElementsAre(1, 1, 1, 1));
}

TEST_F(OverlapsTest, AWildcardStandsForEverySymbol) {
  overlaps_.Begin(kNoSymbol, kFormer, kNew);
  Bring(kFormer, {1, 2}, kMsft);
  Bring(kNew, {2, 3}, kMsft);
  Bring(kNew, {9});
  EXPECT_THAT(Passed(), ElementsAre(1, 2, 3));
  EXPECT_TRUE(overlaps_.Read(kNoSymbol).met);
  overlaps_.End(kNoSymbol);
  Apply();
  EXPECT_THAT(Passed(), ElementsAre(9));
  EXPECT_FALSE(overlaps_.active());
}

TEST_F(OverlapsTest, WhatIsSubscribedByNameTellsNothingOfAWildcard) {
  overlaps_.Begin(kNoSymbol, kFormer, kNew, {kMsft});
  Bring(kFormer, {1}, kMsft);
  Bring(kNew, {1}, kMsft);
  Bring(kFormer, {2});
  const OverlapState state = overlaps_.Read(kNoSymbol);
  EXPECT_FALSE(state.met);
  EXPECT_EQ(state.from_ticks, 1u);
  EXPECT_EQ(state.to_ticks, 0u);
  EXPECT_THAT(Passed(), ElementsAre(1, 2));
}

TEST_F(OverlapsTest, AWildcardCountsTheTicksOfAllSymbols) {
  overlaps_.Begin(kNoSymbol, kFormer, kNew);
  Bring(kFormer, {1, 2, 3}, kMsft);
  Bring(kFormer, {1});
  EXPECT_EQ(overlaps_.Read(kNoSymbol).from_ticks, 4u);
}

TEST_F(OverlapsTest, TellsHowFarBothHaveCome) {
  overlaps_.Begin(kAapl, kFormer, kNew);
  Bring(kFormer, {1, 2});
  EXPECT_FALSE(overlaps_.Read(kAapl).joined);
  Bring(kNew, {2});
  const OverlapState state = overlaps_.Read(kAapl);
  EXPECT_TRUE(state.joined);
  EXPECT_EQ(state.from_ticks, 2u);
  EXPECT_EQ(state.to_ticks, 1u);
}

TEST(EventCounts, RemembersWhatCameSecondsAgo) {
  EventCounts counts;
  ++counts.Of(1, 0).from;
  EXPECT_EQ(counts.Of(1, EventCounts::kKeptNs).from, 1u);
  counts.Of(2, 2 * EventCounts::kKeptNs - 1);
  EXPECT_EQ(counts.Of(1, 2 * EventCounts::kKeptNs - 1).from, 1u);
}

TEST(EventCounts, ForgetsWhatCameLongAgo) {
  EventCounts counts;
  ++counts.Of(1, 0).from;
  counts.Of(2, EventCounts::kKeptNs);
  counts.Of(2, 2 * EventCounts::kKeptNs);
  EXPECT_EQ(counts.Of(1, 2 * EventCounts::kKeptNs).from, 0u);
  EXPECT_EQ(counts.size(), 2u);
}

TEST(EventCounts, DoesNotGrowHoweverManyCome) {
  EventCounts counts;
  for (std::uint64_t key = 0; key < 5 * EventCounts::kKept; ++key) counts.Of(key, 0);
  EXPECT_LE(counts.size(), 2 * EventCounts::kKept);
}

TEST(SourceOverlaps, AreThoseOfTheConnectionsOfOneSource) {
  Bus bus{3};
  std::vector<ManagedConnection> connections(3);
  for (std::size_t i = 0; i < 3; ++i) {
    connections[i].index = static_cast<ConnectionIndex>(i + 1);
    connections[i].source = i / 2;
  }
  const SourceOverlaps overlaps{bus, connections};
  EXPECT_EQ(&overlaps.Of(1), &overlaps.Of(2));
  EXPECT_NE(&overlaps.Of(1), &overlaps.Of(3));
}

TEST(EventKey, TellsTradesOfOneSequenceApartByTheirId) {
  const std::string raw = "id1id2";
  Tick first, second;
  for (Tick* tick : {&first, &second}) {
    tick->kind = Kind::Trade;
    tick->vendor_sequence = 5;
    tick->raw_data = raw.data();
    tick->raw_size = 6;
    tick->trade.id_size = 3;
  }
  EXPECT_EQ(EventKey(first), EventKey(second));
  second.trade.id_offset = 3;
  EXPECT_NE(EventKey(first), EventKey(second));
}

TEST(EventKey, GoesByTheBytesWithoutASequence) {
  const std::string raw = "ab";
  Tick first, second;
  first.raw_data = raw.data();
  second.raw_data = raw.data() + 1;
  first.raw_size = second.raw_size = 1;
  EXPECT_NE(EventKey(first), EventKey(second));
  second.raw_data = raw.data();
  EXPECT_EQ(EventKey(first), EventKey(second));
}

}  // namespace
}  // namespace feedmux
