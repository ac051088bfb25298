#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "candle.hpp"
#include "market.hpp"

namespace feedmux::synthetic {
namespace {

using testing::kNoonInNewYork;
using testing::kSecondNs;
using testing::Market;
using testing::Select;
using testing::SimulatedSettings;

Candle CandleOf(const Tick& bar) {
  const auto cents = [](double dollars) { return std::llround(dollars * 100); };
  return {cents(bar.bar.open), cents(bar.bar.high), cents(bar.bar.low), cents(bar.price)};
}

/// Builds every bar anew from the trades before it, and compares.
void ExpectBarsSumUpTrades(const std::vector<Tick>& ticks) {
  struct Window {
    std::vector<Tick> trades;
    double day_volume = 0;
  };
  std::map<SymbolId, Window> windows;
  std::size_t bars = 0;
  for (const Tick& tick : ticks) {
    Window& window = windows[tick.symbol];
    if (tick.kind == Kind::Trade) {
      window.trades.push_back(tick);
      window.day_volume += tick.size;
    }
    if (tick.kind != Kind::Bar) continue;
    ++bars;
    ASSERT_FALSE(window.trades.empty());
    const std::int64_t begin = tick.ts_event_ns - std::int64_t{tick.window_ms} * 1'000'000;
    ASSERT_EQ(begin % (std::int64_t{tick.window_ms} * 1'000'000), 0);
    double high = 0;
    double low = 1e9;
    double volume = 0;
    double dollars = 0;
    for (const Tick& trade : window.trades) {
      ASSERT_GE(trade.ts_event_ns, begin);
      ASSERT_LT(trade.ts_event_ns, tick.ts_event_ns);
      high = std::max(high, trade.price);
      low = std::min(low, trade.price);
      volume += trade.size;
      dollars += trade.price * trade.size;
    }
    ASSERT_EQ(tick.bar.open, window.trades.front().price);
    ASSERT_EQ(tick.bar.high, high);
    ASSERT_EQ(tick.bar.low, low);
    ASSERT_EQ(tick.price, window.trades.back().price);
    ASSERT_EQ(tick.size, volume);
    ASSERT_NEAR(tick.bar.vwap, dollars / volume, 0.0000501);
    ASSERT_EQ(tick.bar.day_volume, window.day_volume);
    window.trades.clear();
  }
  ASSERT_GT(bars, 100u);
}

TEST(Bars, SumUpExactlyTheTradesOfTheirWindow) {
  ExpectBarsSumUpTrades(Market(SimulatedSettings(), 20).Make(100'000));
}

TEST(Bars, SumUpExactlyTheTradesOfTheirWindowWithPatterns) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.7;
  ExpectBarsSumUpTrades(Market(settings, 20).Make(100'000));
}

TEST(Bars, SumUpTradesWithoutQuotesToo) {
  Settings settings = SimulatedSettings();
  settings.kinds = MaskOf(Kind::Trade) | MaskOf(Kind::Bar);
  settings.pattern_frequency = 0.7;
  ExpectBarsSumUpTrades(Market(settings, 20).Make(100'000));
}

TEST(Bars, MinuteWindowsBeginAtWholeMinutes) {
  Settings settings = SimulatedSettings();
  settings.bar_interval_ns = 60 * kSecondNs;
  settings.start_ns = kNoonInNewYork + 42 * kSecondNs;
  settings.simulated_rate = 10;
  const auto bars = Select(Market(settings, 1).Make(1000), Kind::Bar);
  ASSERT_EQ(bars.size(), 2u);
  EXPECT_EQ(bars[0].ts_event_ns, kNoonInNewYork + 60 * kSecondNs);
  EXPECT_EQ(bars[0].window_ms, 60'000u);
  EXPECT_EQ(bars[1].ts_event_ns, kNoonInNewYork + 120 * kSecondNs);
}

TEST(Bars, AWindowWithoutTradesHasNone) {
  Settings settings = SimulatedSettings();
  settings.kinds = MaskOf(Kind::Trade) | MaskOf(Kind::Bar);
  Market market(settings, 1);
  market.Make(10);
  market.generator().MoveTo(kNoonInNewYork + 10 * kSecondNs);
  const auto bars = Select(market.Make(1001), Kind::Bar);
  ASSERT_EQ(bars.size(), 2u);
  EXPECT_EQ(bars[1].ts_event_ns, kNoonInNewYork + 11 * kSecondNs);
}

TEST(Bars, TheDayBeginsAnewAtMidnightInNewYork) {
  Settings settings = SimulatedSettings();
  settings.start_ns = kNoonInNewYork + (12 * 3600 - 5) * kSecondNs;
  const auto bars = Select(Market(settings, 1).Make(10'500), Kind::Bar);
  ASSERT_EQ(bars.size(), 10u);
  EXPECT_GT(bars[4].bar.day_volume, 4 * bars[4].size / 2);
  EXPECT_EQ(bars[5].bar.day_volume, bars[5].size);
  EXPECT_EQ(bars[5].bar.official_open, bars[5].bar.open);
  EXPECT_EQ(bars[6].bar.official_open, bars[5].bar.open);
}

/// The share of a symbol's bars that begin the pattern, when that is the only one injected into
/// `frequency` of them.
template <typename Begins>
double ShareOf(Pattern pattern, double frequency, Begins begins) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = frequency;
  settings.patterns = {pattern};
  settings.simulated_rate = 100;
  const auto bars = Select(Market(settings, 1).Make(60'000), Kind::Bar, 1);
  std::size_t found = 0;
  for (std::size_t i = 0; i + 1 < bars.size(); ++i) {
    if (begins(CandleOf(bars[i]), CandleOf(bars[i + 1]))) ++found;
  }
  return static_cast<double>(found) / static_cast<double>(bars.size() - 1);
}

bool BeginsDoji(const Candle& bar, const Candle&) { return IsDoji(bar); }
bool BeginsHammer(const Candle& bar, const Candle&) { return IsHammer(bar); }
bool BeginsShootingStar(const Candle& bar, const Candle&) { return IsShootingStar(bar); }

TEST(Patterns, EveryBarIsOneAtFrequencyOne) {
  EXPECT_EQ(ShareOf(Pattern::Doji, 1, BeginsDoji), 1);
  EXPECT_EQ(ShareOf(Pattern::Hammer, 1, BeginsHammer), 1);
  EXPECT_EQ(ShareOf(Pattern::ShootingStar, 1, BeginsShootingStar), 1);
}

TEST(Patterns, TwoBarPatternsFollowEachOtherAtFrequencyOne) {
  EXPECT_NEAR(ShareOf(Pattern::BullishEngulfing, 1, IsBullishEngulfing), 0.5, 0.01);
  EXPECT_NEAR(ShareOf(Pattern::BearishEngulfing, 1, IsBearishEngulfing), 0.5, 0.01);
  EXPECT_NEAR(ShareOf(Pattern::Harami, 1, IsHarami), 0.5, 0.01);
}

TEST(Patterns, ComeOnTopOfThoseThatChanceMakes) {
  const double by_chance = ShareOf(Pattern::Hammer, 0, BeginsHammer);
  EXPECT_NEAR(ShareOf(Pattern::Hammer, 0.25, BeginsHammer), 0.25 + 0.75 * by_chance, 0.06);
}

TEST(Patterns, AreCompleteHoweverFewTradesThereAre) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 1;
  settings.patterns = {Pattern::BullishEngulfing};
  settings.simulated_rate = 2;
  const auto bars = Select(Market(settings, 1).Make(2000), Kind::Bar);
  ASSERT_GT(bars.size(), 300u);
  for (std::size_t i = 0; i + 1 < bars.size(); i += 2) {
    ASSERT_TRUE(IsBullishEngulfing(CandleOf(bars[i]), CandleOf(bars[i + 1]))) << i;
  }
}

TEST(Patterns, LeavePennyStocksAlone) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 1;
  settings.patterns = {Pattern::Hammer};
  settings.price_min = 0.5;
  settings.price_max = 1;
  for (const Tick& bar : Select(Market{settings}.Make(20'000), Kind::Bar)) {
    ASSERT_LT(CandleOf(bar).range(), kMinPatternRange / 2);
  }
}

}  // namespace
}  // namespace feedmux::synthetic
