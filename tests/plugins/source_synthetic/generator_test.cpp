#include "generator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "market.hpp"

namespace feedmux::synthetic {
namespace {

using testing::Describe;
using testing::kNoonInNewYork;
using testing::kSecondNs;
using testing::Market;
using testing::Select;
using testing::SimulatedSettings;

bool IsWholeCents(double dollars) {
  return std::abs(dollars * 100 - std::round(dollars * 100)) < 1e-6;
}

double MeanTradeSize(const std::vector<Tick>& ticks) {
  double sum = 0;
  double count = 0;
  for (const Tick& tick : Select(ticks, Kind::Trade)) {
    sum += tick.size;
    ++count;
  }
  return sum / count;
}

TEST(Generator, RepeatsItselfWithTheSameSeed) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.2;
  settings.raw = true;
  EXPECT_EQ(Describe(Market{settings}.Make(20'000)), Describe(Market{settings}.Make(20'000)));
}

TEST(Generator, RepeatsItselfHoweverItIsCutIntoBatches) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.2;
  EXPECT_EQ(Describe(Market{settings}.Make(20'000, 1)),
            Describe(Market{settings}.Make(20'000, 777)));
}

TEST(Generator, RepeatsItselfWithEveryCompilerAndLibrary) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.2;
  settings.raw = true;
  std::uint64_t hash = 0;
  Market market{settings};
  market.Make(20'000);
  for (const Batch& batch : market.batches()) hash = Mix(hash, HashOf(batch.frame));
  EXPECT_EQ(hash, 15'518'380'949'990'509'973u) << "ticks changed for users who rely on a seed";
}

TEST(Generator, DiffersWithAnotherSeed) {
  Settings other = SimulatedSettings();
  other.seed = 2;
  EXPECT_NE(Describe(Market{SimulatedSettings()}.Make(100)), Describe(Market{other}.Make(100)));
}

TEST(Generator, DiffersFromConnectionToConnection) {
  const Settings settings = SimulatedSettings();
  EXPECT_NE(Describe(Market(settings, 5, "primary").Make(100)),
            Describe(Market(settings, 5, "secondary").Make(100)));
}

TEST(Generator, StartsASymbolAtOnePriceOnEveryConnection) {
  Settings settings = SimulatedSettings();
  settings.kinds = MaskOf(Kind::Quote);
  Market primary(settings, 1, "primary");
  Market secondary(settings, 1, "secondary");
  const double first = primary.Make(1)[0].quote.bid;
  EXPECT_NEAR(first, secondary.Make(1)[0].quote.bid, first * 0.001);
}

TEST(Generator, StartsWithinThePriceRange) {
  Settings settings = SimulatedSettings();
  settings.price_min = 40;
  settings.price_max = 60;
  settings.kinds = MaskOf(Kind::Quote);
  for (const Tick& tick : Market(settings, 300).Make(1000)) {
    EXPECT_GT(tick.quote.bid, 39);
    EXPECT_LT(tick.quote.ask, 61);
  }
}

TEST(Generator, SpacesEventsEvenlyFromTheStart) {
  Settings settings = SimulatedSettings();
  settings.kinds = MaskOf(Kind::Trade) | MaskOf(Kind::Quote);
  const auto ticks = Market{settings}.Make(3000);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    ASSERT_EQ(ticks[i].ts_event_ns, kNoonInNewYork + static_cast<std::int64_t>(i) * 1'000'000);
  }
}

TEST(Generator, TimeNeverGoesBack) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.5;
  std::int64_t last = 0;
  for (const Tick& tick : Market{settings}.Make(20'000)) {
    ASSERT_GE(tick.ts_event_ns, last);
    last = tick.ts_event_ns;
  }
}

TEST(Generator, MakesTradesAndQuotesInTheConfiguredShare) {
  Settings settings = SimulatedSettings();
  settings.trade_share = 0.2;
  const auto ticks = Market{settings}.Make(50'000);
  EXPECT_NEAR(static_cast<double>(Select(ticks, Kind::Trade).size()), 10'000, 300);
  EXPECT_NEAR(static_cast<double>(Select(ticks, Kind::Quote).size()), 40'000, 300);
}

TEST(Generator, MakesOnlyTheKindsAskedFor) {
  for (const KindMask kinds :
       {MaskOf(Kind::Trade), MaskOf(Kind::Quote), MaskOf(Kind::Bar),
        MaskOf(Kind::Quote) | MaskOf(Kind::Bar), MaskOf(Kind::Trade) | MaskOf(Kind::Bar)}) {
    Settings settings = SimulatedSettings();
    settings.kinds = kinds;
    KindMask seen = 0;
    for (const Tick& tick : Market{settings}.Make(5000)) seen |= MaskOf(tick.kind);
    EXPECT_EQ(seen, kinds);
  }
}

TEST(Generator, MakesTheSameTradesWhetherOrNotBarsArePublished) {
  Settings settings = SimulatedSettings();
  const auto beside_bars = Describe(Select(Market{settings}.Make(5000), Kind::Trade));
  settings.kinds = MaskOf(Kind::Trade) | MaskOf(Kind::Quote);
  EXPECT_EQ(Describe(Select(Market{settings}.Make(5000), Kind::Trade)), beside_bars);
}

TEST(Generator, PricesMoveWithoutAnyQuotes) {
  Settings settings = SimulatedSettings();
  settings.trade_share = 1;
  std::map<double, int> prices;
  for (const Tick& tick : Select(Market(settings, 1).Make(20'000), Kind::Trade))
    ++prices[tick.price];
  EXPECT_GT(prices.size(), 10u);
}

TEST(Generator, QuotesAreWholeCentsAndNeverCross) {
  for (const Tick& tick : Select(Market{SimulatedSettings()}.Make(20'000), Kind::Quote)) {
    ASSERT_GT(tick.quote.bid, 0);
    ASSERT_LT(tick.quote.bid, tick.quote.ask);
    ASSERT_TRUE(IsWholeCents(tick.quote.bid) && IsWholeCents(tick.quote.ask));
    ASSERT_GE(tick.quote.bid_size, 100);
    ASSERT_GE(tick.quote.ask_size, 100);
    ASSERT_TRUE(std::isnan(tick.price));
  }
}

TEST(Generator, TradesLieWithinTheLastQuoteOfTheirSymbol) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.5;
  std::map<SymbolId, QuoteFields> quotes;
  for (const Tick& tick : Market{settings}.Make(50'000)) {
    if (tick.kind == Kind::Quote) quotes[tick.symbol] = tick.quote;
    if (tick.kind != Kind::Trade) continue;
    ASSERT_TRUE(quotes.contains(tick.symbol));
    ASSERT_GE(tick.price, quotes[tick.symbol].bid);
    ASSERT_LE(tick.price, quotes[tick.symbol].ask);
  }
}

TEST(Generator, PricesStayPositiveWhateverHappens) {
  Settings settings = SimulatedSettings();
  settings.scenario = Scenario::Crash;
  settings.volatility = 10;
  settings.price_min = 0.1;
  settings.price_max = 0.2;
  settings.simulated_rate = 1;
  for (const Tick& tick : Market{settings}.Make(50'000)) {
    ASSERT_GT(tick.kind == Kind::Quote ? tick.quote.bid : tick.price, 0);
  }
}

TEST(Generator, MostTradesAreRoundLots) {
  const auto trades = Select(Market{SimulatedSettings()}.Make(20'000), Kind::Trade);
  std::size_t round = 0;
  for (const Tick& tick : trades) {
    ASSERT_GE(tick.size, 100);
    if (std::fmod(tick.size, 100) == 0) ++round;
  }
  EXPECT_NEAR(static_cast<double>(round) / static_cast<double>(trades.size()), 7.0 / 8, 0.02);
}

TEST(Generator, SequencesRiseBySymbol) {
  std::map<SymbolId, std::uint64_t> last;
  for (const Tick& tick : Market{SimulatedSettings()}.Make(5000)) {
    if (tick.kind == Kind::Bar) continue;
    ASSERT_GT(tick.vendor_sequence, last[tick.symbol]);
    last[tick.symbol] = tick.vendor_sequence;
  }
}

TEST(Generator, TheFirstSymbolsTradeMost) {
  const auto ticks = Market(SimulatedSettings(), 100).Make(50'000);
  EXPECT_GT(Select(ticks, Kind::Trade, 1).size(), 10 * Select(ticks, Kind::Trade, 100).size());
  EXPECT_GT(Select(ticks, Kind::Trade, 100).size(), 20u);
}

TEST(Generator, CountsEveryTickAsAnEvent) {
  Settings settings = SimulatedSettings();
  settings.pattern_frequency = 0.5;
  Market market{settings};
  const std::size_t ticks = market.Make(20'000).size();
  EXPECT_EQ(market.events(), ticks);
}

TEST(Generator, SpreadsManyBarsOverSeveralBatches) {
  Settings settings = SimulatedSettings();
  settings.simulated_rate = 20'000;
  Market market(settings, 5000);
  EXPECT_GT(Select(market.Make(20'500, 50), Kind::Bar).size(), 2 * 1024u);
  for (const Batch& batch : market.batches()) ASSERT_LE(batch.ticks.size(), 1024u);
}

TEST(Generator, ARemovedSymbolIsSilentAndResumesAtItsPrice) {
  Settings settings = SimulatedSettings();
  settings.kinds = MaskOf(Kind::Quote);
  Market market(settings, 2);
  const double before = Select(market.Make(2000), Kind::Quote, 1).back().quote.bid;
  market.generator().Remove(1);
  const std::size_t seen = Select(market.Make(2000), Kind::Quote, 1).size();
  EXPECT_EQ(Select(market.Make(2000), Kind::Quote, 1).size(), seen);
  market.generator().Add(1, "S1");
  const auto resumed = Select(market.Make(100), Kind::Quote, 1);
  EXPECT_NEAR(resumed.at(seen).quote.bid, before, before * 0.01);
}

TEST(Generator, ARemovedSymbolLeavesNoHalfBar) {
  Market market(SimulatedSettings(), 2);
  market.Make(500);
  market.generator().Remove(1);
  EXPECT_TRUE(Select(market.Make(1000), Kind::Bar, 1).empty());
}

TEST(Generator, CanBeEmptiedAndFilledAgain) {
  Market market(SimulatedSettings(), 1);
  market.Make(1500);
  market.generator().Remove(1);
  EXPECT_TRUE(market.generator().empty());
  market.generator().Remove(1);
  market.generator().Remove(99);
  market.generator().Add(7, "S7");
  market.generator().Add(7, "S7");
  const std::size_t before = market.Make(0).size();
  EXPECT_EQ(Select(market.Make(1501), Kind::Bar, 7).size(), 2u);
  EXPECT_GT(market.Make(0).size(), before);
}

TEST(Generator, SizesFollowTheTimeOfDay) {
  Settings settings = SimulatedSettings();
  settings.time_of_day_volume = true;
  settings.start_ns = kNoonInNewYork - 9'000 * kSecondNs;  // 9:30
  const double at_the_bell = MeanTradeSize(Market{settings}.Make(20'000));
  settings.start_ns = kNoonInNewYork + 2700 * kSecondNs;  // 12:45
  const double midday = MeanTradeSize(Market{settings}.Make(20'000));
  settings.start_ns = kNoonInNewYork + 8 * 3600 * kSecondNs;  // 20:00
  const double closed = MeanTradeSize(Market{settings}.Make(20'000));
  EXPECT_NEAR(at_the_bell / midday, 3, 0.35);
  EXPECT_GT(midday, 1.5 * closed);
}

// Scenarios: the price of one symbol, relative to its start, and how much it moves per second.

struct Course {
  double change;  ///< of the price over the whole time
  double step;    ///< root mean square of its changes from second to second
  double size;    ///< mean of trades
};

Course CourseOf(Scenario scenario, int from_second, int to_second) {
  Settings settings = SimulatedSettings();
  settings.scenario = scenario;
  settings.simulated_rate = 100;
  Market market(settings, 1);
  const std::size_t skip = market.Make(static_cast<std::size_t>(from_second) * 100).size();
  const auto all = market.Make(static_cast<std::size_t>(to_second - from_second) * 100);
  const std::vector<Tick> ticks{all.begin() + static_cast<std::ptrdiff_t>(skip), all.end()};
  const auto bars = Select(ticks, Kind::Bar);
  double squares = 0;
  for (std::size_t i = 1; i < bars.size(); ++i) {
    const double change = bars[i].price / bars[i - 1].price - 1;
    squares += change * change;
  }
  return {bars.back().price / bars.front().price - 1,
          std::sqrt(squares / static_cast<double>(bars.size() - 1)), MeanTradeSize(ticks)};
}

TEST(Scenario, NormalKeepsThePriceWithinItsVolatility) {
  const Course course = CourseOf(Scenario::Normal, 0, 600);
  EXPECT_LT(std::abs(course.change), 0.015);
}

TEST(Scenario, VolatileMovesAboutFourTimesAsMuch) {
  const double ratio =
      CourseOf(Scenario::Volatile, 0, 600).step / CourseOf(Scenario::Normal, 0, 600).step;
  EXPECT_GT(ratio, 2.5);
  EXPECT_LT(ratio, 5.5);
}

TEST(Scenario, CrashTakesAFifthWithinAMinuteAndStaysUnstable) {
  const Course fall = CourseOf(Scenario::Crash, 0, 60);
  EXPECT_NEAR(fall.change, -0.2, 0.03);
  const Course after = CourseOf(Scenario::Crash, 60, 660);
  EXPECT_LT(std::abs(after.change), 0.08);
  EXPECT_GT(after.step, 1.8 * CourseOf(Scenario::Normal, 60, 660).step);
}

TEST(Scenario, RallyClimbsForHalfAnHour) {
  const Course climb = CourseOf(Scenario::Rally, 0, 1800);
  EXPECT_NEAR(climb.change, 0.16, 0.04);
  EXPECT_LT(std::abs(CourseOf(Scenario::Rally, 1800, 2400).change), 0.02);
  EXPECT_GT(climb.size, 1.5 * CourseOf(Scenario::Normal, 0, 600).size);
}

TEST(Scenario, OpeningBellBurstsAndCalmsDown) {
  const Course burst = CourseOf(Scenario::OpeningBell, 0, 60);
  const Course calm = CourseOf(Scenario::OpeningBell, 3600, 3660);
  EXPECT_GT(burst.step, 2 * calm.step);
  EXPECT_GT(burst.size, 3 * calm.size);
}

}  // namespace
}  // namespace feedmux::synthetic
