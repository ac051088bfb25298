#include "bus/tick_filter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "support/feed.hpp"

namespace feedmux {
namespace {

Tick MakeTick(SymbolId symbol, Kind kind, ConnectionIndex connection) {
  Tick tick;
  tick.symbol = symbol;
  tick.kind = kind;
  tick.connection = connection;
  return tick;
}

TEST(TickFilter, WantsEverythingUntilToldOtherwise) {
  const TickFilter filter;
  EXPECT_TRUE(filter.Wants(MakeTick(kNoSymbol, Kind::Other, 1)));
  EXPECT_TRUE(filter.Wants(MakeTick(4'000'000, Kind::Trade, 65535)));
}

TEST(TickFilter, WantsTheKindsItAllows) {
  TickFilter filter;
  filter.AllowKinds(MaskOf(Kind::Trade) | MaskOf(Kind::Bar));
  EXPECT_TRUE(filter.Wants(MakeTick(1, Kind::Trade, 1)));
  EXPECT_TRUE(filter.Wants(MakeTick(1, Kind::Bar, 1)));
  EXPECT_FALSE(filter.Wants(MakeTick(1, Kind::Quote, 1)));
  EXPECT_FALSE(filter.Wants(MakeTick(1, Kind::Other, 1)));
}

TEST(TickFilter, WantsTheSymbolsItAllows) {
  TickFilter filter;
  filter.AllowSymbol(3);
  filter.AllowSymbol(70);
  EXPECT_TRUE(filter.Wants(MakeTick(3, Kind::Trade, 1)));
  EXPECT_TRUE(filter.Wants(MakeTick(70, Kind::Trade, 1)));
  for (const SymbolId other : {0u, 1u, 4u, 69u, 71u, 4'000'000u}) {
    EXPECT_FALSE(filter.Wants(MakeTick(other, Kind::Trade, 1))) << other;
  }
}

TEST(TickFilter, WantsTheConnectionsItAllows) {
  TickFilter filter;
  filter.AllowConnection(2);
  EXPECT_TRUE(filter.Wants(MakeTick(1, Kind::Trade, 2)));
  EXPECT_FALSE(filter.Wants(MakeTick(1, Kind::Trade, 1)));
  EXPECT_FALSE(filter.Wants(MakeTick(1, Kind::Trade, 3)));
}

TEST(TickFilter, WantsWhatAllItsPartsAllow) {
  TickFilter filter;
  filter.AllowKinds(MaskOf(Kind::Quote));
  filter.AllowSymbol(5);
  filter.AllowConnection(1);
  EXPECT_TRUE(filter.Wants(MakeTick(5, Kind::Quote, 1)));
  EXPECT_FALSE(filter.Wants(MakeTick(6, Kind::Quote, 1)));
  EXPECT_FALSE(filter.Wants(MakeTick(5, Kind::Trade, 1)));
  EXPECT_FALSE(filter.Wants(MakeTick(5, Kind::Quote, 2)));
}

class RandomFilters : public ::testing::TestWithParam<unsigned> {
 protected:
  TickFilter MakeFilter() {
    TickFilter filter;
    if (Chance(2)) filter.AllowKinds(Below(kAllKinds + 1));
    if (Chance(3)) {
      for (unsigned i = 0; i <= Below(4); ++i) filter.AllowSymbol(Below(8));
    }
    if (Chance(3)) {
      for (unsigned i = 0; i <= Below(2); ++i) {
        filter.AllowConnection(static_cast<ConnectionIndex>(1 + Below(3)));
      }
    }
    return filter;
  }

  BatchRef MakeBatch() {
    std::vector<FeedTick> ticks(Below(6));
    for (FeedTick& tick : ticks) {
      tick.symbol = Below(8);
      tick.kind = static_cast<Kind>(Below(kKindCount));
    }
    return feed_.Make(ticks, 0, static_cast<ConnectionIndex>(1 + Below(3)));
  }

  unsigned Below(unsigned limit) {
    return std::uniform_int_distribution<unsigned>{0, limit - 1}(random_);
  }
  bool Chance(unsigned one_in) { return Below(one_in) == 0; }

  std::mt19937 random_{GetParam()};
  Feed feed_;
};

TEST_P(RandomFilters, CountWhatTheyWantTickByTick) {
  for (int i = 0; i < 2000; ++i) {
    const TickFilter filter = MakeFilter();
    const BatchRef batch = MakeBatch();
    const auto wanted = std::count_if(batch->ticks.begin(), batch->ticks.end(),
                                      [&](const Tick& tick) { return filter.Wants(tick); });
    ASSERT_EQ(filter.CountWanted(*batch), static_cast<std::size_t>(wanted)) << "round " << i;
    if (filter.WantsAll(*batch)) {
      ASSERT_EQ(static_cast<std::size_t>(wanted), batch->ticks.size()) << "round " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomFilters, ::testing::Range(1u, 6u));

}  // namespace
}  // namespace feedmux
